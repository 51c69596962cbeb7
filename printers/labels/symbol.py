"""Symbols that a scanner reads, as black and white modules: EAN-13 and EAN-8, QR, GS1 DataMatrix.

A symbol is never made smaller than scanners read it: where it does not fit it is refused (`module_for`).
Sources: GS1 General Specifications 5.2.3 (quiet zones of EAN), 5.6 (DataMatrix); ISO/IEC 18004 (QR).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import segno
import zxingcpp
from barcode.ean import EuropeanArticleNumber8, EuropeanArticleNumber13

from core.errors import RuleBroken
from core.i18n import N_

Rows = tuple[tuple[bool, ...], ...]
MICRONS_IN_A_TENTH = 100


class SymbolKind(StrEnum):
    """How what is scanned is drawn."""

    BARS = "bars"
    QR = "qr"
    DATAMATRIX = "datamatrix"


class NoSuchBars(RuleBroken):
    """The bars would carry another number than the one asked for."""

    message = N_("%(number)s cannot be drawn as bars: it needs 8 or 13 digits, the last of them the check digit.")


class SymbolDoesNotFit(RuleBroken):
    """Smaller it could not be read."""

    message = N_("The symbol needs %(need)s mm and the label leaves %(room)s mm. Choose a larger label.")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol and the white around it (in modules) without which scanners do not find it."""

    kind: SymbolKind
    text: str
    rows: Rows
    quiet_left: int
    quiet_right: int
    quiet_around: int
    least_module_microns: int
    most_module_microns: int

    @property
    def columns(self) -> int:
        """How many modules it is wide, its white included."""
        return len(self.rows[0]) + self.quiet_left + self.quiet_right

    @property
    def is_bars(self) -> bool:
        """Whether it may be as high as one likes."""
        return self.kind is SymbolKind.BARS


def bars(number: str) -> Symbol:
    """The bars of a number of 8 or 13 digits whose check digit is right; the library would replace a wrong one."""
    drawn = {8: EuropeanArticleNumber8, 13: EuropeanArticleNumber13}.get(len(number))
    if drawn is None or not (number.isascii() and number.isdigit()):
        raise NoSuchBars(number=number[:40])
    code = drawn(number[:-1])
    if code.get_fullcode() != number:
        raise NoSuchBars(number=number)
    modules = tuple(module == "1" for module in code.build()[0])
    left = 11 if len(number) == 13 else 7
    # 0.25 mm is two dots of the usual label printer and 76 % of the nominal size; the most is 200 %.
    return Symbol(SymbolKind.BARS, number, (modules,), left, 7, 0, 250, 660)


def data_matrix(elements: str) -> Symbol:
    """A GS1 DataMatrix of element strings in brackets: (01)…(17)…(10)…"""
    picture: Any = zxingcpp.create_barcode(elements, zxingcpp.BarcodeFormat.DataMatrix, gs1=True).to_image(
        scale=1, add_quiet_zones=False
    )
    modules: Any = memoryview(picture).tolist()
    rows = tuple(tuple(grey == 0 for grey in row) for row in modules)
    return Symbol(SymbolKind.DATAMATRIX, elements, rows, 2, 2, 2, 330, 1000)


def qr(text: str) -> Symbol:
    """A QR code."""
    matrix = segno.make_qr(text, error="m", boost_error=False).matrix
    rows = tuple(tuple(bool(module) for module in row) for row in matrix)
    return Symbol(SymbolKind.QR, text, rows, 4, 4, 4, 330, 1000)


def module_for(symbol: Symbol, room_tenths: int, *, dot_microns: int) -> int:
    """How many dots one module gets in a room; SymbolDoesNotFit where that would be too few to read.

    Whole dots only: half a dot more or less is what makes bars unreadable.
    """
    least = -(-symbol.least_module_microns // dot_microns)
    most = max(least, symbol.most_module_microns // dot_microns)
    dots = room_tenths * MICRONS_IN_A_TENTH // (symbol.columns * dot_microns)
    if dots < least:
        need = -(-symbol.columns * least * dot_microns // MICRONS_IN_A_TENTH)
        raise SymbolDoesNotFit(need=in_millimetres(need), room=in_millimetres(room_tenths))
    return min(dots, most)


def in_millimetres(tenths: int) -> str:
    """Tenths of a millimetre as people write them.

    >>> in_millimetres(381), in_millimetres(40)
    ('38,1', '4')
    """
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest}" if rest else str(whole)
