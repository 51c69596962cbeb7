"""A price set by right (đặt giá tay): another one than the shop's, for this line and this customer, with a reason.

Below or above the price list. The sale freezes both prices; promotions leave such a line alone.
"""

from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money
from core.staff import Staff
from core.text import clean
from pos.basket_table import BasketLine, need_live, need_shift
from pos.correction import ReasonMissing, correct_price
from pos.pricing import line_amount
from pos.quote import quote


class NothingForNothing(RuleBroken):
    """A price of nothing is a gift, and a gift is a discount."""

    message = N_("A price must be more than 0 ₫. To give %(product)s away, take 100 percent off.")


def set_price_by_right(line: BasketLine, price: Money, *, reason: str, by: Staff) -> None:
    """Sell a line at another price of one unit than the shop's; the shop's own price needs no reason."""
    need_live(line.basket)
    shift = need_shift(line.basket)
    reason = clean(reason, limit=200)
    if price <= ZERO:
        raise NothingForNothing(product=line.product.name)
    if price == line.list_price:
        reason = ""
    elif not reason:
        raise ReasonMissing()
    before = quote(line.basket)
    if price != line.price:
        fell = max(line.amount - line_amount(price, line.quantity), ZERO)
        correct_price(line, price, amount=fell, reason=reason, by=by, shift=shift)
    line.price, line.price_reason = price, reason
    quote(line.basket).refuse_below_minimum(before)
