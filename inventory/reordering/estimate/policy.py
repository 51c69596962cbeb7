"""(R, s, S): at every chance to order, once what there is falls below s, order up to S. What an order comes to.

s lasts until the delivery after the next one, with the service level; S is a lot more. Never more than sells before it
expires, in whole packs, and nothing at all where the least that the producer brings would be too much.
"""

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass

from inventory.reordering.estimate import lot_size, poisson, safety_stock
from inventory.reordering.estimate.forecast import Forecast
from inventory.reordering.estimate.rounding import thousandths_down, thousandths_up, units
from inventory.reordering.estimate.shelf import Ahead, Batch, look_ahead

_HUNDRED = 100
_DAYS_OF_YEAR = 365
# Beyond so many expected pieces the Poisson distribution is as good as a normal one with its own spread.
MANY_PIECES = 60


class Held(enum.Enum):
    """What held an order back, or raised it."""

    NOTHING = "nothing"
    ENOUGH = "enough"
    EXPIRY = "expiry"
    LEAST_TOO_MUCH = "least_too_much"
    RAISED_TO_LEAST = "raised_to_least"


@dataclass(frozen=True, slots=True)
class Deliveries:
    """In how many days an order of today comes, and the one after it; how much that differs, in tenths of a day."""

    comes: int
    next_comes: int
    differs_tenths: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What the producer and the shelf ask for, in thousandths; `life` is for how many days a delivery may be sold."""

    service_percent: int
    pack: int = 1000
    least: int = 0
    display: int = 0
    life: int | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Worth:
    """What one unit costs, and what that comes to: work for a line of a delivery, and a year on the shelf."""

    price_dong: int = 0
    line_cost_dong: int = 0
    holding_percent: int = 0


@dataclass(frozen=True, slots=True)
class Advice:
    """What to order, in thousandths, and why: s and S, what is expected to be missed, when the shelf is empty."""

    order: int
    held: Held
    least: int
    most: int
    missed_before: int
    empty_on: int | None
    lasts: int | None
    limit: int | None


def advise(
    forecast: Forecast,
    expected: Sequence[float],
    stock: Sequence[Batch],
    deliveries: Deliveries,
    rules: Rules,
    worth: Worth = Worth(),
) -> Advice:
    """What to order today, for the demand that is expected of each day from today on."""
    ahead = look_ahead(stock, expected)
    until = look_ahead(stock, expected[: deliveries.next_comes])
    missed_before = until.missed_between(0, deliveries.comes)
    missed_after = until.missed_between(deliveries.comes, deliveries.next_comes)
    wanted = sum(expected[: deliveries.next_comes])
    demand = wanted - missed_before
    # What is missed before the goods come is asked for no more; how sure one wants to be does not depend on it.
    least = max(level_of(forecast, wanted, deliveries, rules) - missed_before, demand + units(rules.display))
    most = least + lot_of(forecast, worth)
    there = demand - missed_after + until.left
    order, held, limit = 0, Held.ENOUGH, None
    if there < least:
        order, held, limit = in_packs(most - there, ahead, forecast, deliveries, rules)
    return Advice(
        order=order,
        held=held,
        least=thousandths_up(least),
        most=thousandths_up(most),
        missed_before=thousandths_up(missed_before),
        empty_on=ahead.empty_on,
        lasts=lasts_until(stock, expected, deliveries, rules, order),
        limit=limit,
    )


def level_of(forecast: Forecast, demand: float, deliveries: Deliveries, rules: Rules) -> float:
    """What has to be there today to last until the delivery after the next: s."""
    service = rules.service_percent / _HUNDRED
    if forecast.is_slow and rules.whole and demand <= MANY_PIECES and forecast.sd**2 <= 2 * forecast.rate:
        return poisson.smallest_level(demand, service)
    days = deliveries.next_comes
    cover = safety_stock.Cover(
        daily_mean=demand / days,
        daily_sd=forecast.sd * lifted(forecast, demand, days),
        lead_days=deliveries.comes,
        review_days=days - deliveries.comes,
        lead_sd=deliveries.differs_tenths / 10,
    )
    return safety_stock.order_up_to(cover, service)


def lifted(forecast: Forecast, demand: float, days: int) -> float:
    """How much wider demand spreads where more of it is expected: as the root of the mean."""
    ordinary = forecast.rate * days
    return math.sqrt(demand / ordinary) if ordinary > 0 and demand > ordinary else 1.0


def lot_of(forecast: Forecast, worth: Worth) -> float:
    """What to order beyond s, so that a line of a delivery is worth its work; nothing where no cost is known."""
    holding = worth.price_dong * worth.holding_percent / _HUNDRED / _DAYS_OF_YEAR
    if holding <= 0 or worth.line_cost_dong <= 0 or forecast.rate <= 0:
        return 0.0
    cost = float(worth.line_cost_dong)
    return lot_size.economic_lot(fixed_cost=cost, holding_cost=holding, rate=forecast.rate).quantity


def in_packs(
    wanted: float, ahead: Ahead, forecast: Forecast, deliveries: Deliveries, rules: Rules
) -> tuple[int, Held, int | None]:
    """An order as the producer can bring it and the shelf can sell it, and what bounded it."""
    order, held = packs_up(thousandths_up(wanted), rules.pack), Held.NOTHING
    if 0 < order < rules.least:
        order, held = packs_up(rules.least, rules.pack), Held.RAISED_TO_LEAST
    if rules.life is None:
        return order, held, None
    limit = thousandths_down(sells_before_expiry(ahead, forecast, deliveries, rules.life))
    if order > limit:
        order, held = limit // rules.pack * rules.pack, Held.EXPIRY
        if order < rules.least:
            order, held = 0, Held.LEAST_TOO_MUCH
    return order, held, limit


def sells_before_expiry(ahead: Ahead, forecast: Forecast, deliveries: Deliveries, life: int) -> float:
    """What a delivery is expected to sell while it may be sold, after what lies there before it."""
    end = deliveries.comes + life
    beyond = max(end - max(ahead.days, deliveries.comes), 0)
    return ahead.missed_between(deliveries.comes, end) + beyond * forecast.rate


def lasts_until(
    stock: Sequence[Batch], expected: Sequence[float], deliveries: Deliveries, rules: Rules, order: int
) -> int | None:
    """The last day that is still fully served with what is ordered; None when it lasts as far as is looked ahead."""
    life = rules.life if rules.life is not None else len(expected) + 1
    coming = Batch(order, last=deliveries.comes + life - 1, first=deliveries.comes)
    missed = look_ahead([*stock, coming], expected).missed
    first = deliveries.comes if order else 0
    short = next((day for day in range(first, len(missed)) if missed[day] > 0), None)
    return None if short is None else short - 1


def packs_up(amount: int, pack: int) -> int:
    """The next whole number of packs."""
    return -(-amount // pack) * pack
