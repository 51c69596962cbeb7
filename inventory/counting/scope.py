"""Which goods a stocktake counts: all of a place, a group, a producer's, or a list. Two never share a product."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from config.reference.groups import all_groups
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.counting.stocktake_table import ScopeKind, Stocktake, StocktakeGoods
from inventory.lot import Lot


class UnknownScope(RuleBroken):
    """A group or a producer that there is not."""

    message = N_("“%(code)s” is no product group and no producer here. Choose one from the list.")


class NothingToCount(RuleBroken):
    """No product of the shop falls under it."""

    message = N_("No product of the shop falls under this. Choose other goods to count.")


class CountedElsewhere(RuleBroken):
    """Goods that another open stocktake counts at the same place."""

    message = N_("%(product)s is already being counted in the stocktake of %(opened)s. "
                 "Post or drop that one first, or choose other goods.")  # fmt: skip


class NotInScope(RuleBroken):
    """Goods that this stocktake does not count."""

    message = N_("%(product)s is not among the goods of this stocktake. Leave it where it is.")


def goods_of(stocktake: Stocktake) -> ColumnElement[bool]:
    """Which products a stocktake counts, as a condition on them. Services have no stock."""
    goods = Product.service.is_(False)
    code = stocktake.scope_code
    match stocktake.scope:
        case ScopeKind.ALL:
            wanted: ColumnElement[bool] = true()
        case ScopeKind.GROUP:
            wanted = or_(Product.group_code == code, Product.group_code.startswith(f"{code}.", autoescape=True))
        case ScopeKind.PRODUCER:
            producer = select(Producer.id).where(Producer.code == code).scalar_subquery()
            owned = exists().where(Lot.product_id == Product.id, Lot.owner_id == producer)
            wanted = or_(Product.producer_id == producer, owned)
        case ScopeKind.LIST:
            listed = select(StocktakeGoods.product_id).where(
                StocktakeGoods.stocktake_id == stocktake.id, StocktakeGoods.listed.is_(True)
            )
            wanted = Product.id.in_(listed)
    return and_(goods, wanted)


def products_in(stocktake: Stocktake) -> Sequence[int]:
    """The products that a stocktake counts, by id."""
    return db.session.scalars(select(Product.id).where(goods_of(stocktake))).all()


def covers(stocktake: Stocktake, product: Product) -> bool:
    """Whether a stocktake counts a product."""
    return db.session.scalar(select(Product.id).where(Product.id == product.id, goods_of(stocktake))) is not None


def check_scope(stocktake: Stocktake) -> None:
    """Refuse a scope that nobody knows or that is empty."""
    code = stocktake.scope_code
    if stocktake.scope is ScopeKind.GROUP and not any(group.code == code and group.goods for group in all_groups()):
        raise UnknownScope(code=code[:40])
    if (
        stocktake.scope is ScopeKind.PRODUCER
        and db.session.scalar(select(Producer.id).where(Producer.code == code)) is None
    ):
        raise UnknownScope(code=code[:40])
    if db.session.scalar(select(Product.id).where(goods_of(stocktake)).limit(1)) is None:
        raise NothingToCount()


def refuse_shared_goods(stocktake: Stocktake) -> None:
    """Two stocktakes that shared a product would correct it twice."""
    others = select(Stocktake).where(Stocktake.place == stocktake.place, Stocktake.id != stocktake.id)
    for other in db.session.scalars(others):
        shared = select(Product).where(goods_of(stocktake), goods_of(other)).order_by(Product.id).limit(1)
        product = db.session.scalar(shared)
        if product is not None:
            raise CountedElsewhere(product=product.full_name, opened=other.opened_at)
