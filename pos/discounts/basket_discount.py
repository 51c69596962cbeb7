"""Discounts given at the till (giảm giá): on a line or on the whole basket, a percent or an amount, with a reason.

One a line and one for the basket: giving another replaces it. A manager gives any; a clerk alone gives each up to the
percentage that the settings say, and the page asks for a manager's PIN beyond it.
"""

from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money
from core.staff import Role, Staff
from core.text import clean
from pos.basket_table import Basket, BasketDiscount, BasketEmpty, BasketLine, discounts_in, need_live, need_shift
from pos.correction import CorrectionKind, ReasonMissing, correct_basket, correct_line
from pos.discounts.discount import DiscountKind, sum_of_offs
from pos.pricing import WHOLE, percent_of
from pos.quote import Quote, quote

LONGEST_REASON = 60  # a few words


class PercentBeyondWhole(RuleBroken):
    """Nothing, or more than everything."""

    message = N_("A discount is more than 0 and at most 100 percent. Type it again.")


class DiscountNotPositive(RuleBroken):
    """A discount of nothing, or one that makes things dearer."""

    message = N_("A discount must be more than 0 ₫. Type it again.")


class DiscountTooLarge(RuleBroken):
    """Nobody is paid for taking goods."""

    message = N_("%(off)s is more than what is to pay for it, %(whole)s. Type a smaller discount.")


def discount_line(
    line: BasketLine, *, reason: str, by: Staff, percent: int | None = None, amount: Money | None = None
) -> BasketDiscount:
    """Take something off one line: hundredths of a percent, or an amount off all of it."""
    return _give(line.basket, line, percent, amount, reason=reason, by=by)


def discount_basket(
    basket: Basket, *, reason: str, by: Staff, percent: int | None = None, amount: Money | None = None
) -> BasketDiscount:
    """Take something off the whole basket, after what is taken off its lines."""
    return _give(basket, None, percent, amount, reason=reason, by=by)


def remove_discount(basket: Basket, n: int | None) -> None:
    """Take back what was given on a line, or on the whole basket; what was taken back leaves no trace on the paper."""
    need_live(basket)
    for row in discounts_in(basket):
        if row.line == n:
            db.session.delete(row)
    db.session.flush()


def needs_a_manager(discount: BasketDiscount, by: Staff) -> bool:
    """Whether a discount that was just given is beyond what a clerk gives alone."""
    assert discount.ceiling is not None, "every discount has one since it is given"
    return by.role is Role.CLERK and discount.ceiling > _right()


def _give(
    basket: Basket, line: BasketLine | None, percent: int | None, amount: Money | None, *, reason: str, by: Staff
) -> BasketDiscount:
    assert (percent is None) != (amount is None), "a percent or an amount"
    need_live(basket)
    shift = need_shift(basket)
    if not basket.lines:
        raise BasketEmpty()
    n = line.n if line is not None else None
    before = quote(basket)
    whole = _whole_of(before, n)
    _check(percent, amount, whole)
    reason = clean(reason, limit=LONGEST_REASON)
    if not reason:
        raise ReasonMissing()
    remove_discount(basket, n)
    row = _written(basket, n, percent, amount, reason, _ceiling(percent, amount, whole))
    after = quote(basket)
    after.refuse_below_minimum(before)
    fell = max(before.total - after.total, ZERO)
    if line is not None:
        act = CorrectionKind.DISCOUNT
        correct_line(line, act, after=line.quantity, amount=fell, reason=reason, by=by, shift=shift)
    else:
        correct_basket(basket, CorrectionKind.DISCOUNT, amount=fell, reason=reason, by=by, shift=shift)
    return row


def _whole_of(offer: Quote, n: int | None) -> Money:
    """What a discount would be taken off: what the ones before it in the sequence have left."""
    earlier = {DiscountKind.PROMOTION} if n is not None else {DiscountKind.PROMOTION, DiscountKind.LINE}
    return sum(
        (
            quoted.line.amount - sum_of_offs(off for off in quoted.offs if off.kind in earlier)
            for quoted in offer.lines
            if n is None or quoted.line.n == n
        ),
        ZERO,
    )


def _check(percent: int | None, amount: Money | None, whole: Money) -> None:
    if percent is not None and not 0 < percent <= WHOLE:
        raise PercentBeyondWhole()
    if amount is not None and amount <= ZERO:
        raise DiscountNotPositive()
    if amount is not None and amount > whole:
        raise DiscountTooLarge(off=amount, whole=whole)


def _ceiling(percent: int | None, amount: Money | None, whole: Money) -> int:
    """The largest share it may ever take: what a clerk gives alone, or more where more was asked for."""
    right = _right()
    if percent is not None:
        return max(percent, right)
    assert amount is not None, "a percent or an amount"
    if amount <= percent_of(whole, right):
        return right
    return -(-amount.dong * WHOLE // whole.dong)  # rounded up, so that all of the amount fits under it


def _right() -> int:
    """What a clerk gives alone, in hundredths of a percent."""
    return current_settings().selling.clerk_discount_percent * 100


def _written(
    basket: Basket, n: int | None, percent: int | None, amount: Money | None, reason: str, ceiling: int
) -> BasketDiscount:
    basket.last_discount += 1
    row = BasketDiscount(
        basket_id=basket.id,
        k=basket.last_discount,
        line=n,
        percent=percent,
        amount=amount,
        ceiling=ceiling,
        reason=reason,
    )
    db.session.add(row)
    db.session.flush()
    return row
