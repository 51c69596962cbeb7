"""What people type into forms, read strictly: a value of the trade, or a sentence that says what to type instead.

An amount is never taken a factor of 1,000 wrong. "35.000", "35000" and "35k" are the same; "35,5" or "1.500k" could be
read in two ways and are refused, and so is a bare "50", which a clerk types for 50.000 as easily as for 50 đồng.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TypeVar

from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.money import Money
from core.quantity import Quantity, Unit
from core.text import clean

Form = Mapping[str, str]
Choice = TypeVar("Choice", bound=enum.Enum)

TEXT_LIMIT = 200
SCAN_LIMIT = 500
MOST_MONEY = Money(1_000_000_000_000)
MOST_QUANTITY = Quantity(100_000_000)

_SIGN = re.compile(r"(?:₫|đồng|vnđ|vnd|đ)$")
_PLAIN = re.compile(r"[0-9]{1,15}")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+")
_SHORT = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?(k|ng|nghìn|ngàn|tr|triệu)")
_SHORT_FOR = {"k": 1_000, "ng": 1_000, "nghìn": 1_000, "ngàn": 1_000, "tr": 1_000_000, "triệu": 1_000_000}
_GRAMS = re.compile(r"([0-9]{1,7}) ?g")
_DAY = re.compile(r"(?P<day>[0-9]{1,2})[/.\-](?P<month>[0-9]{1,2})[/.\-](?P<year>[0-9]{4})")
_ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")


class Unreadable(RuleBroken):
    """A field that cannot be taken as it is; `field` is its name, for the page to point at."""

    def __init__(self, *, field: str, label: str = "", **values: object) -> None:
        super().__init__(**values)
        self.field = field
        self.label = label

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The sentence, with the label of the field before it where it has one."""
        said = super().sentence(translate)
        return f"{translate(self.label)}: {said}" if self.label else said


class NothingTyped(Unreadable):
    message = N_("Nothing has been typed here. Fill it in and send again.")


class BrokenText(Unreadable):
    message = N_("This text arrived damaged. Type it again instead of pasting it.")


class TextTooLong(Unreadable):
    message = N_("This text has %(length)s characters; at most %(limit)s fit. Shorten it.")


class NotMoney(Unreadable):
    message = N_("“%(text)s” is not an amount in đồng. Type it like 35.000, 35000 or 35k.")


class MoneyUnclear(Unreadable):
    message = N_("Does “%(text)s” mean %(small)s or %(large)s? Type %(text)sđ or %(text)sk.")


class MoneyTooLarge(Unreadable):
    message = N_("“%(text)s” is more than %(most)s. Check the number of zeros.")


class NotAQuantity(Unreadable):
    message = N_("“%(text)s” is not a quantity. Type a number such as 2 or 0,850.")


class QuantityTooLarge(Unreadable):
    message = N_("“%(text)s” is more than %(most)s. Was a barcode scanned into this field?")


class NotADay(Unreadable):
    message = N_("“%(text)s” is not a day. Type day/month/year, such as 22/11/2026.")


class NotAChoice(Unreadable):
    message = N_("“%(text)s” is not one of the choices. Choose one from the list.")


class NotAWholeNumber(Unreadable):
    message = N_("“%(text)s” is not a whole number from %(least)s to %(most)s.")


def read_text(form: Form, name: str, *, limit: int = TEXT_LIMIT, required: bool = True, label: str = "") -> str:
    """Text fit to keep: NFC, nothing invisible, single blanks. Too long is refused, never cut."""
    given = form.get(name, "")
    if "\ufffd" in given:  # what bytes that are not UTF-8 turn into
        raise BrokenText(field=name, label=label)
    text = clean(given, limit=len(given) + 1)
    if len(text) > limit:
        raise TextTooLong(field=name, label=label, length=len(text), limit=limit)
    if required and not text:
        raise NothingTyped(field=name, label=label)
    return text


def read_reason(form: Form, *, required: bool = True) -> str:
    """Why somebody does something; it stays in the history."""
    return read_text(form, "reason", required=required, limit=300, label=N_("Reason"))


def read_scan(form: Form, name: str = "code") -> str:
    """What the scanner sent, as it was sent: control characters and foreign letters are for the reader to judge."""
    given = form.get(name, "")
    if len(given) > SCAN_LIMIT:
        raise TextTooLong(field=name, length=len(given), limit=SCAN_LIMIT)
    return given


