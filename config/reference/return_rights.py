"""Rights to bring goods back that the law gives, whatever the shop grants by itself."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, timedelta

from config.reference.table import day_or_none, holds_on, read_table


@dataclass(frozen=True)
class ReturnRight:
    """So many days after the sale the customer may bring the goods back."""

    code: str
    days: int
    vi: str
    en: str
    source: str
    first_day: date | None
    last_day: date | None

    def until(self, sold: date) -> date:
        """The last day; the day of the sale itself is not counted (Bộ luật Dân sự 2015, Điều 147.2)."""
        return sold + timedelta(days=self.days)


@functools.cache
def return_rights() -> tuple[ReturnRight, ...]:
    """Every right that was, is or is decided to be."""
    return tuple(
        ReturnRight(
            code=row["code"],
            days=int(row["days"]),
            vi=row["vi"],
            en=row["en"],
            source=row["source"],
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
        )
        for row in read_table("return_rights")
    )


def right_on(code: str, day: date) -> ReturnRight | None:
    """The right of a code as it stands on the day of the sale, or None where the law gives none."""
    return next((right for right in return_rights() if right.code == code and holds_on(right, day)), None)
