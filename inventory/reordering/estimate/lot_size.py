"""How much to order at once: an order costs something, and so does what lies on the shelf.

F. W. Harris 1913; H. Wagner and T. Whitin, Management Science 5 (1958); discounts as in L. Snyder and Z.-J. Shen,
Fundamentals of Supply Chain Theory, 2nd edition, chapter 3.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LotSize:
    """So much at once, and what that costs for each unit of time."""

    quantity: float
    cost: float


def economic_lot(*, fixed_cost: float, holding_cost: float, rate: float) -> LotSize:
    """The lot with the least cost of ordering and holding."""
    quantity = math.sqrt(2 * fixed_cost * rate / holding_cost)
    return LotSize(quantity, holding_cost * quantity)


@dataclass(frozen=True, slots=True)
class LotWithBackorders:
    """A lot where customers wait: so long a part of the time nothing is there."""

    quantity: float
    missing: float
    cost: float


def economic_lot_with_backorders(
    *, fixed_cost: float, holding_cost: float, stockout_cost: float, rate: float
) -> LotWithBackorders:
    """The lot with the least cost where customers who wait cost something, too."""
    both = holding_cost + stockout_cost
    quantity = math.sqrt(2 * fixed_cost * rate * both / (holding_cost * stockout_cost))
    cost = math.sqrt(2 * fixed_cost * rate * holding_cost * stockout_cost / both)
    return LotWithBackorders(quantity, holding_cost / both, cost)


@dataclass(frozen=True, slots=True)
class PriceSteps:
    """From `steps[i]` on one costs `prices[i]`; the first step is 0."""

    steps: Sequence[float]
    prices: Sequence[float]

    def end(self, step: int) -> float:
        """Where a step ends."""
        return self.steps[step + 1] if step + 1 < len(self.steps) else math.inf


@dataclass(frozen=True, slots=True)
class SteppedLot:
    """A lot, the step its price belongs to, and what it costs with the goods themselves."""

    quantity: float
    step: int
    cost: float


def lot_with_discount_on_all(*, fixed_cost: float, holding_rate: float, rate: float, offer: PriceSteps) -> SteppedLot:
    """The best lot where the price of its step holds for every unit."""
    found = []
    for step, price in enumerate(offer.prices):
        best = math.sqrt(2 * fixed_cost * rate / (holding_rate * price))
        quantity = max(best, offer.steps[step])
        if quantity < offer.end(step):
            cost = price * rate + fixed_cost * rate / quantity + holding_rate * price * quantity / 2
            found.append(SteppedLot(quantity, step, cost))
    return min(found, key=lambda lot: lot.cost)


def lot_with_discount_beyond(*, fixed_cost: float, holding_rate: float, rate: float, offer: PriceSteps) -> SteppedLot:
    """The best lot where the price of a step holds for the units beyond it only."""
    found = []
    paid_more = 0.0  # what the units below the step cost more than its price
    for step, price in enumerate(offer.prices):
        if step:
            paid_more += (offer.prices[step - 1] - price) * offer.steps[step]
        quantity = math.sqrt(2 * (fixed_cost + paid_more) * rate / (holding_rate * price))
        if offer.steps[step] <= quantity < offer.end(step):
            ordering = (fixed_cost + paid_more) * rate / quantity
            holding = holding_rate * (paid_more + price * quantity) / 2
            found.append(SteppedLot(quantity, step, price * rate + ordering + holding))
    return min(found, key=lambda lot: lot.cost)


@dataclass(frozen=True, slots=True)
class LotPlan:
    """What is ordered in each period, and what all of it costs."""

    quantities: tuple[float, ...]
    cost: float


def lots_of_known_demand(demand: Sequence[float], *, fixed_cost: float, holding_cost: float) -> LotPlan:
    """The cheapest orders where all demand to come is known (Wagner and Whitin); holding is paid at a period's end."""
    best: list[float] = [0.0]  # of the first n periods
    begun: list[int] = []
    for last in range(len(demand)):
        costs = []
        for first in range(last + 1):
            held = sum((period - first) * demand[period] for period in range(first, last + 1))
            costs.append(best[first] + fixed_cost + holding_cost * held)
        chosen = min(range(last + 1), key=costs.__getitem__)
        begun.append(chosen)
        best.append(costs[chosen])
    quantities = [0.0] * len(demand)
    end = len(demand)
    while end:
        first = begun[end - 1]
        quantities[first] = float(sum(demand[first:end]))
        end = first
    return LotPlan(tuple(quantities), best[-1])
