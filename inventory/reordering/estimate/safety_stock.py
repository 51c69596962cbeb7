"""Safety stock: what lies there beyond the expected demand, so that a service level is kept.

A level covers the demand of the time until the next chance has come: lead time and review, both of them uncertain.
"""

import math
from dataclasses import dataclass

from inventory.reordering.estimate import normal


@dataclass(frozen=True, slots=True)
class Cover:
    """What a stock has to last for: demand a day, days of lead time and review, and how much each differs."""

    daily_mean: float
    daily_sd: float
    lead_days: float
    review_days: float = 0.0
    lead_sd: float = 0.0

    @property
    def mean(self) -> float:
        """The expected demand."""
        return self.daily_mean * (self.lead_days + self.review_days)

    @property
    def sigma(self) -> float:
        """The standard deviation of the demand."""
        of_demand = (self.lead_days + self.review_days) * self.daily_sd**2
        return math.sqrt(of_demand + (self.daily_mean * self.lead_sd) ** 2)


def safety_stock(cover: Cover, service: float) -> float:
    """How much is kept beyond the expected demand, so that the probability of running out is 1 - service."""
    return normal.quantile(service) * cover.sigma


def order_up_to(cover: Cover, service: float) -> float:
    """The level to order up to; without review days the reorder point."""
    return cover.mean + safety_stock(cover, service)


def safety_stock_for_share(quantity: float, sigma: float, share: float) -> float:
    """The safety stock with which so large a share of the demand is met from the shelf (fill rate).

    Orders come in lots of `quantity`; with large lots and little spread it is below zero.
    """
    return sigma * normal.z_of_loss((1 - share) * quantity / sigma)
