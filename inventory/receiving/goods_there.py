"""What is still in the shop of the goods that a producer brought, by lot and place: what may go back to him."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from core.database import db
from core.quantity import NONE, Quantity
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.location import SHELF, STOCKROOM
from inventory.lot import Lot
from inventory.stock_level import quantity_at
from inventory.stock_move import StockMove


@dataclass(frozen=True, slots=True)
class LotThere:
    """A lot with what the book has of it on the shelf and in the stockroom."""

    lot: Lot
    shelf: Quantity
    stockroom: Quantity

    def at(self, place: str) -> Quantity:
        """How much of it lies at a place; never below nothing."""
        return max({SHELF: self.shelf, STOCKROOM: self.stockroom}[place], NONE)

    @property
    def places(self) -> list[str]:
        """Where something of it lies: the shelf first, for there it is in the way."""
        return [place for place in (SHELF, STOCKROOM) if self.at(place) > NONE]


def lots_there(
    producer: Producer, *, product: Product | None = None, lots: Collection[Lot] | None = None
) -> list[LotThere]:
    """The lots of a producer with something left, those that end first before the others; or just these lots."""
    wanted = select(Lot.id).where(Lot.supplier_id == producer.id)
    if product is not None:
        wanted = wanted.where(Lot.product_id == product.id)
    if lots is not None:
        wanted = wanted.where(Lot.id.in_([lot.id for lot in lots]))
    sums = (
        select(StockMove.lot_id, quantity_at(SHELF).label("shelf"), quantity_at(STOCKROOM).label("stockroom"))
        .where(StockMove.lot_id.in_(wanted))
        .group_by(StockMove.lot_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Lot, sums.c.shelf, sums.c.stockroom)
        .join(sums, sums.c.lot_id == Lot.id)
        .order_by(func.coalesce(Lot.sell_by, date.max), Lot.received_on, Lot.id)
    )
    found = [LotThere(lot, shelf, stockroom) for lot, shelf, stockroom in rows]
    return found if lots is not None else [one for one in found if one.places]
