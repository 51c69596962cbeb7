"""The newsvendor: one order for one stretch of time, too much of it costs, and so does too little.

The share of too-little in both costs is the service level that is worth its price.
"""

import math
from dataclasses import dataclass

from inventory.reordering.estimate import normal, poisson


@dataclass(frozen=True, slots=True)
class Costs:
    """What a unit costs that is left over, and what one costs that is missed."""

    over: float
    under: float

    @property
    def service(self) -> float:
        """The service level at which both weigh the same."""
        return self.under / (self.over + self.under)


@dataclass(frozen=True, slots=True)
class Level:
    """A level, and what it is expected to cost."""

    level: float
    cost: float


def best_level(costs: Costs, *, mean: float, sd: float, lead_periods: float = 0.0) -> Level:
    """The level to fill up to for normal demand a period; what is ordered comes after so many more periods."""
    mean_until = mean * (lead_periods + 1)
    sd_until = sd * math.sqrt(lead_periods + 1)
    level = mean_until + normal.quantile(costs.service) * sd_until
    return Level(level, expected_cost(costs, level, mean=mean_until, sd=sd_until))


def expected_cost(costs: Costs, level: float, *, mean: float, sd: float) -> float:
    """What a level costs with normal demand."""
    z = (level - mean) / sd
    return sd * (costs.over * normal.complementary_loss(z) + costs.under * normal.loss(z))


def best_pieces(costs: Costs, *, mean: float) -> Level:
    """The number of pieces for Poisson demand."""
    level = poisson.smallest_level(mean, costs.service)
    return Level(level, expected_cost_of_pieces(costs, level, mean=mean))


def expected_cost_of_pieces(costs: Costs, level: int, *, mean: float) -> float:
    """What a number of pieces costs with Poisson demand; fewer than none are pieces promised."""
    missed = poisson.loss(level, mean)
    return costs.over * (level - mean + missed) + costs.under * missed
