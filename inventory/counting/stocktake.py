"""Open a stocktake, ask to count something again, say what is not there at all, or drop it."""

from collections.abc import Sequence

from sqlalchemy import select

from core.clock import now
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Staff
from core.text import clean
from inventory.catalogue.product import Product
from inventory.counting.scope import check_scope, refuse_shared_goods
from inventory.counting.stocktake_table import ScopeKind, Stocktake, StocktakeGoods
from inventory.location import SHELF, STOCKROOM

PLACES = (SHELF, STOCKROOM)


class StocktakeOver(RuleBroken):
    """It was posted or dropped meanwhile, perhaps on another device."""

    message = N_("This stocktake is over: it was posted or dropped meanwhile. Look at the list of stocktakes.")


def open_stocktake(
    *,
    place: str,
    scope: ScopeKind,
    by: Staff,
    code: str = "",
    products: Sequence[Product] = (),
    note: str = "",
    rolling: bool = False,
) -> Stocktake:
    """Begin to count goods of a place; `code` names a group or a producer, `products` a list of goods.

    Refuses goods that another open stocktake counts there. Selling goes on.
    """
    assert place in PLACES, place
    stocktake = Stocktake(
        place=place, scope=scope, scope_code=clean(code, limit=40), rolling=rolling, note=clean(note, limit=300),
        staff_id=by.id, opened_at=now(),
    )  # fmt: skip
    stocktake.goods = [
        StocktakeGoods(product_id=product_id, listed=True, round=0, reason="")
        for product_id in dict.fromkeys(product.id for product in products)
    ]
    db.session.add(stocktake)
    db.session.flush()
    check_scope(stocktake)
    refuse_shared_goods(stocktake)
    return stocktake


def open_stocktakes() -> list[Stocktake]:
    """Those that go on, the newest first."""
    return list(db.session.scalars(select(Stocktake).order_by(Stocktake.id.desc())))


def stocktake_of(stocktake_id: int) -> Stocktake:
    """The stocktake of an id, or the sentence that it is over."""
    stocktake = db.session.get(Stocktake, stocktake_id)
    if stocktake is None:
        raise StocktakeOver()
    return stocktake


def note_of(stocktake: Stocktake, product: Product) -> StocktakeGoods:
    """The row that holds what is noted of a product, made when first needed."""
    noted = stocktake.of_product(product.id)
    if noted is None:
        noted = StocktakeGoods(product_id=product.id, listed=False, round=0, reason="")
        stocktake.goods.append(noted)
        db.session.flush()
    return noted


def ask_to_count_again(stocktake: Stocktake, product: Product) -> None:
    """What was counted of a product so far is set aside in every zone; whoever counts it next, counts it all."""
    note_of(stocktake, product).round += 1
    db.session.flush()


def give_reason(stocktake: Stocktake, product: Product, reason: str) -> None:
    """Why there are more or fewer than the book says, as far as somebody knows."""
    note_of(stocktake, product).reason = clean(reason, limit=300)
    db.session.flush()


def drop_stocktake(stocktake: Stocktake) -> None:
    """Give it up; the book stays as it is, and nothing of what was counted is kept."""
    db.session.delete(stocktake)
    db.session.flush()
