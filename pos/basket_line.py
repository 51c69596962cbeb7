"""The lines of an open basket: put in, raise, lower, take out, choose the lot by hand.

Adding is free; whatever makes the basket smaller leaves a record in the journal
in the same transaction (pos/correction.py) and stands in the Z report.
"""

from datetime import date

from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.selling_day import selling_day
from core.money import ZERO, Money
from core.quantity import NONE, ONE, Quantity
from core.staff import Staff
from core.text import clean
from inventory.catalogue.eligibility import check_sellable
from inventory.catalogue.price import price_on
from inventory.catalogue.product import Product
from inventory.lot import Lot
from pos.basket_table import Basket, BasketLine, discounts_in, need_live, need_shift
from pos.correction import CorrectionKind, ReasonMissing, correct_line
from pos.pricing import line_amount


class QuantityNotPositive(RuleBroken):
    """Nothing, or less, cannot be bought; a line is removed by its own key."""

    message = N_("The quantity of %(product)s must be more than 0. To take the line out, remove it.")


class OnlyWhole(RuleBroken):
    """A jar is not sold by halves."""

    message = N_("%(product)s is sold whole. Type a quantity without decimals.")


class NoPrice(RuleBroken):
    """Goods without a price of the day cannot be sold."""

    message = N_("%(product)s has no price today. Ask the manager to set one.")


class TooMany(RuleBroken):
    """More than a customer carries is a slip of the finger, or a number scanned into the quantity."""

    message = N_("At most %(most)s of %(product)s go on one line. Check the quantity.")


class LotOfOtherProduct(RuleBroken):
    """A lot belongs to one product."""

    message = N_("Lot %(lot)s does not hold %(product)s. Choose one of its own lots.")


def add_product(
    basket: Basket, product: Product, quantity: Quantity, *, by: Staff, lot: Lot | None = None
) -> BasketLine:
    """Put goods in; the same product and lot again raises the quantity of its line.

    A lot is given when a label named it. Refuses goods that may not be sold today
    (paper missing, recalled, past its day) or that have no price.
    """
    need_live(basket)
    need_shift(basket)
    check_quantity(product, quantity)
    price = check_may_be_sold(product, lot)
    line = matching_line(basket, product, lot)
    if line is None:
        basket.last_n += 1
        line = BasketLine(
            n=basket.last_n,
            product_id=product.id,
            product=product,
            lot_id=lot.id if lot else None,
            lot=lot,
            by_hand=False,
            reason="",
            quantity=quantity,
            price=price,
            list_price=price,
            price_reason="",
        )
        basket.lines.append(line)
    else:
        check_quantity(product, line.quantity + quantity)
        line.quantity += quantity
        line.price = line.list_price = price
    db.session.flush()
    return line


def matching_line(basket: Basket, product: Product, lot: Lot | None) -> BasketLine | None:
    """The line that the same goods were scanned into before; never one with a lot by hand or a price by right."""
    wanted = lot.id if lot else None
    for line in basket.lines:
        alike = line.product_id == product.id and line.lot_id == wanted
        if alike and not line.by_hand and not line.is_priced_by_right:
            return line
    return None


def check_quantity(product: Product, quantity: Quantity) -> None:
    """Refuse nothing at all, more than a person carries, and a part of what is only sold whole."""
    most = current_settings().selling.max_quantity
    if quantity <= NONE:
        raise QuantityNotPositive(product=product.name)
    if not product.unit.divisible and quantity.thousandths % ONE.thousandths:
        raise OnlyWhole(product=product.name)
    if quantity > ONE * most:
        raise TooMany(product=product.name, most=most)


def check_may_be_sold(product: Product, lot: Lot | None) -> Money:
    """Refuse goods whose papers, day or price are not in order; answers the price."""
    day = selling_day()
    check_sellable(product, lot, day)
    return need_price(product, day)


def need_price(product: Product, day: date) -> Money:
    """The price of the day, or the sentence that says who can set one."""
    price = price_on(product, day)
    if price is None:
        raise NoPrice(product=product.name)
    return price


def change_quantity(line: BasketLine, quantity: Quantity, *, by: Staff) -> None:
    """Set the quantity of a line. Making it smaller is a correction in the journal."""
    need_live(line.basket)
    shift = need_shift(line.basket)
    check_quantity(line.product, quantity)
    before = line.quantity
    if quantity < before:
        less = line.amount - line_amount(line.price, quantity)
        correct_line(line, CorrectionKind.QUANTITY, after=quantity, amount=less, by=by, shift=shift)
    line.quantity = quantity
    db.session.flush()


def remove_line(line: BasketLine, *, by: Staff) -> None:
    """Take a line out of the basket; the journal keeps that it was there."""
    need_live(line.basket)
    shift = need_shift(line.basket)
    correct_line(line, CorrectionKind.REMOVAL, after=NONE, amount=line.amount, by=by, shift=shift)
    for row in discounts_in(line.basket):
        if row.line == line.n:
            db.session.delete(row)
    line.basket.lines.remove(line)
    db.session.flush()


def choose_lot(line: BasketLine, lot: Lot, *, reason: str, by: Staff) -> None:
    """Sell a line from the lot the clerk holds in hand, whatever the book says; with a reason.

    This is the only way to sell below the book; it is flagged on the sale line and
    in the Z report. A recalled or expired lot stays refused.
    """
    need_live(line.basket)
    shift = need_shift(line.basket)
    reason = clean(reason, limit=200)
    if not reason:
        raise ReasonMissing()
    if lot.product_id != line.product_id:
        raise LotOfOtherProduct(lot=lot.number, product=line.product.name)
    check_sellable(line.product, lot, selling_day())
    correct_line(
        line,
        CorrectionKind.LOT_BY_HAND,
        after=line.quantity,
        amount=ZERO,
        by=by,
        shift=shift,
        lot=lot,
        reason=reason,
    )
    line.lot_id, line.lot, line.by_hand, line.reason = lot.id, lot, True, reason
    db.session.flush()
