"""What a scan means where lots are gathered: a lot by label or number, or a product whose lots are looked through."""

from dataclasses import dataclass

from sqlalchemy import select

from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.quantity import NONE, ONE, Quantity
from inventory.catalogue import barcode
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.lot import Lot, lot_of_label
from inventory.receiving.goods_return_draft import ReturnDraft, add_lot, add_product


class NeverCame(RuleBroken):
    """Nothing of it can go back to anybody."""

    message = N_("%(product)s never came on a goods receipt, so nothing of it can go back.")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was scanned: a product, perhaps one lot of it, and so much of it."""

    product: Product
    lot: Lot | None
    quantity: Quantity

    @property
    def supplier(self) -> Producer:
        """Who brought it: the lot's supplier, or whoever brought the product last."""
        lot = self.lot or db.session.scalar(
            select(Lot).where(Lot.product_id == self.product.id).order_by(Lot.id.desc()).limit(1)
        )
        if lot is None:
            raise NeverCame(product=self.product.full_name)
        return lot.supplier


def lots_of_scan(text: str) -> Scanned:
    """Read a label, a number typed by hand, or the number of a lot."""
    lot = db.session.scalar(select(Lot).where(Lot.number == text.strip()))
    if lot is not None:
        return Scanned(lot.product, lot, first_quantity(lot.product))
    read = barcode.read_scan(text, layouts=current_settings().scan.weight_layouts)
    if read.trouble is not None:
        raise read.trouble
    assert read.product is not None
    named = lot_of_label(read.product, read.lot) if read.lot else None
    return Scanned(read.product, named, read.quantity or first_quantity(read.product))


def first_quantity(product: Product) -> Quantity:
    """One piece; of what is weighed nothing until somebody has weighed it."""
    return NONE if product.unit.divisible else ONE


def lay_aside(draft: ReturnDraft, found: Scanned) -> None:
    """Lay what was scanned to what goes back: its lot, or the lot of the product that ends first."""
    if found.lot is not None:
        add_lot(draft, found.lot, found.quantity)
    else:
        add_product(draft, found.product, found.quantity)
