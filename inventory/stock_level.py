"""Stock on hand (tồn kho): sums of moves, and which lot a sale takes from.

A lot named on the label comes first, then the first to expire, then the oldest. One line takes one owner's goods only:
another owner's jar never fills a gap silently. Expired and recalled lots are never chosen.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Integer, Select, bindparam, case, func, select, type_coerce
from sqlalchemy.sql.elements import ColumnElement

from core.columns import QuantityType
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.quantity import NONE, Quantity
from inventory.catalogue.eligibility import Papers, papers_for
from inventory.catalogue.product import Product
from inventory.location import SHELF
from inventory.lot import Lot
from inventory.stock_move import StockMove


class NotEnough(RuleBroken):
    """The book has fewer than that on the shelf."""

    message = N_("Only %(left)s of %(product)s are in the book. Take fewer, or choose the lot in your hand by its key.")


class LabelLotEmpty(NotEnough):
    """The label names a lot that the book calls empty; no other lot is put in its place unseen."""

    message = N_("The label says lot %(lot)s, and the book has none left. Choose the lot in your hand by its key.")


class OtherOwnersOnly(NotEnough):
    """The rest on the shelf is another owner's."""

    message = N_("Of %(product)s only %(left)s are left of %(owner)s; the rest belongs to someone else. "
                 "Sell %(left)s, then choose the other lot by its key.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class LotOnHand:
    """A lot and how much of it is at a location; below zero when more was sold than the book knows."""

    lot: Lot
    quantity: Quantity


def quantity_at(location: str) -> ColumnElement[Quantity]:
    """What the moves of a group leave at a location."""
    arrived = func.sum(case((StockMove.target == location, type_coerce(StockMove.quantity, Integer)), else_=0))
    left = func.sum(case((StockMove.source == location, type_coerce(StockMove.quantity, Integer)), else_=0))
    return type_coerce(arrived - left, QuantityType)


def on_hand(lot: Lot, location: str = SHELF) -> Quantity:
    """How much of a lot is at a location."""
    return db.session.scalar(select(quantity_at(location)).where(StockMove.lot_id == lot.id)) or NONE


def on_hand_by_product(product_ids: Collection[int], location: str = SHELF) -> dict[int, Quantity]:
    """How much of many products is at a location, in one query; products without any lot are left out."""
    rows = db.session.execute(
        select(Lot.product_id, quantity_at(location).label("quantity"))
        .join(StockMove, StockMove.lot_id == Lot.id)
        .where(Lot.product_id.in_(product_ids))
        .group_by(Lot.product_id)
    )
    return {row.product_id: row.quantity for row in rows}


def on_hand_by_lot(product_ids: Collection[int], location: str = SHELF) -> dict[int, list[LotOnHand]]:
    """The lots of many products with something at a location, in one query, in the order they are to be sold."""
    found: dict[int, list[LotOnHand]] = {}
    for lot, quantity in db.session.execute(_lots_at(location), {"products": list(product_ids)}):
        found.setdefault(lot.product_id, []).append(LotOnHand(lot, quantity))
    return found


@cache  # building the statement takes longer than running it, and each sale asks for this
def _lots_at(location: str) -> Select[Lot, Quantity]:
    """The lots of some products with what the moves leave at a location, those with nothing left out."""
    wanted = select(Lot.id).where(Lot.product_id.in_(bindparam("products", expanding=True)))
    sums = (
        select(StockMove.lot_id, quantity_at(location).label("quantity"))
        .where(StockMove.lot_id.in_(wanted))
        .group_by(StockMove.lot_id)
        .subquery()
    )
    return (
        select(Lot, sums.c.quantity)
        .join(sums, sums.c.lot_id == Lot.id)
        .where(type_coerce(sums.c.quantity, Integer) != 0)
        .order_by(func.coalesce(Lot.sell_by, date.max), Lot.received_on, Lot.id)
    )


Picked = list[tuple[Lot, Quantity]]


def pick_lots(product: Product, quantity: Quantity, day: date, *, wanted_lot: Lot | None = None) -> Picked:
    """Which lots a sale of so much takes from, in the order they are taken.

    `wanted_lot` is the one that the label named: it goes first, and is refused when it is recalled, past its day or
    empty in the book. Raises NotEnough when the book has fewer, OtherOwnersOnly when only another owner's are left.
    """
    shelf = on_hand_by_lot([product.id]).get(product.id, [])
    return pick_from(shelf, product, quantity, papers_for([product], day), wanted_lot=wanted_lot)


def pick_from(
    shelf: Sequence[LotOnHand], product: Product, quantity: Quantity, papers: Papers, *, wanted_lot: Lot | None = None
) -> Picked:
    """As `pick_lots`, from a shelf and papers that were read before; it asks the database nothing."""
    usable = [one for one in shelf if one.quantity > NONE and papers.trouble(product, one.lot) is None]
    if wanted_lot is not None:
        usable.sort(key=lambda one: one.lot.id != wanted_lot.id)
        if not usable or usable[0].lot.id != wanted_lot.id:
            raise papers.trouble(product, wanted_lot) or LabelLotEmpty(lot=wanted_lot.number)
    if not usable:
        raise _why_not(shelf, product, papers)
    owner = wanted_lot if wanted_lot is not None else usable[0].lot
    mine = [one for one in usable if one.lot.owner_id == owner.owner_id]
    picked, missing = _take(mine, quantity)
    if missing > NONE:
        left = quantity - missing
        if len(mine) < len(usable):
            raise OtherOwnersOnly(product=product.name, left=left, owner=_owner_name(owner))
        raise NotEnough(product=product.name, left=left)
    return picked


def _why_not(shelf: Sequence[LotOnHand], product: Product, papers: Papers) -> RuleBroken:
    """Why nothing on the shelf may be sold: it is past its day or recalled; else the book is empty."""
    troubles = (papers.trouble(product, one.lot) for one in shelf if one.quantity > NONE)
    return next((trouble for trouble in troubles if trouble is not None), NotEnough(product=product.name, left=NONE))


def _take(shelf: Sequence[LotOnHand], quantity: Quantity) -> tuple[Picked, Quantity]:
    """So much from the lots in their order, and what they lack."""
    picked: Picked = []
    missing = quantity
    for one in shelf:
        taken = min(one.quantity, missing)
        if taken > NONE:
            picked.append((one.lot, taken))
            missing -= taken
    return picked, missing


def _owner_name(lot: Lot) -> object:
    return lot.owner.name if lot.owner is not None else OwnGoods()


class OwnGoods:
    """The point itself as an owner, said in the language of the screen."""

    def __str__(self) -> str:
        return gettext(N_("the shop itself"))
