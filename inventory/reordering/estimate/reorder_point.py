"""(r, Q): whenever no more than r are left, order a lot of Q. Watched every moment, not at every review.

G. Hadley and T. Whitin 1963; A. Federgruen and Y.-S. Zheng, Operations Research 40 (1992).
"""

import math
from dataclasses import dataclass

from inventory.reordering.estimate import lot_size, normal
from inventory.reordering.estimate.newsvendor import Costs, best_pieces, expected_cost, expected_cost_of_pieces

_STEPS = 200
_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class ReorderPoint:
    """Order `lot` when `point` are left; `cost` for each unit of time where it is known."""

    point: float
    lot: float
    cost: float = math.nan


@dataclass(frozen=True, slots=True)
class Supply:
    """What an order costs, the demand of a unit of time, how much it differs, and how long goods take to come."""

    fixed_cost: float
    mean: float
    sd: float
    lead_time: float

    @property
    def mean_until(self) -> float:
        """The demand until an order has come."""
        return self.mean * self.lead_time

    @property
    def sd_until(self) -> float:
        """How much it differs."""
        return self.sd * math.sqrt(self.lead_time)


def by_expected_level(costs: Costs, supply: Supply) -> ReorderPoint:
    """Point and lot in turn, until neither moves: holding is paid for the expected level, each unit missed once."""
    lot = lot_size.economic_lot(fixed_cost=supply.fixed_cost, holding_cost=costs.over, rate=supply.mean).quantity
    for _ in range(_STEPS):
        z = normal.quantile(1 - lot * costs.over / (costs.under * supply.mean))
        missed = supply.sd_until * normal.loss(z)
        before, lot = lot, math.sqrt(2 * supply.mean * (supply.fixed_cost + costs.under * missed) / costs.over)
        if abs(lot - before) < _SAME * lot:
            break
    point = supply.mean_until + z * supply.sd_until
    held = costs.over * (point - supply.mean_until + lot / 2)
    return ReorderPoint(point, lot, held + (supply.fixed_cost + costs.under * missed) * supply.mean / lot)


def by_lot_with_backorders(costs: Costs, supply: Supply) -> ReorderPoint:
    """The lot where customers wait, and the point at which both of its ends cost the same."""
    lot = lot_size.economic_lot_with_backorders(
        fixed_cost=supply.fixed_cost, holding_cost=costs.over, stockout_cost=costs.under, rate=supply.mean
    ).quantity

    def cost(level: float) -> float:
        return expected_cost(costs, level, mean=supply.mean_until, sd=supply.sd_until)

    middle = supply.mean_until + normal.quantile(costs.service) * supply.sd_until
    low, high = middle - lot, middle
    for _ in range(_STEPS):
        point = (low + high) / 2
        if cost(point) > cost(point + lot):
            low = point
        else:
            high = point
    return ReorderPoint(point, lot)


def by_lot_and_safety_stock(costs: Costs, supply: Supply) -> ReorderPoint:
    """The economic lot, and a point that keeps the service level worth its price."""
    lot = lot_size.economic_lot(fixed_cost=supply.fixed_cost, holding_cost=costs.over, rate=supply.mean).quantity
    return ReorderPoint(supply.mean_until + normal.quantile(costs.service) * supply.sd_until, lot)


def best_for_pieces(costs: Costs, *, fixed_cost: float, mean: float, lead_time: float) -> ReorderPoint:
    """The point and lot that cost least for Poisson demand: a window of levels that grows to its cheaper side."""
    until = mean * lead_time

    def one(level: int) -> float:
        return expected_cost_of_pieces(costs, level, mean=until)

    first = last = int(best_pieces(costs, mean=until).level)
    total = fixed_cost * mean + one(first)
    while True:
        below, above = one(first - 1), one(last + 1)
        if min(below, above) >= total / (last - first + 1):
            return ReorderPoint(first - 1, last - first + 1, total / (last - first + 1))
        if below < above:
            first, total = first - 1, total + below
        else:
            last, total = last + 1, total + above
