"""What the stock of a day was worth: the shop's own goods at cost, goods kept for others apart from them.

Own goods are valued lot by lot at what each lot cost (thực tế đích danh: TT 99/2025/TT-BTC and VAS 02 leave the method
to the enterprise; each lot here carries its own cost, so nothing has to be averaged). Goods on consignment are no stock
of the shop: TT 99/2025 has no account for them any more, they stand in a book of their own and are disclosed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.money import ZERO, Money
from core.quantity import NONE, Quantity
from inventory.catalogue.price import prices_for
from inventory.catalogue.producer import Producer
from inventory.ledger.stock_on_day import HeldLot, stock_on
from inventory.lot import Lot


@dataclass(frozen=True, slots=True)
class Valued:
    """So much of a lot with what it was worth on a day; `price` is what one was sold for then, None without a price."""

    held: HeldLot
    price: Money | None

    @property
    def lot(self) -> Lot:
        """The lot."""
        return self.held.lot

    @property
    def quantity(self) -> Quantity:
        """How much of it; below zero where more was sold than the book had."""
        return self.held.quantity

    @property
    def is_own(self) -> bool:
        """Whether the goods are the shop's."""
        return self.lot.owner_id is None

    @property
    def at_cost(self) -> Money:
        """What own goods cost; nothing for goods of others."""
        return self.lot.cost.times(self.quantity) if self.lot.cost is not None else ZERO

    @property
    def at_price(self) -> Money:
        """What customers would pay at that day's price; nothing for goods without a price."""
        return self.price.times(self.quantity) if self.price is not None else ZERO

    @property
    def for_owner(self) -> Money:
        """What the owner would get for it, sold at that day's price; nothing for the shop's own goods."""
        return self.lot.due(self.at_price, self.quantity)

    @property
    def lacks_price(self) -> bool:
        """Whether its worth in sale is not known."""
        return self.price is None and self.quantity != NONE


@dataclass(frozen=True, slots=True)
class Kept:
    """What lay in the shop of one owner; `owner` is None for the shop's own goods."""

    owner: Producer | None
    lots: tuple[Valued, ...]

    @property
    def at_cost(self) -> Money:
        """What it cost, for own goods."""
        return sum((one.at_cost for one in self.lots), ZERO)

    @property
    def at_price(self) -> Money:
        """What customers would pay for it."""
        return sum((one.at_price for one in self.lots), ZERO)

    @property
    def for_owner(self) -> Money:
        """What its owner would get."""
        return sum((one.for_owner for one in self.lots), ZERO)

    @property
    def products(self) -> int:
        """How many articles."""
        return len({one.lot.product_id for one in self.lots})

    @property
    def without_price(self) -> int:
        """How many lots had no price that day: their worth in sale is left out of the sums."""
        return sum(one.lacks_price for one in self.lots)


@dataclass(frozen=True, slots=True)
class Valuation:
    """The stock of a day: the shop's own, and beside it, never added to it, what it keeps for each owner."""

    day: date
    own: Kept
    kept_for: tuple[Kept, ...]

    @property
    def kept_at_price(self) -> Money:
        """What all goods of others would bring."""
        return sum((one.at_price for one in self.kept_for), ZERO)

    @property
    def kept_for_owners(self) -> Money:
        """What all owners together would get."""
        return sum((one.for_owner for one in self.kept_for), ZERO)


def valuation_on(day: date) -> Valuation:
    """What the stock of a day was worth."""
    valued = value_at(stock_on(day), day)
    by_owner: dict[int | None, list[Valued]] = {}
    for one in valued:
        by_owner.setdefault(one.lot.owner_id, []).append(one)
    own = Kept(None, tuple(by_owner.pop(None, ())))
    kept = (Kept(lots[0].lot.owner, tuple(lots)) for lots in by_owner.values())
    return Valuation(day, own, tuple(sorted(kept, key=lambda one: one.owner.name_folded if one.owner else "")))


def value_at(stock: Iterable[HeldLot], day: date) -> list[Valued]:
    """Lots with the price that one of each was sold for on a day."""
    held = list(stock)
    prices = prices_for({one.lot.product_id for one in held}, day)
    return [Valued(one, prices.get(one.lot.product_id)) for one in held]
