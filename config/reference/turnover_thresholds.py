"""Up to which turnover of a year a household or person owes no tax on it; dated, as the law changed it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date

from config.reference.table import UnknownReference, day_or_none, in_force, read_table


@dataclass(frozen=True, slots=True)
class TurnoverThreshold:
    """The threshold of the calendar years between two days, in đồng."""

    amount: int
    source: str
    first_day: date | None
    last_day: date | None


@functools.cache
def turnover_thresholds() -> tuple[TurnoverThreshold, ...]:
    """Every threshold that was or is, the oldest first."""
    return tuple(
        TurnoverThreshold(
            amount=int(row["amount"]),
            source=row["source"],
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
        )
        for row in read_table("turnover_thresholds")
    )


def threshold_of(year: int) -> TurnoverThreshold:
    """The threshold of a calendar year, as it stands at the year's end."""
    for threshold in in_force(turnover_thresholds(), date(year, 12, 31)):
        return threshold
    raise UnknownReference("turnover_thresholds", str(year))
