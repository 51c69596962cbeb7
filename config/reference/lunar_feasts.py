"""Feasts of the lunar calendar: before them people buy more, and each year they fall on another day."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date, timedelta

from config.reference.table import read_table


@dataclass(frozen=True)
class LunarFeast:
    """A feast in one year: its day, and the days around it on which it is felt in a shop."""

    code: str
    vi: str
    en: str
    lunar_day: int
    lunar_month: int
    days_before: int
    days_after: int
    day: date

    @property
    def first_day(self) -> date:
        """The first day on which people buy for it."""
        return self.day - timedelta(days=self.days_before)

    @property
    def last_day(self) -> date:
        """The last one."""
        return self.day + timedelta(days=self.days_after)

    def name(self, language: str) -> str:
        """What it is called."""
        return self.vi if language == "vi" else self.en


@functools.cache
def lunar_feasts() -> tuple[LunarFeast, ...]:
    """Every feast of every year of the table, by day."""
    rows = (
        LunarFeast(
            code=row["code"],
            vi=row["vi"],
            en=row["en"],
            lunar_day=int(row["lunar_day"]),
            lunar_month=int(row["lunar_month"]),
            days_before=int(row["days_before"]),
            days_after=int(row["days_after"]),
            day=date.fromisoformat(row["day"]),
        )
        for row in read_table("lunar_feasts")
    )
    return tuple(sorted(rows, key=lambda feast: feast.day))


def feasts_between(first: date, last: date) -> tuple[LunarFeast, ...]:
    """The feasts that are felt on any of these days."""
    return tuple(feast for feast in lunar_feasts() if feast.first_day <= last and first <= feast.last_day)
