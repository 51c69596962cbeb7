"""What must be known of a shop before it exists, and how each answer is read, by the command and by the page."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from config.reference.localities import commune, communes_named
from config.reference.table import UnknownReference
from core import clock
from core.errors import RuleBroken
from core.good_pin import refuse_easy
from core.i18n import N_
from core.staff import NameMissing, PinNotSixDigits
from core.text import clean
from inventory.catalogue.locality_search import find_communes
from inventory.catalogue.producer import WrongTaxCode, check_tax_code
from pos.settings.change import WrongSetting
from pos.settings.names import CHOICES

MOST_REGISTERS = 20
_LONGEST = 200


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
    registers: int = 1


class WrongAnswer(RuleBroken):
    """An answer that no shop can be made from; `field` is what was asked, for the page to point at."""

    field: ClassVar[str] = ""


class SeveralLocalities(WrongAnswer):
    """Many communes share a name."""

    field = "locality"
    message = N_("“%(text)s” may be several communes. Type the province too, or the number of one of: %(choices)s.")


class TaxCodeMistyped(WrongAnswer):
    """Its check digit tells that a digit is wrong, or there are too many or too few."""

    field = "tax_code"
    message = N_("“%(text)s” is no tax code: a digit is wrong, missing or too many. Correct it, or leave it empty.")


class WrongRegisters(WrongAnswer):
    """A shop needs a drawer; more come later."""

    field = "registers"
    message = N_("Type how many registers there are, from 1 to %(most)s.")


class PinsDiffer(WrongAnswer):
    """A PIN mistyped once would lock the first person out of the shop."""

    field = "pin_again"
    message = N_("The two PINs differ. Type the same six digits twice.")


def read_name(text: str) -> str:
    """The name as receipts show it."""
    name = clean(text, limit=_LONGEST)
    if not name:
        raise WrongSetting("name")
    return name


def read_code(text: str) -> str:
    """The short number in every receipt number; digits, because scanners type it."""
    code = clean(text, limit=_LONGEST)
    if not re.fullmatch(r"[0-9]{1,6}", code):
        raise WrongSetting("code")
    return code


def read_line(text: str) -> str:
    """An address or a telephone number: one line, or nothing."""
    return clean(text, limit=_LONGEST)


def read_tax_code(text: str) -> str:
    """The owner's tax code with a right check digit, or nothing."""
    given = clean(text, limit=_LONGEST)
    try:
        return check_tax_code(given) if given else ""
    except WrongTaxCode as trouble:
        raise TaxCodeMistyped(text=given) from trouble


def read_locality(text: str) -> str:
    """The id of a commune of today, from the id itself or from a name that only one commune has."""
    wanted, day = clean(text, limit=_LONGEST), clock.today()
    try:
        return commune(wanted, day).id
    except UnknownReference:
        name, _, province = wanted.partition(",")
        found = communes_named(name, day, province or None) or find_communes(wanted, day)
    if not found:
        raise WrongSetting("locality")
    if len(found) > 1:
        raise SeveralLocalities(text=wanted, choices="; ".join(f"{one.id} {one.full_name}" for one in found))
    return found[0].id


def read_registers(text: str) -> int:
    """How many registers stand in the shop on its first day."""
    number = clean(text, limit=_LONGEST)
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
    """The PIN of six digits that nobody guesses, typed twice."""
    if pin != again:
        raise PinsDiffer()
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise PinNotSixDigits()
    refuse_easy(pin)
    return pin


def one_of(field: str) -> Callable[[str], str]:
    """Reads a setting that has few values."""

    def read(text: str) -> str:
        wanted = clean(text, limit=_LONGEST)
        if wanted not in CHOICES[field]:
            raise WrongSetting(field)
        return wanted

    return read


READERS: dict[str, Callable[[str], Any]] = {
    "name": read_name,
    "code": read_code,
    "address": read_line,
    "phone": read_line,
    "locality": read_locality,
    "owner_kind": one_of("owner_kind"),
    "tax_code": read_tax_code,
    "tax_method": one_of("tax_method"),
    "registers": read_registers,
    "person": read_person,
}
"""How each answer is read from what was typed."""
