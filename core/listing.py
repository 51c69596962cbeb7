"""A list (bảng kê): headings and lines of plain values, to be looked at, taken away and printed in the same words.

Whoever fills it knows the trade; whoever shows it knows only lists. Values stay what they are (Money, Quantity, a day)
until they are written down, so that a spreadsheet gets numbers and a page gets "35.000 ₫".
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from core.i18n import written_day, written_instant, written_quantity
from core.money import Money
from core.quantity import Quantity
from core.spreadsheet.writing import Column, Value, as_csv, as_xlsx

Cell = str | int | Money | Quantity | date | None
_SHEET_NAME_LETTERS = 31
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Written(enum.StrEnum):
    """How the values of a column stand: text to the left, figures under figures."""

    TEXT = "text"
    FIGURE = "number-cell"
    QUANTITY = "quantity"
    MONEY = "money"
    DAY = "day-cell"

    @property
    def is_figure(self) -> bool:
        """Whether it stands at the right."""
        return self not in (Written.TEXT, Written.DAY)


class Mark(enum.StrEnum):
    """How urgent a line is."""

    NONE = ""
    WARN = "warn"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its name in the language of the screen, how it is written, its part of a paper's width."""

    name: str
    written: Written = Written.TEXT
    width: int = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line. Where there is more to tell, `endpoint` and `address` name the page, or `url` is its address."""

    cells: tuple[Cell, ...]
    mark: Mark = Mark.NONE
    endpoint: str = ""
    address: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole list. `name` is what its file and address are called, `said` its answer in one sentence.

    `linked` is the column whose words lead to the page of a line, `answer` its figure where a page names many lists:
    the number of lines, unless another says more.
    """

    name: str
    title: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    said: str = ""
    totals: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    empty: str = ""
    linked: int = 1
    answer: Cell = None

    def __post_init__(self) -> None:
        for cells in (*(line.cells for line in self.lines), *((self.totals,) if self.totals else ())):
            assert len(cells) == len(self.headings), f"{len(cells)} cells for {len(self.headings)} columns: {cells!r}"

    @property
    def in_short(self) -> Cell:
        """Its answer in one figure."""
        return len(self.lines) if self.answer is None else self.answer

    @property
    def to_act_on(self) -> int:
        """How many lines somebody must do something about."""
        return sum(line.mark is not Mark.NONE for line in self.lines)

    def as_csv(self) -> bytes:
        """The list as a CSV; amounts and days as a spreadsheet reads them."""
        return as_csv([heading.name for heading in self.headings], self._rows())

    def as_xlsx(self) -> bytes:
        """The list as an .xlsx."""
        columns = [Column(heading.name, width=6 + 5 * heading.width) for heading in self.headings]
        return as_xlsx(sheet_name(self.title), columns, self._rows())

    def _rows(self) -> list[Sequence[Value]]:
        rows = [line.cells for line in self.lines] + ([self.totals] if self.totals else [])
        return [[taken_away(cell) for cell in cells] for cells in rows]


def or_nothing(quantity: Quantity) -> Quantity | None:
    """A quantity, or an empty cell for none: in wide tables the figures that matter stand out."""
    return quantity if quantity else None


def said(cell: Cell) -> str:
    """A value as pages and papers write it; nothing stays empty."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return written_day(cell)
    if isinstance(cell, int):
        return f"{cell:,}".replace(",", ".")
    return str(cell)


def sheet_name(title: str) -> str:
    """A title as a spreadsheet program takes it for the name of a sheet."""
    return title.translate(_NOT_IN_SHEET_NAMES)[:_SHEET_NAME_LETTERS].strip()


def taken_away(value: object) -> Value:
    """A value of the trade as a spreadsheet keeps it: amounts and whole quantities as numbers, what holds as an x."""
    if value is None:
        return None
    write = next((write for kind, write in _TAKEN_AWAY if isinstance(value, kind)), str)
    return write(value)


def _quantity(quantity: Quantity) -> Value:
    whole, part = divmod(quantity.thousandths, 1000)
    return written_quantity(quantity) if part else whole


# datetime before date, bool before int: each is one of the other, too.
_TAKEN_AWAY: tuple[tuple[type, Callable[[Any], Value]], ...] = (
    (bool, lambda value: "x" if value else ""),
    (Money, lambda value: value.dong),
    (Quantity, _quantity),
    (datetime, written_instant),
    (date, written_day),
    (int, int),
)


def stacked(name: str, title: str, column: str, listings: Sequence[Listing]) -> Listing:
    """Lists of the same columns as one, each line with the title of its list in a first column more."""
    lines = (
        Line((one.title, *cells))
        for one in listings
        for cells in (*(line.cells for line in one.lines), *((one.totals,) if one.totals else ()))
    )
    headings = listings[0].headings if listings else ()
    return Listing(name, title, (Heading(column, width=6), *headings), tuple(lines))
