"""The list of the day (đếm cuốn chiếu): a few products to count, so that the whole shop is counted again and again.

First what the book has below zero, for that is certainly wrong. Then by what is at stake: the value on the shelf and
what its counts were wrong by, four times over, times the days since the last count. So dear goods and goods that were
wrong come round soonest, and in the end everything does.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from core.clock import today
from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money
from core.quantity import NONE, Quantity
from core.staff import Staff
from inventory.catalogue.price import prices_for
from inventory.catalogue.product import Product
from inventory.counting.scope import goods_of
from inventory.counting.stock_count_table import StockCount, StockCountLine
from inventory.counting.stocktake import open_stocktake, open_stocktakes
from inventory.counting.stocktake_table import ScopeKind, Stocktake
from inventory.location import SHELF
from inventory.lot import Lot
from inventory.stock_level import on_hand_by_lot

NEVER = 365
_WRONG_WEIGHS = 4


class NothingForToday(RuleBroken):
    """Everything is counted, or nothing is here."""

    message = N_("There is nothing to count today. Look again tomorrow.")


@dataclass(frozen=True, slots=True)
class Pick:
    """A product for the list of the day. `stake` is in đồng and days; it is shown to nobody who counts."""

    product: Product
    last_counted: date | None
    below_zero: bool
    stake: int


@dataclass(frozen=True, slots=True)
class _Past:
    """What earlier counts tell of a product: the last day, and how much they were wrong by."""

    last: date
    wrong: Quantity


def picks_of_the_day(limit: int | None = None) -> list[Pick]:
    """What to count today, most urgent first: at most the setting's number; goods counted today are left out."""
    most = current_settings().stocktake.rolling_products if limit is None else limit
    goods = db.session.scalars(select(Product).where(Product.service.is_(False))).all()
    being_counted = _being_counted()
    past, prices = _past_counts(), prices_for([product.id for product in goods], today())
    here = on_hand_by_lot([product.id for product in goods])
    picks = []
    for product in goods:
        lots = here.get(product.id)
        known = past.get(product.id)
        if not lots or product.id in being_counted or (known is not None and known.last >= today()):
            continue
        worth = sum((_worth(one.lot, prices).times(max(one.quantity, NONE)) for one in lots), ZERO)
        wrong = _worth(lots[0].lot, prices).times(known.wrong) if known is not None else ZERO
        days = (today() - known.last).days if known is not None else NEVER
        stake = (worth.dong + _WRONG_WEIGHS * wrong.dong) * min(days, NEVER)
        below = any(one.quantity < NONE for one in lots)
        picks.append(Pick(product, known.last if known is not None else None, below, stake))
    return sorted(picks, key=lambda pick: (not pick.below_zero, -pick.stake, pick.product.id))[:most]


def _worth(lot: Lot, prices: dict[int, Money]) -> Money:
    return prices.get(lot.product_id) or lot.cost or lot.delivery_price or ZERO


def _past_counts() -> dict[int, _Past]:
    rows = db.session.execute(
        select(
            Lot.product_id,
            StockCount.day,
            func.sum(StockCountLine.book).label("book"),
            func.sum(StockCountLine.counted).label("counted"),
        )
        .join(Lot, Lot.id == StockCountLine.lot_id)
        .join(StockCount, StockCount.record_seq == StockCountLine.record_seq)
        .where(StockCount.place == SHELF)
        .group_by(Lot.product_id, StockCount.number, StockCount.day)
    )
    last: dict[int, date] = {}
    wrong: dict[int, int] = defaultdict(int)
    for product_id, day, book, counted in rows:
        last[product_id] = max(last.get(product_id, day), day)
        wrong[product_id] += abs((counted - book).thousandths)
    return {product_id: _Past(day, Quantity(wrong[product_id])) for product_id, day in last.items()}


def _being_counted() -> set[int]:
    return {
        product_id
        for stocktake in open_stocktakes()
        if stocktake.place == SHELF
        for product_id in db.session.scalars(select(Product.id).where(goods_of(stocktake)))
    }


def list_being_counted() -> Stocktake | None:
    """The list of the day that somebody is counting, or None."""
    return next((stocktake for stocktake in open_stocktakes() if stocktake.rolling), None)


def begin_list_of_the_day(*, by: Staff) -> Stocktake:
    """Open the stocktake of today's list; one that is being counted is gone on with."""
    running = list_being_counted()
    if running is not None:
        return running
    picks: Sequence[Pick] = picks_of_the_day()
    if not picks:
        raise NothingForToday()
    products = [pick.product for pick in picks]
    return open_stocktake(place=SHELF, scope=ScopeKind.LIST, products=products, rolling=True, by=by)
