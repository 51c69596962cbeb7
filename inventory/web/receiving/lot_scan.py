"""Goods that go back, gathered by scan: whose they are, and which lot of them is laid to the slip."""

from sqlalchemy import select

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from inventory.catalogue.producer import Producer
from inventory.lot import Lot
from inventory.receiving.goods_return_draft import ReturnDraft, add_lot, add_product
from inventory.web.goods_scan import Scanned


class NeverCame(RuleBroken):
    """Nothing of it can go back to anybody."""

    message = N_("%(product)s never came on a goods receipt, so nothing of it can go back.")


def supplier_of(found: Scanned) -> Producer:
    """Who brought it: the lot's supplier, or whoever brought the product last."""
    latest = select(Lot).where(Lot.product_id == found.product.id).order_by(Lot.id.desc()).limit(1)
    lot = found.lot or db.session.scalar(latest)
    if lot is None:
        raise NeverCame(product=found.product.full_name)
    return lot.supplier


def lay_aside(draft: ReturnDraft, found: Scanned) -> None:
    """Lay what was scanned to what goes back: its lot, or the lot of the product that ends first."""
    if found.lot is not None:
        add_lot(draft, found.lot, found.quantity)
    else:
        add_product(draft, found.product, found.quantity)
