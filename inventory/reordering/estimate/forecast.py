"""What goods are expected to sell a day, from what they sold while they lay there.

A day without stock says nothing of demand and is left out; a day that sold out is worth at least a day's mean. Days
around a feast are measured by the feast's lift, so that the rate is that of an ordinary day.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from inventory.reordering.estimate.intermittent import DemandClass, Sales, class_of, sba, tsb
from inventory.reordering.estimate.rounding import units

WEEK = 7
DAYS_FOR_CLASS = 14
DAYS_FOR_WEEK = 28
LEVEL_WEIGHT = 0.04
WEEKS_OF_DOUBT = 4
LONG_SILENCE = 2
SLOW = frozenset({DemandClass.NONE, DemandClass.INTERMITTENT, DemandClass.LUMPY})
EVEN_WEEK = (1.0,) * WEEK


@dataclass(frozen=True, slots=True)
class SoldDays:
    """Days in a row, the oldest first: thousandths sold, and how goods lay there.

    `usable` where they could be bought, `sold_out` where nothing was left in the evening; `weekday` is the first day's,
    0 for Monday.
    """

    sold: Sequence[int]
    usable: Sequence[bool]
    sold_out: Sequence[bool]
    weekday: int

    def latest(self, days: int) -> "SoldDays":
        """The last so many of these days."""
        first = max(len(self.sold) - days, 0)
        weekday = (self.weekday + first) % WEEK
        return SoldDays(self.sold[first:], self.usable[first:], self.sold_out[first:], weekday)


@dataclass(frozen=True, slots=True)
class Forecast:
    """An ordinary day: mean and standard deviation in units, how it sells, and the share of each weekday."""

    kind: DemandClass
    rate: float
    sd: float
    days: int
    weekdays: Sequence[float] = EVEN_WEEK

    @property
    def is_slow(self) -> bool:
        """Whether there are more days without a sale than with one."""
        return self.kind in SLOW

    def expected(self, weekday: int, lifts: Sequence[float]) -> list[float]:
        """The demand of days to come, the first of them on a weekday, each with its lift."""
        return [self.rate * self.weekdays[(weekday + n) % WEEK] * lift for n, lift in enumerate(lifts)]


def forecast(history: SoldDays, lifts: Sequence[float]) -> Forecast:
    """The ordinary day of goods, from their days and the lift of each of these days."""
    days, weekdays = unconstrained(history, lifts)
    kind = class_of(days)
    if kind is DemandClass.NONE or not days:
        return Forecast(DemandClass.NONE, 0.0, 0.0, len(days))
    shares = EVEN_WEEK
    if kind not in SLOW and len(days) >= DAYS_FOR_WEEK:
        shares = week_of(days, weekdays)
        days = [sold / shares[weekday] for sold, weekday in zip(days, weekdays, strict=True)]
    rate = rate_of(days, kind)
    spread = math.sqrt(sum((sold - rate) ** 2 for sold in days) / len(days))
    return Forecast(kind, rate, spread, len(days), shares)


def unconstrained(history: SoldDays, lifts: Sequence[float]) -> tuple[list[float], list[int]]:
    """The demand of the days on which goods could be bought, as of ordinary days, with their weekdays."""
    known = [
        (units(sold) / lift, out, (history.weekday + n) % WEEK)
        for n, (sold, usable, out, lift) in enumerate(
            zip(history.sold, history.usable, history.sold_out, lifts, strict=True)
        )
        if usable
    ]
    open_days = [sold for sold, out, _ in known if not out]
    mean = sum(open_days) / len(open_days) if open_days else 0.0
    return [max(sold, mean) if out else max(sold, 0.0) for sold, out, _ in known], [weekday for *_, weekday in known]


def rate_of(days: Sequence[float], kind: DemandClass) -> float:
    """The mean of a day: newer days weigh more; slow goods by their sales, and fading once they sell no more."""
    if len(days) < DAYS_FOR_CLASS:
        return sum(days) / len(days)
    if kind not in SLOW:
        level = sum(days) / len(days)
        for sold in days:
            level += LEVEL_WEIGHT * (sold - level)
        return level
    by_sales = sba(days)
    return min(by_sales, tsb(days)) if is_silent(days) else by_sales


def is_silent(days: Sequence[float]) -> bool:
    """Whether goods have not sold for much longer than usual."""
    intervals = Sales.of(days).intervals
    since = next((n for n, sold in enumerate(reversed(days)) if sold > 0), len(days))
    return since > LONG_SILENCE * sum(intervals) / len(intervals)


def week_of(days: Sequence[float], weekdays: Sequence[int]) -> tuple[float, ...]:
    """The share of each weekday, 1 for an even one; few weeks are doubted and drawn towards even."""
    mean = sum(days) / len(days)
    sums, counts = [0.0] * WEEK, [0] * WEEK
    for sold, weekday in zip(days, weekdays, strict=True):
        sums[weekday] += sold
        counts[weekday] += 1
    doubt = WEEKS_OF_DOUBT
    shares = [(of_day + doubt * mean) / ((n + doubt) * mean) for of_day, n in zip(sums, counts, strict=True)]
    even = sum(shares) / WEEK
    return tuple(share / even for share in shares)
