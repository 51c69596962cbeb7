"""What a customer brings back, laid beside the basket: against the receipt's line, or without a receipt.

Working rows like the basket's lines. Nothing is in the books before the refund is complete (pos/returns/refund.py),
which looks everything through again.
"""

from core.clock import now
from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.selling_day import selling_day
from core.money import Money
from core.quantity import NONE, ONE, Quantity
from core.text import clean
from inventory.catalogue.price import price_on
from inventory.catalogue.product import Product
from inventory.catalogue.recall import recalls_at
from inventory.consignment.owed_reversal import sold_net_of
from inventory.lot import Lot
from pos.basket_line import LotOfOtherProduct, OnlyWhole, QuantityNotPositive, TooMany
from pos.basket_table import Basket, BasketReturn, need_live
from pos.returns.return_condition import Condition
from pos.returns.returned import lines_left
from pos.sale import Sale
from pos.shifts.shift_table import need_open_shift


class NoReturnsInPractice(RuleBroken):
    """A practice receipt was never paid, so that nothing can go back for it."""

    message = N_("Goods are brought back by customers only. Leave practice first.")


class ReturnReasonMissing(RuleBroken):
    """Why goods come back tells which producer to talk to, and what staff do with each other's returns."""

    message = N_("Say why the goods come back.")


class MoreThanSold(RuleBroken):
    """Nobody brings back more than they bought, however many papers and windows there are."""

    message = N_("Of %(product)s on receipt %(receipt)s only %(left)s can still come back. Check the quantity.")


class NotOnThatReceipt(RuleBroken):
    """The line of another receipt, or none."""

    message = N_("Receipt %(receipt)s has no such line. Open the receipt again.")


class OtherReceiptBeside(RuleBroken):
    """One refund answers one receipt, so that its money goes back the way it came."""

    message = N_("Goods of another receipt lie beside this basket already. Finish that return first, or take it out.")


class NeverOnShelfAgain(RuleBroken):
    """What may not be sold is not put among what is sold."""

    message = N_("Lot %(lot)s of %(product)s is past its day. Choose “Past its day: write off”.")


class RecalledNeverOnShelf(RuleBroken):
    """A recalled lot comes back to be kept apart."""

    message = N_("Lot %(lot)s of %(product)s is recalled. Choose “Recalled: write off” and keep it apart.")


class MoreThanLotSold(RuleBroken):
    """Goods of a producer that he was never credited for are not debited to him."""

    message = N_("Of lot %(lot)s of %(owner)s customers have only %(left)s. Check the lot on the label.")


class LotMissing(RuleBroken):
    """Goods go back into a lot, or nobody knows whose they are and until when they may be sold."""

    message = N_("Which lot of %(product)s came back? Look at the label.")


class PriceAboveToday(RuleBroken):
    """A clerk alone gives nobody more than the goods cost."""

    message = N_("%(product)s costs %(price)s today. Only a manager may give back more.")


class PriceUnknown(RuleBroken):
    """Goods that have no price any more: a manager says what they were worth."""

    message = N_("%(product)s has no price today. Only a manager may say what goes back for it.")


def lay_return(
    basket: Basket, sale: Sale, n: int, quantity: Quantity, *, condition: Condition, reason: str
) -> BasketReturn:
    """Lay so much of a receipt's line beside the basket; refuses more than was sold less what came back."""
    need_same_receipt(basket, sale.number)
    left = next((one for one in lines_left(sale) if one.line.n == n), None)
    if left is None:
        raise NotOnThatReceipt(receipt=sale.number)
    line = left.line
    beside = sum((row.quantity for row in basket.returns if row.sale_n == n), NONE)
    check_returned_quantity(line.product, quantity)
    if quantity > left.left - beside:
        raise MoreThanSold(product=line.name, receipt=sale.number, left=left.left - beside)
    row = BasketReturn(sale_number=sale.number, sale_n=n, quantity=quantity, price=line.price, condition=condition)
    return _lay(basket, row, line.product, line.lot, reason)


