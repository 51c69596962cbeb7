"""A label as data, and where its parts go on its few square centimetres. Lengths are tenths of a millimetre.

Words have fixed sizes. What must stand on the label and does not fit is refused with a sentence; what may be missing is
left out and named, so that nobody believes it is printed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.errors import RuleBroken
from core.i18n import N_
from printers.blocks import Align
from printers.labels.symbol import Symbol, SymbolDoesNotFit, in_millimetres, module_for

MARGIN, GAP = 15, 10
LEAST_BARS, MOST_BARS, DIGITS, OVER_BARS = 60, 150, 26, 6
FINEST_DOT_MICRONS = 42  # 600 dots an inch, as A4 printers have
_ELLIPSIS = "…"


class LabelTooSmall(RuleBroken):
    """Words would be cut off."""

    message = N_("“%(text)s” does not fit on a label of %(width)s × %(height)s mm. Choose a larger label.")


@dataclass(frozen=True, slots=True)
class LabelText:
    """One part in words: `size` is the height of its letters' em. `lines` at most; the rest of a name becomes "…".

    `needed` parts must fit, the others are left out where there is no room. `whole` words are never shortened: a price.
    """

    text: str
    size: int
    bold: bool = False
    lines: int = 1
    needed: bool = False
    whole: bool = False
    align: Align = Align.LEFT
    right: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on a label, the most important first among those that may be missing; the order is from the top."""

    parts: tuple[LabelText, ...]
    symbol: Symbol | None = None


class Pen(Protocol):
    """How wide words are when somebody draws them, and in which steps: the size of a printer's dot."""

    @property
    def dot_microns(self) -> int:
        """The width of a dot."""

    def width(self, words: str, size: int, *, bold: bool) -> int:
        """Tenths of a millimetre."""

    def wrap(self, words: str, size: int, room: int, *, bold: bool) -> list[str]:
        """Lines that fit the room."""


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """Words on their base line."""

    left: int
    base: int
    size: int
    bold: bool
    words: str


