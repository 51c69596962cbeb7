"""What of a producer is in the shop and in the books: told before the shop stops working with him."""

from dataclasses import dataclass

from sqlalchemy import Integer, func, or_, select, type_coerce

from core.database import db
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.consignment.owed import OwedLine
from inventory.consignment.owed_reversal import owed_to
from inventory.location import SHELF
from inventory.lot import Lot
from inventory.stock_level import quantity_at
from inventory.stock_move import StockMove


@dataclass(frozen=True, slots=True)
class GoodsLeft:
    """So much of a product is on the shelf; `consigned` of it is still the producer's own."""

    product: Product
    quantity: Quantity
    consigned: Quantity


def goods_left(producer: Producer) -> list[GoodsLeft]:
    """The producer's products on the shelf, and whatever else there belongs to him, in one query."""
    left = type_coerce(quantity_at(SHELF), Integer)
    lots = (
        select(Lot.product_id, Lot.owner_id, left.label("left"))
        .join(StockMove, StockMove.lot_id == Lot.id)
        .join(Product, Product.id == Lot.product_id)
        .where(or_(Product.producer_id == producer.id, Lot.owner_id == producer.id))
        .group_by(Lot.product_id, Lot.owner_id)
        .subquery()
    )
    found: dict[int, GoodsLeft] = {}
    for product, owner_id, thousandths in db.session.execute(
        select(Product, lots.c.owner_id, lots.c.left)
        .join(lots, lots.c.product_id == Product.id)
        .where(lots.c.left != 0)
        .order_by(Product.name_folded, Product.id)
    ):
        known = found.get(product.id, GoodsLeft(product, Quantity(0), Quantity(0)))
        quantity = Quantity(int(thousandths))
        own = quantity if owner_id == producer.id else Quantity(0)
        found[product.id] = GoodsLeft(product, known.quantity + quantity, known.consigned + own)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Leaving:
    """What stays behind when the shop stops working with a producer: goods to sell or give back, money to pay."""

    goods: list[GoodsLeft]
    owed: Money

    @property
    def is_clear(self) -> bool:
        """Whether nothing is left: no goods on the shelf and nothing ever owed."""
        return not self.goods and self.owed == ZERO


def leaving(producer: Producer) -> Leaving:
    """What to know before a producer is retired."""
    return Leaving(goods_left(producer), owed_to(producer))


def owed_by_producer() -> dict[int, Money]:
    """All that sales have owed to each producer so far, paid or not, in one query."""
    sums = select(OwedLine.owner_id, func.sum(OwedLine.due)).group_by(OwedLine.owner_id)
    return dict(db.session.execute(sums).all())


def products_by_producer() -> dict[int, int]:
    """How many products in the range each producer has, in one query."""
    counts = select(Product.producer_id, func.count()).where(Product.retired_on.is_(None)).group_by(Product.producer_id)
    return dict(db.session.execute(counts).all())
