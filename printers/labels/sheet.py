"""Labels on sheets of A4 as a PDF: letters and symbols stay outlines, so that any printer draws them sharp."""

from collections.abc import Sequence
from dataclasses import dataclass

from config.reference.label_stocks import LabelStock
from core.errors import RuleBroken
from core.i18n import N_
from printers.a4.flow import PAPER_MM
from printers.a4.letters import Letters, printable
from printers.a4.page import About, Modules, Page, points, write_pdf
from printers.labels.label import FINEST_DOT_MICRONS, Label, PlacedLabel
from printers.labels.stock_room import place_on, sheet_corner

TENTHS_IN_A_POINT = 254 / 72


class NoSuchPlace(RuleBroken):
    """The sheet has fewer labels."""

    message = N_("The sheet has labels 1 to %(places)s. Say at which one to begin.")


@dataclass(frozen=True, slots=True)
class LinePen:
    """Words as a printer of A4 sets them, from outlines."""

    dot_microns: int = FINEST_DOT_MICRONS

    def width(self, words: str, size: int, *, bold: bool) -> int:
        """Tenths of a millimetre that words take, rounded up."""
        return int(_letters(size, bold=bold).width(printable(words)) * TENTHS_IN_A_POINT) + 1

    def wrap(self, words: str, size: int, room: int, *, bold: bool) -> list[str]:
        """Lines that fit the room."""
        return _letters(size, bold=bold).wrap(words, room / TENTHS_IN_A_POINT)


def sheets_pdf(labels: Sequence[Label], stock: LabelStock, *, start: int, title: str, author: str) -> bytes:
    """Sheets with these labels, the first of them at place `start` (1 is the upper left one) of a used sheet."""
    if not 1 <= start <= stock.places:
        raise NoSuchPlace(places=stock.places)
    pen = LinePen()
    placed = {label: place_on(label, stock, pen) for label in set(labels)}
    pages: list[Page] = []
    for at, label in enumerate(labels, start - 1):
        if at % stock.places == 0 or not pages:
            pages.append(Page(points(PAPER_MM[0]), points(PAPER_MM[1])))
        _put(pages[-1], placed[label], *_corner(stock, at % stock.places))
    return write_pdf(pages, About(title, author, "vi"))


def _corner(stock: LabelStock, place_of_sheet: int) -> tuple[int, int]:
    """Upper left corner of a place, in tenths of a millimetre."""
    row, column = divmod(place_of_sheet, stock.columns)
    left, top = sheet_corner(stock)
    return left + column * (stock.width + stock.gap), top + row * (stock.height + stock.gap_down)


def _put(page: Page, label: PlacedLabel, left: float, top: float) -> None:
    for one in label.words:
        letters = _letters(one.size, bold=one.bold)
        page.words(_points(left + one.left), _points(top + one.base), letters, printable(one.words))
    placed = label.symbol
    if placed is not None:
        wide = len(placed.symbol.rows[0]) * placed.module_dots * FINEST_DOT_MICRONS / 100
        high = placed.height if placed.symbol.is_bars else wide
        corner = _points(left + placed.left), _points(top + placed.top)
        page.marks.append(Modules(*corner, _points(wide), _points(high), placed.symbol.rows))


def _letters(size: int, *, bold: bool) -> Letters:
    return Letters(_points(size), bold)


def _points(tenths: float) -> float:
    return tenths / TENTHS_IN_A_POINT
