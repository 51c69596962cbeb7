"""What is typed or scanned where goods are gathered: words to search by, a label, or the number of a lot."""

from dataclasses import dataclass

from sqlalchemy import select

from core.current_settings import current_settings
from core.database import db
from core.quantity import NONE, ONE, Quantity
from inventory.catalogue import barcode
from inventory.catalogue.product import Product
from inventory.lot import Lot, lot_of_label


@dataclass(frozen=True, slots=True)
class Scanned:
    """Goods that a scan names, the lot where it names one, and how much its label says that there is."""

    product: Product
    lot: Lot | None = None
    said: Quantity | None = None

    @property
    def quantity(self) -> Quantity:
        """What the label says; else the first quantity of such goods."""
        return self.said or first_quantity(self.product)


def is_search(text: str) -> bool:
    """Words, with or without Vietnamese letters, are searched for; whatever holds a digit is read as a scan."""
    return any(c.isalpha() for c in text) and not any(c.isdigit() or not c.isprintable() for c in text)


def read_goods(text: str) -> Scanned:
    """Read a label, a number typed by hand, or the number of a lot; raises what is wrong with it."""
    lot = db.session.scalar(select(Lot).where(Lot.number == text.strip()))
    if lot is not None:
        return Scanned(lot.product, lot)
    read = read_label(text)
    assert read.product is not None
    return Scanned(read.product, lot_of_label(read.product, read.lot) if read.lot else None, read.quantity)


def read_label(text: str) -> barcode.Scan:
    """Read a label that names goods of the shop; raises what is wrong with it."""
    read = barcode.read_scan(text, layouts=current_settings().scan.weight_layouts)
    if read.trouble is not None:
        raise read.trouble
    return read


def first_quantity(product: Product) -> Quantity:
    """One piece; of what is weighed nothing until somebody has weighed it."""
    return NONE if product.unit.divisible else ONE
