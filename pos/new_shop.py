"""What must be known of a shop before it exists, and how each answer is read, by the command and by the page."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from config.reference.localities import commune
from config.reference.table import UnknownReference
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import NameMissing, PinNotSixDigits
from core.text import clean
from inventory.catalogue.producer import WrongTaxCode as NoTaxCode
from inventory.catalogue.producer import check_tax_code
from pos.locality_search import find_communes

MOST_REGISTERS = 20
LONGEST = 120
OWNER_KINDS = {
    "cooperative": N_("Cooperative"),
    "company": N_("Company"),
    "household": N_("Household business"),
    "state": N_("State body or public unit"),
}
TAX_METHODS = {
    "deduction": N_("VAT by deduction: the tax is shown on receipts"),
    "household": N_("Percent of turnover: no VAT is shown"),
    "below_threshold": N_("No VAT: turnover below the threshold"),
}


@dataclass(frozen=True)
class NewShop:
    """The answers that a shop is made from; everything else has a default and its page."""

    name: str
    owner_kind: str
    tax_method: str
    locality: str
    person: str
    pin: str
    code: str = "01"
    address: str = ""
    phone: str = ""
    tax_code: str = ""
    location_code: str = ""
    registers: int = 1


class WrongAnswer(RuleBroken):
    """An answer that no shop can be made from; `field` is what was asked, for the page to point at."""

    field: ClassVar[str] = ""


class ShopNameMissing(WrongAnswer):
    """The name stands on every paper."""

    field = "name"
    message = N_("The shop needs a name: it stands on every receipt.")


class WrongShopCode(WrongAnswer):
    """Receipt numbers are read by scanners, so the code has digits only."""

    field = "code"
    message = N_("The shop's code “%(text)s” does not fit. Type 1 to 6 digits, such as 01.")


class WrongTaxCode(WrongAnswer):
    """The tax code of the shop's owner stands on receipts."""

    field = "tax_code"
    message = N_("“%(text)s” is no tax code. Check the digits (10, 10-3 or 12 of them), or leave it empty.")


class UnknownChoice(WrongAnswer):
    """Kind of owner and tax have few answers."""

    message = N_("“%(text)s” is not one of: %(choices)s.")


class UnknownLocality(WrongAnswer):
    """Reports go by commune."""

    field = "locality"
    message = N_("No commune is called “%(text)s”. Type its name of today, such as “Mẫu Sơn, Lạng Sơn”, and choose it.")


class SeveralLocalities(WrongAnswer):
    """Many communes share a name."""

    field = "locality"
    message = N_("“%(text)s” may be several communes. Type the province too, or the number of one of: %(choices)s.")


class WrongRegisters(WrongAnswer):
    """A shop needs a drawer; more come later."""

    field = "registers"
    message = N_("Type how many registers there are, from 1 to %(most)s.")


class PinsDiffer(WrongAnswer):
    """A PIN mistyped once would lock the first person out of the shop."""

    field = "pin_again"
    message = N_("The two PINs differ. Type the same six digits twice.")


def read_shop_name(text: str) -> str:
    """The name as receipts show it."""
    name = clean(text, limit=LONGEST)
    if not name:
        raise ShopNameMissing()
    return name


def read_shop_code(text: str) -> str:
    """The short number in every receipt number."""
    code = clean(text, limit=LONGEST)
    if not re.fullmatch(r"[0-9]{1,6}", code):
        raise WrongShopCode(text=code)
    return code


def read_line(text: str) -> str:
    """An address, a telephone number, a code of the tax office: one line, or nothing."""
    return clean(text, limit=LONGEST)


def read_tax_code(text: str) -> str:
    """The owner's tax code, or nothing."""
    given = clean(text, limit=LONGEST)
    try:
        return check_tax_code(given) if given else ""
    except NoTaxCode as trouble:
        raise WrongTaxCode(text=given) from trouble


def read_owner_kind(text: str) -> str:
    """Who runs the point."""
    return _one_of(text, OWNER_KINDS)


def read_tax_method(text: str) -> str:
    """How the owner pays VAT."""
    return _one_of(text, TAX_METHODS)


def read_locality(text: str, day: date) -> str:
    """The id of a commune, from the id itself or from a name that only one commune has."""
    wanted = clean(text, limit=LONGEST)
    try:
        return commune(wanted, day).id
    except UnknownReference:
        found = find_communes(wanted, day)
    if not found:
        raise UnknownLocality(text=wanted)
    if len(found) > 1:
        raise SeveralLocalities(text=wanted, choices="; ".join(f"{one.id} {one.full_name}" for one in found))
    return found[0].id


def read_registers(text: str) -> int:
    """How many registers stand in the shop on its first day."""
    number = clean(text, limit=LONGEST)
    if not re.fullmatch(r"[0-9]{1,3}", number) or not 1 <= int(number) <= MOST_REGISTERS:
        raise WrongRegisters(most=MOST_REGISTERS)
    return int(number)


def read_person(text: str) -> str:
    """The name of the first person, as colleagues know it."""
    name = clean(text, limit=80)
    if not name:
        raise NameMissing()
    return name


def read_pin(pin: str, again: str) -> str:
    """The PIN of six digits, typed twice."""
    if pin != again:
        raise PinsDiffer()
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise PinNotSixDigits()
    return pin


def _one_of(text: str, choices: dict[str, str]) -> str:
    wanted = clean(text, limit=LONGEST)
    if wanted not in choices:
        raise UnknownChoice(text=wanted, choices=", ".join(choices))
    return wanted
