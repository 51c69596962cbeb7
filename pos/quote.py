"""What a basket would become if it were completed now: lots, prices, tax, and what stands in the way.

The page shows the quote, and checkout completes exactly it, so the clerk never
sees another lot or total than the one that is sold.
"""

from dataclasses import dataclass
from datetime import date

from core.clock import today
from core.errors import RuleBroken
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.lot import Lot
from pos.basket_table import Basket, BasketLine
from pos.pricing import RateTotal, Taxed


@dataclass(frozen=True, slots=True)
class Pick:
    """So much of one lot, and what it takes."""

    lot: Lot
    quantity: Quantity
    amount: Money
    taxed: Taxed


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """One line of the basket with the lots it would be sold from, or the trouble with it."""

    line: BasketLine
    picks: tuple[Pick, ...]
    trouble: RuleBroken | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The whole basket, priced and taxed for a day."""

    basket: Basket
    day: date
    lines: tuple[QuotedLine, ...]
    taxes: tuple[RateTotal, ...]

    @property
    def total(self) -> Money:
        """What the customer pays, every tax included."""
        return sum((quoted.line.amount for quoted in self.lines), ZERO)

    @property
    def trouble(self) -> RuleBroken | None:
        """The first thing that stands in the way of completing, or None."""
        return next((quoted.trouble for quoted in self.lines if quoted.trouble), None)
