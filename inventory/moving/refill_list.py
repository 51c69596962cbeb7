"""What the shelf lacks while the stockroom has it (hàng cần đưa ra quầy): what sells in some days, at least one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, case, func, select, type_coerce

from core.clock import now, today
from core.current_settings import current_settings
from core.database import db
from core.journal.chain import JournalRecord
from core.quantity import NONE, ONE, Quantity
from inventory.catalogue.eligibility import papers_for
from inventory.catalogue.product import Product
from inventory.location import CUSTOMER, SHELF, STOCKROOM
from inventory.lot import Lot
from inventory.stock_level import on_hand_by_lot, quantity_at
from inventory.stock_move import StockMove

LOOK_BACK_DAYS = 14


@dataclass(frozen=True, slots=True)
class Lacking:
    """A product that should be brought to the shelf: what is there, what the stockroom has, and how much to bring."""

    product: Product
    on_shelf: Quantity
    in_stockroom: Quantity
    wanted: Quantity


def lacking_on_shelf(limit: int = 60) -> list[Lacking]:
    """Products to bring out, the emptiest shelf first; what may not be sold is left where it is."""
    stock = _both_places()
    products = _products([number for number, (_, stored) in stock.items() if stored > NONE])
    papers = papers_for(products, today())
    lots = on_hand_by_lot([product.id for product in products], STOCKROOM)
    sold = _sold_lately([product.id for product in products])
    found = []
    for product in products:
        shelf, _ = stock[product.id]
        usable = Quantity(sum(
            one.quantity.thousandths for one in lots.get(product.id, ()) if papers.trouble(product, one.lot) is None
        ))  # fmt: skip
        wanted = min(enough_for(product, sold.get(product.id, NONE)) - max(shelf, NONE), usable)
        if wanted > NONE:
            found.append(Lacking(product, shelf, usable, wanted))
    return sorted(found, key=lambda one: (one.on_shelf > NONE, -one.wanted.thousandths, one.product.name_folded))[
        :limit
    ]


def enough_for(product: Product, sold: Quantity) -> Quantity:
    """What sells in the days of the setting at the pace of the last two weeks, whole for goods by the piece."""
    days = current_settings().moving.shelf_days
    needed = -(-sold.thousandths * days // LOOK_BACK_DAYS)
    if not product.unit.divisible:
        needed = -(-needed // ONE.thousandths) * ONE.thousandths
    return max(Quantity(needed), ONE)


def _both_places() -> dict[int, tuple[Quantity, Quantity]]:
    """What shelf and stockroom have of each product, in one query."""
    rows = db.session.execute(
        select(Lot.product_id, quantity_at(SHELF).label("shelf"), quantity_at(STOCKROOM).label("stored"))
        .join(StockMove, StockMove.lot_id == Lot.id)
        .group_by(Lot.product_id)
    )
    return {row.product_id: (row.shelf, row.stored) for row in rows}


def _products(ids: Sequence[int]) -> list[Product]:
    return list(db.session.scalars(select(Product).where(Product.id.in_(ids), Product.retired_on.is_(None))))


def _sold_lately(ids: Sequence[int]) -> dict[int, Quantity]:
    """What customers took in the last days, less what they brought back."""
    records: Any = JournalRecord.__table__
    before = now() - timedelta(days=LOOK_BACK_DAYS)
    older = select(records.c.seq).where(records.c.ts < before).order_by(records.c.seq.desc()).limit(1)
    last = db.session.scalar(older)
    signed = func.sum(
        case(
            (StockMove.target == CUSTOMER, type_coerce(StockMove.quantity, Integer)),
            (StockMove.source == CUSTOMER, -type_coerce(StockMove.quantity, Integer)),
            else_=0,
        )
    )
    rows = db.session.execute(
        select(Lot.product_id, signed.label("sold"))
        .join(StockMove, StockMove.lot_id == Lot.id)
        .where(StockMove.record_seq > (-1 if last is None else last), Lot.product_id.in_(ids))
        .group_by(Lot.product_id)
    )
    return {row.product_id: Quantity(max(int(row.sold), 0)) for row in rows}
