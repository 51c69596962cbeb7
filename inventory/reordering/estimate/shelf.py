"""A shelf in the days to come: what is sold first expires first, and what has expired is sold no more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from inventory.reordering.estimate.rounding import units

NEVER = 1_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """So many thousandths that lie there from a day on (0 is today), and may be sold up to and on their last day."""

    thousandths: int
    last: int = NEVER
    first: int = 0


@dataclass(slots=True)
class Ahead:
    """What a shelf does over some days: demand missed by day, when it is first empty, what is left, what expired."""

    missed: list[float] = field(default_factory=list)
    empty_on: int | None = None
    left: float = 0.0
    expired: float = 0.0

    @property
    def days(self) -> int:
        """How far it was looked ahead."""
        return len(self.missed)

    def missed_between(self, first: int, end: int) -> float:
        """The demand that these goods do not meet, from one day up to and without another."""
        return sum(self.missed[first:end])


def look_ahead(batches: Sequence[Batch], expected: Sequence[float]) -> Ahead:
    """Sell the expected demand of each day from what lies there, the first to expire first."""
    waiting = sorted((batch.first, batch.last, units(batch.thousandths)) for batch in batches if batch.thousandths > 0)
    ahead = Ahead()
    shelf: list[list[float]] = []
    for day, demand in enumerate(expected):
        while waiting and waiting[0][0] <= day:
            _, last, amount = waiting.pop(0)
            shelf.append([last, amount])
            shelf.sort()
        while shelf and shelf[0][0] < day:
            ahead.expired += shelf.pop(0)[1]
        ahead.missed.append(_sell(shelf, demand))
        if not shelf and ahead.empty_on is None:
            ahead.empty_on = day
    ahead.left = sum(amount for last, amount in shelf if last >= ahead.days)
    return ahead


def _sell(shelf: list[list[float]], demand: float) -> float:
    """Take a day's demand off the shelf; what it lacks."""
    while shelf and demand > 0:
        taken = min(shelf[0][1], demand)
        shelf[0][1] -= taken
        demand -= taken
        if shelf[0][1] <= 0:
            shelf.pop(0)
    return max(demand, 0.0)
