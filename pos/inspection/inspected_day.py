"""The shop as it was at the end of a chosen day: goods, papers, prices and names of then, read once for all lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from core.clock import now, today
from core.journal.past_day import Records, end_of, records_until
from core.money import Money
from core.quantity import NONE, Quantity
from core.text import sort_key
from inventory.catalogue.as_recorded import ProducerThen, ProductThen, producers_as_of, products_as_of
from inventory.catalogue.certificate import Standing
from inventory.catalogue.certificate_on_day import certificates_on
from inventory.catalogue.eligibility import Papers, papers_for
from inventory.catalogue.price import prices_for
from inventory.catalogue.product import Product
from inventory.ledger.stock_on_day import HeldLot, need_past, stock_on
from inventory.lot import Lot

_LAST_MOMENT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class ShelfProduct:
    """One product that was in the shop that day, as it was called and papered then.

    `certificate` is the latest one begun by that day, in force or not.
    """

    product: Product
    then: ProductThen
    lots: tuple[HeldLot, ...]
    stars: int | None
    certificate: Standing | None
    price: Money | None

    @property
    def here(self) -> Quantity:
        """What could be counted of it in the shop."""
        return sum((one.here for one in self.lots), NONE)


@dataclass(frozen=True)
class InspectedDay:
    """The shop of a day. Products are in the order of their names."""

    day: date
    records: Records
    papers: Papers
    shelf: tuple[ShelfProduct, ...]
    owners: dict[int, ProducerThen]

    def owner_of(self, lot: Lot) -> str:
        """Whose a lot was, by the name of then; empty for the shop's own goods."""
        return self.owners[lot.owner_id].name if lot.owner_id is not None else ""

    @cached_property
    def lots(self) -> list[tuple[ShelfProduct, HeldLot]]:
        """Every lot that lay in the shop, with its product."""
        return [(one, held) for one in self.shelf for held in one.lots if held.here != NONE]

    def lots_in_hand(self) -> Iterator[tuple[ShelfProduct, HeldLot]]:
        """Those of which something could be taken in the hand; what the book has below zero is not there."""
        return (pair for pair in self.lots if pair[1].here > NONE)


def inspect(day: date) -> InspectedDay:
    """Look at the shop as it was at the end of a day; a number of questions that does not grow with the shop."""
    held = stock_on(need_past(day))
    records = records_until(day)
    lots: dict[int, list[HeldLot]] = {}
    for one in held:
        lots.setdefault(one.lot.product_id, []).append(one)
    products = {one.lot.product_id: one.lot.product for one in held}
    at = now() if day >= today() else end_of(day) - _LAST_MOMENT
    papers = papers_for(list(products.values()), day, at=at)
    then, certificates = products_as_of(products.values(), records), certificates_on(products, day)
    prices = prices_for(list(products), day)
    shelf = [
        ShelfProduct(
            product, then[number], tuple(lots[number]), papers.stars(product), certificates.get(number),
            prices.get(number),
        )
        for number, product in products.items()
    ]  # fmt: skip
    owners = producers_as_of({one.lot.owner for one in held if one.lot.owner is not None}, records)
    by_name = tuple(sorted(shelf, key=lambda one: sort_key(one.then.full_name)))
    return InspectedDay(day, records, papers, by_name, owners)
