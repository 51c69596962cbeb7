"""How much more sells around a feast: learnt from earlier years as far as they are known, else what the shop set."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from inventory.reordering.estimate.rounding import units

DAYS_BEFORE = 56
UNITS_OF_DOUBT = 4.0
LEAST, MOST = 0.3, 8.0
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Window:
    """Days of one feast, as places in a series; the last one belongs to it."""

    first: int
    last: int


class Sold:
    """A series of days, summed up once, so that any stretch of it is one subtraction."""

    def __init__(self, sold: Sequence[int], usable: Sequence[bool]) -> None:
        self._sold = [0, *accumulate(amount if good else 0 for amount, good in zip(sold, usable, strict=True))]
        self._days = [0, *accumulate(1 if good else 0 for good in usable)]

    def between(self, first: int, end: int) -> tuple[float, int]:
        """Units sold, and usable days, from one place up to and without another."""
        first, end = max(first, 0), min(max(end, 0), len(self._days) - 1)
        if end <= first:
            return 0.0, 0
        return units(self._sold[end] - self._sold[first]), self._days[end] - self._days[first]


def lift_of(sold: Sold, windows: Sequence[Window], *, set_percent: int) -> float:
    """How many times an ordinary day a day of the feast sells.

    What earlier years sold is compared with the eight weeks before; few pieces say little and are drawn towards what
    the shop set.
    """
    found, expected = 0.0, 0.0
    for window in windows:
        before, days_before = sold.between(window.first - DAYS_BEFORE, window.first)
        during, days = sold.between(window.first, window.last + 1)
        if days_before >= DAYS_BEFORE // 2 and days:
            found += during
            expected += before / days_before * days
    lift = (found + UNITS_OF_DOUBT * set_percent / _HUNDRED) / (expected + UNITS_OF_DOUBT)
    return min(max(lift, LEAST), MOST)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days in a row, counted from the first day of a series, that one feast lifts."""

    feast: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Lifts:
    """How much each feast lifts one product."""

    by_feast: dict[str, float]

    def of_days(self, count: int, stretches: Sequence[Stretch]) -> list[float]:
        """The lift of each day of a series: 1 on an ordinary one."""
        lifts = [1.0] * count
        for one in stretches:
            first, end = max(one.first, 0), min(one.end, count)
            if end > first:
                lifts[first:end] = [self.by_feast[one.feast]] * (end - first)
        return lifts

    def tenths(self, feast: str) -> int:
        """One feast's lift in tenths, for a sentence."""
        return int(self.by_feast[feast] * 10 + 0.5)