def lay_without_receipt(
    basket: Basket,
    product: Product,
    lot: Lot | None,
    quantity: Quantity,
    *,
    price: Money,
    condition: Condition,
    reason: str,
    any_price: bool = False,
) -> BasketReturn:
    """Lay goods without a receipt beside the basket: which lot, how much, and what goes back for one.

    `any_price`: a manager stands by, and may give back more than today's price. A producer's goods only up to what
    was sold of that lot and has not come back.
    """
    need_same_receipt(basket, None)
    check_returned_quantity(product, quantity)
    if not product.service and lot is None:
        raise LotMissing(product=product.name)
    if lot is not None and lot.product_id != product.id:
        raise LotOfOtherProduct(lot=lot.number, product=product.name)
    today = price_on(product, selling_day())
    if not any_price and today is None:
        raise PriceUnknown(product=product.name)
    if not any_price and today is not None and price > today:
        raise PriceAboveToday(product=product.name, price=today)
    if lot is not None:
        beside = sum((row.quantity for row in basket.returns if row.lot_id == lot.id), NONE)
        need_sold_of_lot(lot, quantity + beside)
    row = BasketReturn(sale_number=None, sale_n=None, quantity=quantity, price=price, condition=condition)
    return _lay(basket, row, product, lot, reason)


def _lay(basket: Basket, row: BasketReturn, product: Product, lot: Lot | None, reason: str) -> BasketReturn:
    need_live(basket)
    if basket.practice:
        raise NoReturnsInPractice()
    need_open_shift(basket.register)
    row.reason = clean(reason, limit=200)
    if not row.reason:
        raise ReturnReasonMissing()
    if lot is None:
        row.condition = Condition.SERVICE
    assert (lot is None) is (row.condition is Condition.SERVICE), "the page offers goods their own conditions only"
    need_place(row.condition, product, lot)
    row.n = max((other.n for other in basket.returns), default=0) + 1
    row.product_id, row.product, row.lot_id, row.lot = product.id, product, lot.id if lot else None, lot
    basket.returns.append(row)
    db.session.flush()
    return row


def take_return_out(basket: Basket, n: int) -> None:
    """The customer keeps it after all."""
    need_live(basket)
    for row in [row for row in basket.returns if row.n == n]:
        basket.returns.remove(row)
    db.session.flush()


def need_same_receipt(basket: Basket, sale_number: int | None) -> None:
    """Refuse goods of a second receipt beside those of a first."""
    if any(row.sale_number != sale_number for row in basket.returns):
        raise OtherReceiptBeside()


def check_returned_quantity(product: Product, quantity: Quantity) -> None:
    """Refuse nothing at all, a part of what is sold whole, and a number scanned into the quantity."""
    most = current_settings().selling.max_quantity
    if quantity <= NONE:
        raise QuantityNotPositive(product=product.name)
    if not product.unit.takes(quantity):
        raise OnlyWhole(product=product.name)
    if quantity > ONE * most:
        raise TooMany(product=product.name, most=most)


def need_place(condition: Condition, product: Product, lot: Lot | None) -> None:
    """Refuse the shelf to goods past their day and to recalled ones, however good they look."""
    if lot is None or condition is not Condition.GOOD:
        return
    if any(recall.covers(lot) for recall in recalls_at(now(), [product.id])):
        raise RecalledNeverOnShelf(lot=lot.number, product=product.name)
    if lot.expires_before(selling_day()):
        raise NeverOnShelfAgain(lot=lot.number, product=product.name)


def need_sold_of_lot(lot: Lot | None, quantity: Quantity) -> None:
    """Refuse more of a producer's lot than customers have of it. The point's own goods may be older than the book."""
    if lot is None or lot.owner is None:
        return
    net = sold_net_of(lot)
    if quantity > net.quantity:
        raise MoreThanLotSold(lot=lot.number, owner=lot.owner.name, left=net.quantity)