@dataclass(frozen=True, slots=True)
class PlacedSymbol:
    """A symbol without its white, a module being so many of the printer's dots wide."""

    left: int
    top: int
    module_dots: int
    height: int
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label with everything at its place; `left_out` are the parts for which there was no room."""

    width: int
    height: int
    words: tuple[PlacedWords, ...]
    symbol: PlacedSymbol | None
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Set:
    """A part with its lines."""

    part: LabelText
    lines: list[str]

    @property
    def height(self) -> int:
        return len(self.lines) * line_height(self.part.size)


def line_height(size: int) -> int:
    """From one base line to the next: Vietnamese capitals carry two marks."""
    return size * 13 // 10


def place(label: Label, width: int, height: int, pen: Pen) -> PlacedLabel:
    """Put a label together for a size; LabelTooSmall or SymbolDoesNotFit where it cannot be."""
    beside = label.symbol is not None and not label.symbol.is_bars
    side = _side_of(label.symbol, width, height, pen) if beside and label.symbol else 0
    room = width - 2 * MARGIN - (side + GAP if side else 0)
    under = LEAST_BARS + DIGITS + OVER_BARS if label.symbol and not beside else 0
    chosen = _chosen(label, room, height - 2 * MARGIN - under, (width, height), pen)
    words, top = [], MARGIN
    for one in chosen:
        words += _words_of(one, room, top, pen)
        top += one.height
    symbol = None
    if label.symbol is not None:
        if beside:
            symbol = _matrix_at(label.symbol, width - MARGIN - side, side, height, pen)
        else:
            symbol, digits = _bars_at(label.symbol, width, top, height, pen)
            words.append(digits)
    texts = [one.part for one in chosen]
    left_out = tuple(part.text for part in label.parts if part not in texts)
    return PlacedLabel(width, height, tuple(words), symbol, left_out)


def _chosen(label: Label, room: int, free: int, size: tuple[int, int], pen: Pen) -> list[_Set]:
    """The parts that fit, in their order: those needed, then the others while there is room."""
    chosen: dict[int, _Set] = {}
    for needed in (True, False):
        for at, part in enumerate(label.parts):
            if part.needed is not needed or not part.text:
                continue
            fitted = _set(part, room, pen)
            if fitted is not None and fitted.height <= free:
                chosen[at] = fitted
                free -= fitted.height
            elif needed:
                wide, high = (in_millimetres(side) for side in size)
                raise LabelTooSmall(text=part.text[:60], width=wide, height=high)
    return [chosen[at] for at in sorted(chosen)]


def _set(part: LabelText, room: int, pen: Pen) -> _Set | None:
    """The lines of a part; None when it may not be shortened and is too long."""
    left = room - (pen.width(part.right, part.size, bold=part.bold) + GAP if part.right else 0)
    lines = pen.wrap(part.text, part.size, left, bold=part.bold) if left > 0 else []
    if 0 < len(lines) <= part.lines:
        return _Set(part, lines)
    if part.whole or not lines:
        return None
    kept = lines[: part.lines]
    return _Set(part, [*kept[:-1], _shortened(kept[-1], part, left, pen)])


def _shortened(words: str, part: LabelText, room: int, pen: Pen) -> str:
    while words and pen.width(words + _ELLIPSIS, part.size, bold=part.bold) > room:
        words = words[:-1].rstrip()
    return words + _ELLIPSIS


def _words_of(one: _Set, room: int, top: int, pen: Pen) -> list[PlacedWords]:
    part, placed = one.part, []
    shares = {Align.LEFT: 0, Align.CENTRE: 1, Align.RIGHT: 2}[part.align]
    for at, words in enumerate(one.lines):
        base = top + at * line_height(part.size) + part.size
        free = room - pen.width(words, part.size, bold=part.bold)
        placed.append(PlacedWords(MARGIN + free * shares // 2, base, part.size, part.bold, words))
    if part.right:
        left = MARGIN + room - pen.width(part.right, part.size, bold=part.bold)
        placed.append(PlacedWords(left, top + part.size, part.size, part.bold, part.right))
    return placed


def _side_of(symbol: Symbol, width: int, height: int, pen: Pen) -> int:
    """How large a symbol of two dimensions is at most: the height of the label, and less than half of its width."""
    most = min(height - 2 * MARGIN, (width - 2 * MARGIN) * 45 // 100)
    dots = module_for(symbol, most, dot_microns=pen.dot_microns)
    return -(-symbol.columns * dots * pen.dot_microns // 100)


def _matrix_at(symbol: Symbol, left: int, side: int, height: int, pen: Pen) -> PlacedSymbol:
    dots = module_for(symbol, side, dot_microns=pen.dot_microns)
    white = symbol.quiet_around * dots * pen.dot_microns // 100
    inner = len(symbol.rows) * dots * pen.dot_microns // 100
    return PlacedSymbol(left + white, (height - inner) // 2, dots, inner, symbol)


def _bars_at(symbol: Symbol, width: int, top: int, height: int, pen: Pen) -> tuple[PlacedSymbol, PlacedWords]:
    """Bars over the whole width that is left, with their digits under them."""
    dots = module_for(symbol, width - MARGIN, dot_microns=pen.dot_microns)
    high = min(MOST_BARS, height - MARGIN - DIGITS - OVER_BARS - top)
    if high < LEAST_BARS:
        raise SymbolDoesNotFit(need=in_millimetres(LEAST_BARS), room=in_millimetres(max(0, high)))
    wide = symbol.columns * dots * pen.dot_microns // 100
    quiet = symbol.quiet_left * dots * pen.dot_microns // 100
    left = (width - wide) // 2 + quiet
    start = height - MARGIN - DIGITS - high
    digits = " ".join(_grouped(symbol.text))
    taken = pen.width(digits, DIGITS - 2, bold=False)
    words = PlacedWords((width - taken) // 2, height - MARGIN - 3, DIGITS - 2, False, digits)
    return PlacedSymbol(left, start, dots, high, symbol), words


def _grouped(number: str) -> Sequence[str]:
    """Digits in the groups in which they stand under bars: 8 930000 000019, 9638 5074."""
    return (number[:4], number[4:]) if len(number) == 8 else (number[:1], number[1:7], number[7:])
