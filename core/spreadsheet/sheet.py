"""What a spreadsheet says, once it was read: rows of cells as people see them, with their numbers."""

from __future__ import annotations

import enum
from dataclasses import dataclass

MOST_ROWS = 25_000  # a shop has 100 to 500 articles, a list of a wholesaler, or of past sales, many more
MOST_COLUMNS = 100
LONGEST_CELL = 4_000


class CellKind(enum.StrEnum):
    """What a cell holds. In CSV everything is text; a spreadsheet also knows numbers and days."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a number as digits with a point, a day as 2026-11-22, anything else as it was typed."""

    text: str
    kind: CellKind = CellKind.TEXT


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row under the number that the spreadsheet program shows; `cut` when the file ended in the middle of it."""

    number: int
    cells: tuple[Cell, ...]
    cut: bool = False

    def cell(self, column: int) -> Cell:
        """The cell of a column, counted from 0; an empty one beyond the last."""
        return self.cells[column] if column < len(self.cells) else EMPTY

    @property
    def is_empty(self) -> bool:
        """Whether nothing but blanks stands in it."""
        return not any(cell.text.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet, empty ones left out.

    `font` names the old font whose letters were turned into Unicode; `others` are the sheets that were not read.
    """

    rows: tuple[SheetRow, ...]
    font: str | None = None
    others: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """The number of columns of its longest row."""
        return max((len(row.cells) for row in self.rows), default=0)
