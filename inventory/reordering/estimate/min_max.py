"""(s, S): once no more than s are left, order up to S. Exact for Poisson demand, and approximated for normal demand.

Y.-S. Zheng and A. Federgruen, Operations Research 39 (1991); R. Ehrhardt and C. Mosier, Management Science 30 (1984).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from inventory.reordering.estimate import poisson
from inventory.reordering.estimate.newsvendor import Costs, best_pieces, expected_cost_of_pieces


@dataclass(frozen=True, slots=True)
class MinMax:
    """Order when no more than `least` are left, up to `most`; `cost` a period where it is known."""

    least: float
    most: float
    cost: float = math.nan


def best_min_max(costs: Costs, *, fixed_cost: float, mean: float, cover: float | None = None) -> MinMax:
    """The (s, S) that costs least for Poisson demand with a mean a period.

    `cover` is the mean demand until what is ordered has come; without it goods come at once and it is one period's.
    """
    until = mean if cover is None else cover
    renewal = _Renewal(mean)

    def one_period(level: int) -> float:
        return expected_cost_of_pieces(costs, level, mean=until)

    def cost(least: int, most: int) -> float:
        return renewal.cost(one_period, fixed_cost, least, most)

    most = int(best_pieces(costs, mean=until).level)
    least = most - 1
    while cost(least, most) > one_period(least):
        least -= 1
    best = cost(least, most)
    tried = most + 1
    while one_period(tried) <= best:
        if cost(least, tried) < best:
            most = tried
            while cost(least, most) <= one_period(least + 1):
                least += 1
            best = cost(least, most)
        tried += 1
    return MinMax(least, most, best)


class _Renewal:
    """How many periods the stock is expected to spend at each level between two orders."""

    def __init__(self, mean: float) -> None:
        self._chances = poisson.chances(mean)
        self._of_demand: list[float] = [next(self._chances)]
        self._periods: list[float] = [1 / (1 - self._of_demand[0])]

    def cost(self, one_period: Callable[[int], float], fixed_cost: float, least: int, most: int) -> float:
        """What a period costs on average between `least` and `most`."""
        levels = most - least
        while len(self._periods) < levels:
            self._next()
        spent = self._periods[:levels]
        at_levels = sum(periods * one_period(most - sold) for sold, periods in enumerate(spent))
        return (fixed_cost + at_levels) / sum(spent)

    def _next(self) -> None:
        n = len(self._periods)
        self._of_demand.extend(islice(self._chances, n + 1 - len(self._of_demand)))
        earlier = sum(self._of_demand[sold] * self._periods[n - sold] for sold in range(1, n + 1))
        self._periods.append(earlier / (1 - self._of_demand[0]))


def approximate_min_max(
    costs: Costs, *, fixed_cost: float, mean: float, sd: float, lead_periods: float = 0.0
) -> MinMax:
    """The power approximation for normal demand: three fitted powers instead of a search.

    As the textbook gives it, also where the lot is small beside the demand; the authors then take less.
    """
    mean_until = mean * (lead_periods + 1)
    sd_until = sd * math.sqrt(lead_periods + 1)
    spread = 1 + (sd_until / mean) ** 2
    lot = 1.30 * mean**0.494 * (fixed_cost / costs.over) ** 0.506 * spread**0.116
    z = math.sqrt(lot * costs.over / (sd_until * costs.under))
    least = 0.973 * mean_until + sd_until * (0.183 / z + 1.063 - 2.192 * z)
    return MinMax(least, least + lot)
