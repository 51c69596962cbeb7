"""What labels are printed on: rolls of label printers, paper of receipt printers, sheets of A4."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal, cast

from config.reference.table import read_table, with_code

Kind = Literal["roll", "paper", "sheet"]


@dataclass(frozen=True)
class LabelStock:
    """One kind of label; lengths in tenths of a millimetre. A sheet's labels stand in the middle of the A4."""

    code: str
    kind: Kind
    vi: str
    en: str
    width: int
    height: int
    columns: int
    rows: int
    gap: int
    gap_down: int

    @property
    def places(self) -> int:
        """How many labels are on one sheet, or side by side on a roll."""
        return self.columns * self.rows

    def name(self, language: str) -> str:
        """Its name in a language of the screen."""
        return self.en if language == "en" else self.vi


@functools.cache
def label_stocks() -> tuple[LabelStock, ...]:
    """Every kind, rolls first."""
    return tuple(
        LabelStock(
            row["code"],
            cast(Kind, row["kind"]),
            row["vi"],
            row["en"],
            *(int(row[name]) for name in ("width", "height", "columns", "rows", "gap", "gap_down")),
        )
        for row in read_table("label_stocks")
    )


def label_stock(code: str) -> LabelStock:
    """The kind of a code such as a4-65; an unknown one raises UnknownReference."""
    return with_code("label_stocks", label_stocks(), code)
