"""Money taken for a basket before it covers the total: half in cash now, the transfer in a minute.

Working rows like the basket's lines: they survive a power cut, so that nobody asks
the customer twice. The tender that covers the rest completes the sale, and only
then does money stand in the books.
"""

from sqlalchemy import CheckConstraint, ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money
from core.staff import Staff
from pos.basket_table import Basket, need_live
from pos.practising.practice import PracticeReceipt, complete_practice
from pos.quote import TotalChanged
from pos.returns.return_quote import to_pay
from pos.sale import Sale
from pos.settling import settle_basket
from pos.shifts.shift_table import need_open_shift_number
from pos.tender import Paid, PaidTooLittle, TenderKind, check_tender, left_to_pay
from pos.transfers.amount import need_right_amount
from pos.transfers.arrival import keep_to_sort_out
from pos.transfers.arrival_table import Source, is_matched
from pos.transfers.request import RequestOver, confirm_request
from pos.transfers.request_table import TransferRequest, open_request_of


class MoneyStillTaken(RuleBroken):
    """A basket is not given up over the customer's money."""

    message = N_("%(amount)s has been taken for this order. Give it back and take the payment out first.")


class TransferHasCome(RuleBroken):
    """Nobody pays twice: what the bank has told of is taken first."""

    message = N_("The bank says that %(amount)s has come for this order. Take it as a transfer first.")


class NothingLeftToTake(RuleBroken):
    """The basket is covered; what came on top is the manager's to sort out."""

    message = N_("%(amount)s has come, but this order is covered already. Take the last payment out, or let a manager "
                 "give the transfer up.")  # fmt: skip


class TakenTender(Base):
    """One tender the clerk has in hand or has seen arrive, for a basket that is not covered yet."""

    __tablename__ = "taken_tenders"
    __table_args__ = (CheckConstraint("amount > 0", "amount_positive"),)

    basket_id: Mapped[int] = mapped_column(ForeignKey("baskets.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[TenderKind]
    amount: Mapped[Money]
    reference: Mapped[str]


def taken_for(basket: Basket) -> list[Paid]:
    """What has been taken for a basket so far, in the order it came."""
    return [Paid(row.kind, row.amount, row.reference) for row in _rows(basket)]


def take_payment(basket: Basket, tender: Paid, *, seen: Money, key: str, by: Staff) -> Sale | PracticeReceipt | None:
    """Take one tender. The one that covers the total completes the sale, or the practice; before it, None.

    `seen` is the total that the clerk saw: TotalChanged when the basket has another one now.
    """
    need_live(basket)
    check_tender(tender)
    _need_no_transfer_before(basket)
    rows = _rows(basket)
    paid = [*(Paid(row.kind, row.amount, row.reference) for row in rows), tender]
    try:
        if basket.practice:
            return complete_practice(basket, paid=paid, key=key, by=by, seen=seen)
        return settle_basket(basket, paid=paid, key=key, by=by, seen=seen).sale
    except PaidTooLittle:  # raised before anything is written
        n = rows[-1].n + 1 if rows else 1
        row = TakenTender(basket_id=basket.id, n=n, kind=tender.kind, amount=tender.amount, reference=tender.reference)
        db.session.add(row)
        db.session.flush()
        return None


def take_nothing(basket: Basket, *, seen: Money, key: str, by: Staff) -> Sale | PracticeReceipt | None:
    """Complete a basket that costs nothing, because everything was taken off."""
    if basket.practice:
        return complete_practice(basket, paid=[], key=key, by=by, seen=seen)
    return settle_basket(basket, paid=[], key=key, by=by, seen=seen).sale


def take_transfer(
    request: TransferRequest, basket: Basket, *, arrived: Money, accepted: bool, seen: Money, key: str, by: Staff
) -> Sale | PracticeReceipt | None:
    """Take a transfer that somebody at the counter, or the bank by itself, says has come for a request.

    An amount other than the one asked for stops here (pos/transfers/amount.py), unless it was `accepted`, or the bank
    itself has told of it. What the basket does not need is left to be sorted out by a manager.
    """
    need_live(basket)
    total = to_pay(basket)
    if seen != total:
        raise TotalChanged(before=seen, now=total)
    if request.order_code != basket.order_code:
        raise RequestOver(amount=request.amount, order=request.order_code)
    left, shift = left_to_pay(total, taken_for(basket)), need_open_shift_number(basket.register)
    if left <= ZERO:
        raise NothingLeftToTake(amount=arrived)
    if is_matched(request):
        arrived = request.amount
    else:
        need_right_amount(asked=min(request.amount, left), arrived=arrived, accepted=accepted)
    confirm_request(request, arrived, shift=shift, by=by)
    counted = min(arrived, left)
    if arrived > counted:
        order = basket.order_code
        keep_to_sort_out(arrived - counted, source=Source.EXCESS, order_code=order, by=by, shift=shift)
    return take_payment(basket, Paid(TenderKind.TRANSFER, counted), seen=seen, key=key, by=by)


def take_out_last(basket: Basket, *, by: Staff) -> None:
    """Give the last tender back to the customer. Of a transfer the money stays at the bank, to be sorted out."""
    need_live(basket)
    for row in _rows(basket)[-1:]:
        db.session.delete(row)
        if row.kind is TenderKind.TRANSFER and not basket.practice:
            order, shift = basket.order_code, need_open_shift_number(basket.register)
            keep_to_sort_out(row.amount, source=Source.TAKEN_OUT, order_code=order, by=by, shift=shift)
    db.session.flush()


def need_nothing_taken(basket: Basket) -> None:
    """Refuse to drop a basket while money lies beside it."""
    taken = sum((tender.amount for tender in taken_for(basket)), ZERO)
    if taken:
        raise MoneyStillTaken(amount=taken)


def need_not_come(request: TransferRequest) -> None:
    """Refuse to pay or drop an order another way while the bank says that its transfer has come."""
    if is_matched(request):
        raise TransferHasCome(amount=request.amount)


def _need_no_transfer_before(basket: Basket) -> None:
    waiting = open_request_of(basket.order_code)
    if waiting is not None:
        need_not_come(waiting)


def _rows(basket: Basket) -> list[TakenTender]:
    return list(db.session.scalars(_TAKEN_FOR, {"basket": basket.id}))


# Made once: building a statement takes longer than running it.
_TAKEN_FOR = select(TakenTender).where(TakenTender.basket_id == bindparam("basket")).order_by(TakenTender.n)
