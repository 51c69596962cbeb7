"""A scan into a basket: read the label, find the goods, put them in."""

from dataclasses import dataclass

from core.current_settings import current_settings
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.selling_day import selling_day
from core.quantity import ONE
from core.staff import Staff
from inventory.catalogue.barcode import Scan, read_scan
from inventory.catalogue.product import Product
from inventory.lot import Lot, lot_of_label
from pos.basket_line import add_product, check_may_be_sold
from pos.basket_table import Basket, BasketLine, need_live


class LabelPastItsDay(RuleBroken):
    """The pack itself says that it is over."""

    message = N_("The label of %(product)s says %(day)s as its last day. Take it off the shelf; it cannot be sold.")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan did: a line put in or raised, or a question about the quantity.

    `needs_quantity` is True for goods by weight whose label names no weight: ask,
    then call `add_product(basket, product, quantity, by=..., lot=lot)`.
    """

    product: Product
    lot: Lot | None
    line: BasketLine | None
    needs_quantity: bool = False


def scan_into(basket: Basket, text: str, *, by: Staff) -> Scanned:
    """Put in what a label names: the product, its lot and weight when the label carries them.

    Raises ForeignScan, UnknownNumber, LabelPastItsDay, or the rule that keeps these goods from being sold today.
    """
    need_live(basket)
    scan = read_scan(text, layouts=current_settings().scan.weight_layouts)
    product = need_product(scan)
    lot = lot_of_label(product, scan.lot) if scan.lot else None
    quantity = scan.quantity or (None if product.unit.divisible else ONE)
    if quantity is None:
        check_may_be_sold(product, lot)
        return Scanned(product, lot, None, needs_quantity=True)
    line = add_product(basket, product, quantity, by=by, lot=lot)
    return Scanned(product, lot, line)


def need_product(scan: Scan) -> Product:
    """The product of a scan that may be used; else the sentence that says what is wrong with the label."""
    if scan.trouble is not None:
        raise scan.trouble
    assert scan.product is not None, "a scan without trouble names a product"
    if scan.last_day is not None and scan.last_day < selling_day():
        raise LabelPastItsDay(product=scan.product.name, day=scan.last_day)
    return scan.product
