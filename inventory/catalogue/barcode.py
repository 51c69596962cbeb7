"""What a scanner sends, read: a number of ours, a GTIN, a weight from the scale, a GS1 label or a Digital Link.

Our own table is asked first, then GTIN, then GS1: digits alone can look like a GS1 label without being one.
Sources: GS1 General Specifications, as biip 5.2 implements them; domain rules in docs/decisions.md.
"""

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import biip
from biip.gs1_element_strings import GS1ElementString, GS1ElementStrings
from biip.gs1_messages import GS1Message

from config.settings import WeightLayout
from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.quantity import ONE, Quantity
from inventory.catalogue.own_label import read_own_label
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import (
    NumberKind,
    ProductNumber,
    WrongCheckDigit,
    find_number,
    has_right_check_digit,
    is_shops_own,
)

# What separates the parts of a GS1 label; scanners that type cannot send the control character and are set to type ^.
GS = "\x1d"
_TYPED_GS = "^"
# ]C1, ]d2, ]Q1 …: which kind of symbol was read (ISO/IEC 15424); biip finds no link behind ]Q1.
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9]")
_NUMBER = re.compile(r"[0-9]{8}|[0-9]{12,14}")
_LINK = re.compile(r"https?://", re.IGNORECASE)
_GTIN_FIRST = re.compile(r"01([0-9]{14})")
# Parts of fixed length that may stand behind a lot whose separator was lost: dates, net weight.
_SWALLOWED = re.compile(r".+?((?:1[1-7][0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])|310[0-5][0-9]{6}).*)")
_LONGEST = 500


class ForeignScan(RuleBroken):
    """A keyboard program for Vietnamese has eaten or changed what the scanner typed."""

    message = N_("The scan arrived damaged. Turn off the Vietnamese keyboard program and scan again.")


class NothingScanned(RuleBroken):
    """The scan box was sent empty."""

    message = N_("Nothing was scanned. Scan again, or search by name.")


class AmbiguousLabel(RuleBroken):
    """The scanner dropped the separator between lot and date."""

    message = N_("This label cannot be read safely: the scanner dropped the mark between lot and date. "
                 "Scan the plain barcode, or search %(product)s by name.")  # fmt: skip


class OnlyALink(RuleBroken):
    """A QR that leads to a page, not to a number."""

    message = N_("This QR only leads to a web page. Scan the barcode instead, or search by name.")


class UnknownNumber(RuleBroken):
    """A good number that no product of the shop has."""

    message = N_("Number %(number)s is not known here. Search by name, or ask the manager to add the number.")


class ScanKind(enum.StrEnum):
    """What was scanned."""

    GTIN = "gtin"
    IN_STORE = "in_store"
    WEIGHED = "weighed"
    GS1 = "gs1"
    DIGITAL_LINK = "digital_link"
    AMBIGUOUS = "ambiguous"
    URL = "url"
    INVALID = "invalid"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Scan:
    """What a label says. `lot` is the text on it; `quantity` is its weight, or what a carton holds.

    `price` is printed for people: the till takes its own.
    """

    kind: ScanKind
    text: str
    product: Product | None = None
    gtin: str | None = None
    lot: str | None = None
    expiry: date | None = None
    best_before: date | None = None
    quantity: Quantity | None = None
    price: Money | None = None

    @property
    def trouble(self) -> RuleBroken | None:
        """Why the till cannot take this scan as it is; None when it names a product of the shop."""
        shown = self.text[:40]
        if self.kind is ScanKind.AMBIGUOUS:
            return AmbiguousLabel(product=self.product.name if self.product else shown)
        if self.kind is ScanKind.URL:
            return OnlyALink()
        if self.kind is ScanKind.INVALID:
            return WrongCheckDigit(number=shown)
        label = self.kind in (ScanKind.GS1, ScanKind.DIGITAL_LINK)
        return UnknownNumber(number=self.gtin if label else shown) if self.product is None else None

    @property
    def last_day(self) -> date | None:
        """The day that the label gives as the last, be it called expiry or best before."""
        return min((day for day in (self.expiry, self.best_before) if day is not None), default=None)


def read_scan(text: str, *, layouts: Sequence[WeightLayout]) -> Scan:
    """Read what the scanner sent; `layouts` are `scan.weight_layouts` of the settings.

    Never guesses: a label whose parts run together is AMBIGUOUS and gives neither lot nor day. Raises ForeignScan
    for letters and control characters that no scanner sends, NothingScanned for nothing.
    """
    label = refuse_foreign(text)
    digits = label if label.isdigit() else ""
    if digits:
        return read_digits(digits, layouts)
    if _LINK.match(label):
        return read_link(label)
    if label.startswith("(") or _GTIN_FIRST.match(label):
        return read_gs1(label)
    return Scan(ScanKind.TEXT, label)


def refuse_foreign(text: str) -> str:
    """The label without blanks at its ends and without the mark of its symbol."""
    bare = text.strip(" \t\r\n")
    if not bare:
        raise NothingScanned()
    if len(bare) > _LONGEST or any(not (" " <= c <= "~" or c == GS) for c in bare):
        raise ForeignScan()
    label = _SYMBOLOGY.sub("", bare, count=1) if _SYMBOLOGY.match(bare) else bare
    return label.removeprefix(GS)


