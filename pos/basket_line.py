"""The lines of an open basket: put in, raise, lower, take out, choose the lot by hand.

Adding is free; whatever makes the basket smaller leaves a record in the journal
in the same transaction (pos/correction.py) and stands in the Z report.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.selling_day import selling_day
from core.money import ZERO, Money
from core.quantity import NONE, ONE, Quantity
from core.staff import Staff
from core.text import clean
from inventory.catalogue.eligibility import check_sellable, papers_for
from inventory.catalogue.price import prices_for
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


@dataclass(frozen=True, slots=True)
class Goods:
    """What is to be put in: so much of a product, from the lot that its label named, if any."""

    product: Product
    quantity: Quantity
    lot: Lot | None = None


def add_product(
    basket: Basket, product: Product, quantity: Quantity, *, by: Staff, lot: Lot | None = None
) -> BasketLine:
    """Put goods in; the same product and lot again raises the quantity of its line.

    A lot is given when a label named it. Refuses goods that may not be sold today
    (paper missing, recalled, past its day) or that have no price.
    """
    (line,) = add_goods(basket, [Goods(product, quantity, lot)], by=by)
    return line


def add_goods(basket: Basket, goods: Sequence[Goods], *, by: Staff) -> list[BasketLine]:
    """Put several goods in, each as `add_product` does, with as many queries for thirty as for one."""
    need_live(basket)
    need_shift(basket)
    for one in goods:
        check_quantity(one.product, one.quantity)
    prices = check_may_all_be_sold(goods)
    raised = {(line.product_id, line.lot_id): line for line in reversed(basket.lines) if may_be_raised(line)}
    lines = [put_in(basket, one, prices[one.product.id], raised) for one in goods]
    db.session.flush()
    return lines


def may_be_raised(line: BasketLine) -> bool:
    """Whether the same goods are counted into this line; never into one with a lot by hand or a price by right."""
    return not line.by_hand and not line.is_priced_by_right


def put_in(basket: Basket, goods: Goods, price: Money, raised: dict[tuple[int, int | None], BasketLine]) -> BasketLine:
    """Raise the line that the same goods were put into before, else begin one."""
    product, lot = goods.product, goods.lot
    key = product.id, lot.id if lot else None
    if (line := raised.get(key)) is not None:
        check_quantity(product, line.quantity + goods.quantity)
        line.quantity += goods.quantity
        line.price = line.list_price = price
        return line
    basket.last_n += 1
    line = BasketLine(
        n=basket.last_n,
        product_id=product.id,
        product=product,
        lot_id=lot.id if lot else None,
        lot=lot,
        by_hand=False,
        reason="",
        quantity=goods.quantity,
        price=price,
        list_price=price,
        price_reason="",
    )
    basket.lines.append(line)
    raised[key] = line
    return line


def check_quantity(product: Product, quantity: Quantity) -> None:
    """Refuse nothing at all, more than a person carries, and a part of what is only sold whole."""
    most = current_settings().selling.max_quantity
    if quantity <= NONE:
        raise QuantityNotPositive(product=product.name)
    if not product.unit.takes(quantity):
        raise OnlyWhole(product=product.name)
    if quantity > ONE * most:
        raise TooMany(product=product.name, most=most)


def check_may_be_sold(product: Product, lot: Lot | None) -> Money:
    """Refuse goods whose papers, day or price are not in order; answers the price."""
    return check_may_all_be_sold([Goods(product, ONE, lot)])[product.id]


def check_may_all_be_sold(goods: Sequence[Goods]) -> dict[int, Money]:
    """Refuse the first goods whose papers, day or price are not in order; answers the price of each product."""
    day = selling_day()
    products = {one.product.id: one.product for one in goods}
    papers, prices = papers_for(list(products.values()), day), prices_for(products, day)
    for one in goods:
        if (trouble := papers.trouble(one.product, one.lot)) is not None:
            raise trouble
        if one.product.id not in prices:
            raise NoPrice(product=one.product.name)
    return prices


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