def read_money(form: Form, name: str, *, label: str = "", required: bool = True) -> Money:
    """An amount of at least 0 ₫ as shops write it: 35.000, 35000, 35.000 ₫, 35k, 1,2tr.

    Left empty where it may be, it is 0 ₫.
    """
    text = read_text(form, name, limit=40, required=required, label=label)
    if not text:
        return Money(0)
    typed = text.casefold()
    bare = _SIGN.sub("", typed).strip()
    dong = _whole_dong(bare) if bare != typed else _short_dong(bare.replace(" ", ""), otherwise=_whole_dong(bare))
    if dong is None:
        raise NotMoney(field=name, label=label, text=text)
    if dong > MOST_MONEY.dong:
        raise MoneyTooLarge(field=name, label=label, text=text, most=MOST_MONEY)
    if 0 < dong < 1000 and bare == typed and _PLAIN.fullmatch(bare):
        raise MoneyUnclear(field=name, label=label, text=bare, small=Money(dong), large=Money(dong * 1000))
    return Money(dong)


def _whole_dong(text: str) -> int | None:
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
        return int(re.sub(r"[., ]", "", text))
    return None


def _short_dong(text: str, *, otherwise: int | None) -> int | None:
    """35k or 1,2tr. Three decimals are refused: 1.500k is 1.500 ₫ to one reader and 1.500.000 ₫ to another."""
    found = _SHORT.fullmatch(text)
    if found is None:
        return otherwise
    worth = _SHORT_FOR[found[3]]
    decimals = (found[2] or "").ljust(2, "0")
    return int(found[1]) * worth + int(decimals) * worth // 100


def read_quantity(form: Form, name: str, unit: Unit = Unit.PIECE, *, label: str = "") -> Quantity:
    """A quantity of at least 0: 2, 0,850 or 0.850; for goods by weight also 850g."""
    text = read_text(form, name, limit=40, label=label)
    grams = _GRAMS.fullmatch(text.casefold()) if unit is Unit.KILOGRAM else None
    if grams:
        quantity = Quantity(int(grams[1]))
    elif not text.isascii():
        raise NotAQuantity(field=name, label=label, text=text)
    else:
        quantity = Quantity.of(text, unit)
    if quantity > MOST_QUANTITY:
        raise QuantityTooLarge(field=name, label=label, text=text, most=MOST_QUANTITY)
    return quantity


def read_day(form: Form, name: str, *, label: str = "") -> date:
    """A day as 22/11/2026 or as the browser's own field sends it. A year of two digits is refused."""
    text = read_text(form, name, limit=40, label=label)
    day = _day(text)
    if day is None:
        raise NotADay(field=name, label=label, text=text)
    return day


def read_day_if_given(form: Form, name: str, *, label: str = "") -> date | None:
    """A day, or None where the field was left empty."""
    return read_day(form, name, label=label) if form.get(name, "").strip() else None


def _day(text: str) -> date | None:
    found = _ISO_DAY.fullmatch(text) or _DAY.fullmatch(text)
    if found is None or not 1900 <= int(found["year"]) <= 2200:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def read_choice(form: Form, name: str, choices: type[Choice], *, label: str = "") -> Choice:
    """One of the values of an enum."""
    text = read_text(form, name, limit=100, label=label)
    for choice in choices:
        if text == str(choice.value):
            return choice
    raise NotAChoice(field=name, label=label, text=text)


def read_one_of(form: Form, name: str, choices: Collection[str], *, label: str = "") -> str:
    """One of the texts offered."""
    text = read_text(form, name, limit=100, label=label)
    if text not in choices:
        raise NotAChoice(field=name, label=label, text=text)
    return text


def read_whole(form: Form, name: str, *, least: int = 0, most: int = 1_000_000_000, label: str = "") -> int:
    """A whole number between two bounds, such as the number of a row."""
    text = read_text(form, name, limit=40, label=label)
    if not re.fullmatch(r"[0-9]{1,18}", text) or not least <= int(text) <= most:
        raise NotAWholeNumber(field=name, label=label, text=text, least=least, most=most)
    return int(text)


def trouble_sentence(trouble: RuleBroken) -> str:
    """The sentence in the language of the screen."""
    return trouble.sentence(gettext)