def read_digits(digits: str, layouts: Sequence[WeightLayout]) -> Scan:
    """A number of ours, a weight from the scale, or a GTIN; only then a GS1 label of digits alone."""
    numbered = _NUMBER.fullmatch(digits) is not None
    known = find_number(digits, digits.zfill(14)) if numbered else find_number(digits)
    if known is not None and known.kind is not NumberKind.SCALE:
        return scan_of_number(known, digits)
    if numbered and has_right_check_digit(digits):
        return scan_of_own_label(digits) or read_weighed(digits, layouts) or unknown_number(digits)
    if _GTIN_FIRST.match(digits) and len(digits) >= 16:
        return read_gs1(digits)
    return Scan(ScanKind.INVALID if numbered else ScanKind.TEXT, digits)


def scan_of_number(row: ProductNumber, text: str) -> Scan:
    """A number that our own table knows."""
    gtin = row.number if row.kind is NumberKind.GTIN else None
    kind = ScanKind.GTIN if gtin else ScanKind.IN_STORE
    return Scan(kind, text, product=row.product, gtin=gtin, quantity=None if row.pack == ONE else row.pack)


def scan_of_own_label(digits: str) -> Scan | None:
    """The label of a lot."""
    found = read_own_label(digits)
    return Scan(ScanKind.IN_STORE, digits, product=found[0], lot=found[1]) if found else None


def unknown_number(digits: str) -> Scan:
    """A good number that nobody has entered here."""
    gtin = digits.zfill(14)
    if is_shops_own(gtin):
        return Scan(ScanKind.IN_STORE, digits)
    return Scan(ScanKind.GTIN, digits, gtin=gtin)


def read_weighed(digits: str, layouts: Sequence[WeightLayout]) -> Scan | None:
    """A label of the scale in one of the shop's layouts; None when no layout fits.

    A weight of nothing is no weight: the till asks.
    """
    for layout in layouts:
        if len(digits) == layout.length and digits.startswith(layout.prefix):
            item_end = len(layout.prefix) + layout.item_digits
            row = find_number(digits[:item_end])
            value = int(digits[item_end:-1]) * layout.thousandths
            return Scan(
                ScanKind.WEIGHED,
                digits,
                product=row.product if row is not None and row.kind is NumberKind.SCALE else None,
                quantity=Quantity(value) if value else None,
            )
    return None


def read_link(label: str) -> Scan:
    """A Digital Link on any domain, or an ordinary address."""
    link = biip.parse(label).gs1_digital_link_uri
    if link is None:
        return Scan(ScanKind.URL, label)
    return scan_of_elements(ScanKind.DIGITAL_LINK, label, link.element_strings)


def read_gs1(label: str) -> Scan:
    """A GS1 label: element strings as scanned, or as people read them, in brackets."""
    parts = label.replace(_TYPED_GS, GS)
    if parts.startswith("("):
        elements = _elements_in_brackets(parts)
    else:
        message = biip.parse(parts).gs1_message
        elements = message.element_strings if message else None
    if elements is None:
        return Scan(ScanKind.INVALID if _GTIN_FIRST.match(parts) else ScanKind.TEXT, label)
    scan = scan_of_elements(ScanKind.GS1, label, elements)
    if scan.kind is ScanKind.GS1 and scan.lot and GS not in parts and has_swallowed(scan.lot):
        return replace(scan, kind=ScanKind.AMBIGUOUS, lot=None, expiry=None, best_before=None, quantity=None)
    return scan


def _elements_in_brackets(label: str) -> GS1ElementStrings | None:
    try:
        return GS1Message.parse_hri(label).element_strings
    except biip.ParseError:
        return None


def has_swallowed(lot: str) -> bool:
    """Whether the end of a lot reads as another part of the label, whose separator the scanner dropped.

    >>> has_swallowed("L0117261231"), has_swallowed("L01")
    (True, False)
    """
    return _SWALLOWED.fullmatch(lot) is not None


def scan_of_elements(kind: ScanKind, text: str, elements: GS1ElementStrings) -> Scan:
    """The parts of a label that the shop uses. A wrong check digit inside makes the whole label invalid."""
    gtin = _value(elements, "01")
    if gtin is None:
        return Scan(ScanKind.TEXT if kind is ScanKind.GS1 else ScanKind.URL, text)
    if not has_right_check_digit(gtin):
        return Scan(ScanKind.INVALID, text)
    row = find_number(gtin, gtin[1:], gtin[6:])
    return Scan(
        kind,
        text,
        product=row.product if row else None,
        gtin=gtin,
        lot=_value(elements, "10"),
        expiry=_day(elements, "17"),
        best_before=_day(elements, "15"),
        quantity=_net_weight(elements) or (row.pack if row is not None and row.pack != ONE else None),
        price=_price(elements),
    )


def _first(elements: GS1ElementStrings, identifier: str) -> GS1ElementString | None:
    return next((one for one in elements if one.ai.ai.startswith(identifier)), None)


def _value(elements: GS1ElementStrings, identifier: str) -> str | None:
    found = _first(elements, identifier)
    return found.value if found else None


def _day(elements: GS1ElementStrings, identifier: str) -> date | None:
    found = _first(elements, identifier)
    return found.date if found else None


def _net_weight(elements: GS1ElementStrings) -> Quantity | None:
    """AI 310n: net weight in kilograms with n decimals; finer than a gram is not taken."""
    found = _first(elements, "310")
    if found is None or found.decimal is None:
        return None
    grams = found.decimal * 1000
    return Quantity(int(grams)) if grams == int(grams) and grams > 0 else None


def _price(elements: GS1ElementStrings) -> Money | None:
    """AI 392n: price of the piece in the local currency; whole đồng only."""
    found = _first(elements, "392")
    if found is None or found.decimal is None or found.decimal != int(found.decimal):
        return None
    return Money(int(found.decimal))
