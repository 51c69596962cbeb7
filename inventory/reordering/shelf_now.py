"""What lies here now, lot by lot, as reordering sees it; and for how many days a delivery may be sold."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Integer, func, select, type_coerce

from core.clock import now
from core.columns import QuantityType
from core.database import db
from core.quantity import NONE, Quantity
from inventory.catalogue.recall import recalls_at
from inventory.lot import Lot
from inventory.reordering.demand import HERE, net_of
from inventory.stock_move import StockMove
from inventory.tracing.hold import lots_on_hold

_LATEST_LOTS = 5


class LotHere(NamedTuple):
    """What is on shelf and in the stockroom of one lot."""

    number: str
    producer_lot: str
    sell_by: date | None
    quantity: Quantity


def lots_here(product_ids: Sequence[int]) -> dict[int, list[LotHere]]:
    """The lots of some products that may be sold, with what is here of each; recalled ones and held ones left out."""
    # named once: a statement of SQLite takes 32,766 values, and a shop may have 20,000 products
    sums = (
        select(StockMove.lot_id, net_of(StockMove.target.in_(HERE), StockMove.source.in_(HERE)).label("here"))
        .where(StockMove.lot_id.in_(select(Lot.id).where(Lot.product_id.in_(product_ids))))
        .group_by(StockMove.lot_id)
        .subquery()
    )
    quantity = type_coerce(sums.c.here, QuantityType)
    query = (
        select(Lot.product_id, Lot.number, Lot.producer_lot, Lot.sell_by, quantity)
        .join(sums, sums.c.lot_id == Lot.id)
        .where(type_coerce(sums.c.here, Integer) > 0)
    )
    recalls = defaultdict(list)
    for recall in recalls_at(now()):
        recalls[recall.product_id].append(recall)
    held = {lot.number for lot in lots_on_hold()}
    found: dict[int, list[LotHere]] = defaultdict(list)
    for product_id, *lot in db.session.execute(query):
        here = LotHere(*lot)
        if here.number not in held and not any(recall.covers(here) for recall in recalls[product_id]):
            found[product_id].append(here)
    return found


def quantity_of(lots: Sequence[LotHere], day: date) -> Quantity:
    """What of these lots may be sold on a day."""
    return sum((lot.quantity for lot in lots if lot.sell_by is None or lot.sell_by >= day), NONE)


def days_a_delivery_keeps(product_ids: Sequence[int]) -> dict[int, int]:
    """For how many days, that of its arrival counted, the latest deliveries could be sold: the middle one of five."""
    numbered = (
        select(
            Lot.product_id,
            Lot.received_on,
            Lot.sell_by,
            func.row_number().over(partition_by=Lot.product_id, order_by=Lot.id.desc()).label("place"),
        )
        .where(Lot.product_id.in_(product_ids), Lot.sell_by.is_not(None))
        .subquery()
    )
    kept: dict[int, list[int]] = defaultdict(list)
    for row in db.session.execute(select(numbered).where(numbered.c.place <= _LATEST_LOTS)):
        kept[row.product_id].append((row.sell_by - row.received_on).days + 1)
    return {product_id: sorted(days)[len(days) // 2] for product_id, days in kept.items()}
