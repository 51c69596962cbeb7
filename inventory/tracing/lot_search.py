"""Finding lots: by what a label says, by our number or the producer's own, by the product's name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from config.settings import WeightLayout
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.text import clean
from inventory.catalogue.barcode import read_scan
from inventory.catalogue.product import Product
from inventory.catalogue.product_search import find_products
from inventory.lot import Lot, lot_of_label
from inventory.tracing.hold_table import HOLD_IN_FORCE

MOST = 100


class NothingNamed(RuleBroken):
    """Neither a lot nor goods of the shop."""

    message = N_("Neither a lot nor goods of the shop are called “%(text)s”. Look at the label again, or type a name.")


@dataclass(frozen=True, slots=True)
class Named:
    """What a scan or a typed number means: goods, and the lot of them where it names one."""

    product: Product
    lot: Lot | None = None


def goods_named(text: str, *, layouts: Sequence[WeightLayout]) -> Named:
    """The lot, or the goods, that a scan means: our lot number, a GS1 label, a barcode, the producer's own lot.

    Raises NothingNamed, or what is wrong with the label.
    """
    typed = clean(text, limit=100)
    lot = lot_numbered(typed)
    if lot is not None:
        return Named(lot.product, lot)
    product = db.session.scalar(select(Product).where(Product.sku == typed)) if typed else None
    if product is not None:
        return Named(product)
    return _labelled(text, typed, layouts)


def lot_numbered(typed: str) -> Lot | None:
    """The lot of our number, or the only one that a producer numbered so; None when there is none, or several."""
    lot = db.session.scalar(select(Lot).where(Lot.number == typed))
    if lot is not None or not typed:
        return lot
    numbered = select(Lot).where(func.lower(Lot.producer_lot) == typed.lower()).limit(2)
    found = list(db.session.scalars(numbered))
    return found[0] if len(found) == 1 else None


def _labelled(text: str, typed: str, layouts: Sequence[WeightLayout]) -> Named:
    if not typed.isascii():
        raise NothingNamed(text=typed[:40])
    scan = read_scan(text, layouts=layouts)
    if scan.product is None:
        raise scan.trouble or NothingNamed(text=typed[:40])
    return Named(scan.product, lot_of_label(scan.product, scan.lot) if scan.lot else None)


def find_lots(
    text: str = "", *, product: Product | None = None, held: bool = False, limit: int | None = MOST
) -> list[Lot]:
    """The lots that fit, the newest first: of some goods, laid aside, or called so by a number or the goods' name."""
    wanted = select(Lot).options(joinedload(Lot.product)).order_by(Lot.id.desc()).limit(limit)
    if held:
        wanted = wanted.join(HOLD_IN_FORCE, HOLD_IN_FORCE.lot_id == Lot.id)
    if product is not None:
        wanted = wanted.where(Lot.product_id == product.id)
    if text:
        called = func.lower(Lot.producer_lot).contains(text.lower(), autoescape=True)
        ids = [one.id for one in find_products(text, limit=MOST, retired=None)]
        wanted = wanted.where(called | Lot.number.contains(text, autoescape=True) | Lot.product_id.in_(ids))
    return list(db.session.scalars(wanted))
