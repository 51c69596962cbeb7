"""Shares of articles that a province asks of its points: by count of articles, never by turnover.

No national share exists (QĐ 950/QĐ-BCT names none). Of a province without a rule here none was found; a shop enters its
own in the settings ([[inspection.share_rules]]).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from typing import Literal

from config.reference.table import day_or_none, in_force, read_table

Counts = Literal["ocop", "ocop_of_province", "ocop_or_local", "eligible"]
COUNTS: tuple[Counts, ...] = ("ocop", "ocop_of_province", "ocop_or_local", "eligible")
"""What is counted: OCOP of 3 stars or more; of these the province's own; OCOP and local goods; all with a basis."""


@dataclass(frozen=True)
class ShareRule:
    """At least so many percent of the articles, or at least so many articles; 0 asks nothing."""

    counts: Counts
    least_percent: int
    least_items: int
    vi: str
    en: str
    source: str
    first_day: date | None
    last_day: date | None

    def name(self, language: str) -> str:
        """What it asks, in a language of the screen."""
        return self.en if language == "en" else self.vi

    def is_kept(self, counted: int, of_all: int) -> bool:
        """Whether so many of all articles are enough."""
        return counted >= self.least_items and counted * 100 >= self.least_percent * of_all


@functools.cache
def _rules_by_province() -> dict[str, tuple[ShareRule, ...]]:
    found: dict[str, tuple[ShareRule, ...]] = {}
    for row in read_table("share_rules"):
        counts = next(one for one in COUNTS if one == row["counts"])
        rule = ShareRule(
            counts=counts,
            least_percent=int(row["least_percent"]),
            least_items=int(row["least_items"]),
            vi=row["vi"],
            en=row["en"],
            source=row["source"],
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
        )
        found[row["province_id"]] = (*found.get(row["province_id"], ()), rule)
    return found


def share_rules_of(province_id: str | None, day: date) -> tuple[ShareRule, ...]:
    """What a province asked on a day; nothing where no rule of it is known."""
    return in_force(_rules_by_province().get(province_id or "", ()), day)
