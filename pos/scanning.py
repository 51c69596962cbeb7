"""A scan into a basket: read the label, find the goods, put them in."""

from dataclasses import dataclass

from core.current_settings import current_settings
from core.errors import RuleBroken
from core.i18n import N_
from core.quantity import ONE
from core.staff import Staff
from inventory.catalogue.barcode import Scan, read_scan
from inventory.catalogue.product import Product
from inventory.lot import Lot, lot_of_label
from pos.basket_line import add_product, check_may_be_sold
from pos.basket_table import Basket, BasketLine, need_live


class UnknownNumber(RuleBroken):
    """The number belongs to no product of this shop."""

    message = N_("Number %(number)s is not known here. Search by name, or ask the manager to add the number.")


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

    Raises ForeignScan, UnknownNumber, or the rule that keeps these goods from being sold today.
    """
    need_live(basket)
    scan = read_scan(text, layouts=current_settings().scan.weight_layouts)
    product = need_product(scan, text)
    lot = lot_of_label(product, scan.lot) if scan.lot else None
    quantity = scan.quantity or (None if product.unit.divisible else ONE)
    if quantity is None:
        check_may_be_sold(product, lot)
        return Scanned(product, lot, None, needs_quantity=True)
    line = add_product(basket, product, quantity, by=by, lot=lot)
    return Scanned(product, lot, line)


def need_product(scan: Scan, text: str) -> Product:
    """The product of a scan, or the sentence that says what to do with the number."""
    if scan.product is None:
        raise UnknownNumber(number=text[:40])
    return scan.product
