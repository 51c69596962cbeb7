"""Asking for a transfer, confirming that it came, giving it up.

A request comes into being when a QR is shown. Only one of an order is open at a time: another amount ends the one
before, so that nobody confirms what nobody owes any more.
"""

from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import JournalRecord, write_record
from core.journal.record import Kind, uuid7
from core.money import ZERO, Money
from core.staff import Staff
from core.text import clean
from pos.basket_table import Basket, BasketEmpty, need_live
from pos.shifts.shift_table import need_open_shift_number
from pos.tender import NothingPaid
from pos.transfers.arrival import keep_to_sort_out
from pos.transfers.arrival_table import Source, is_matched
from pos.transfers.request_table import Ending, RequestEnding, TransferRequest, open_request_of


class RequestOver(RuleBroken):
    """Somebody confirmed it, asked for another amount, or gave it up meanwhile; perhaps in another window."""

    message = N_("The transfer of %(amount)s for order %(order)s is settled already. Load the page again.")


class ReasonNeeded(RuleBroken):
    """A request that is given up stays in the journal with its reason."""

    message = N_("Say why nobody waits for this transfer any more.")


def ask_for_transfer(basket: Basket, amount: Money, *, by: Staff) -> TransferRequest:
    """Ask the customer for a transfer: the request that the QR stands for.

    The same amount again is the same request. Another one takes its place; but what the bank has told of already
    stays, because the money is there.
    """
    need_live(basket)
    if not basket.lines:
        raise BasketEmpty()
    if amount <= ZERO:
        raise NothingPaid()
    before = open_request_of(basket.order_code)
    if before is not None and (before.amount == amount or is_matched(before)):
        return before
    shift, day, uid = need_open_shift_number(basket.register), today(), uuid7()
    asked = {"act": "asked", "uid": uid, "order": basket.order_code, "reg": basket.register.code}
    body = asked | {"day": day.isoformat(), "amt": amount.dong, "instead": before.uid if before else None}
    record = write_record(Kind.BANK_TRANSFER, body, by=by, shift=shift)
    request = TransferRequest(
        uid=uid,
        order_code=basket.order_code,
        register_id=basket.register_id,
        shift_number=shift,
        day=day,
        asked_at=record.ts,
        staff_id=by.id,
        amount=amount,
        record_seq=record.seq,
    )
    db.session.add(request)
    if before is not None:
        _end(before, Ending.REPLACED, record, by=by)
    db.session.flush()
    return request


def confirm_request(request: TransferRequest, arrived: Money, *, shift: int, by: Staff) -> None:
    """Write down that somebody at the counter saw this money arrive."""
    need_open_request(request)
    body = {"act": "confirmed", "uid": request.uid, "amt": arrived.dong}
    record = write_record(Kind.BANK_TRANSFER, body, by=by, shift=shift)
    _end(request, Ending.CONFIRMED, record, amount=arrived, by=by)
    db.session.flush()


def give_up_request(request: TransferRequest, *, reason: str, by: Staff, shift: int | None = None) -> None:
    """Stop waiting for a transfer. Where the bank has told of the money already, it becomes money to be sorted out."""
    need_open_request(request)
    reason = clean(reason, limit=200)
    if not reason:
        raise ReasonNeeded()
    noticed = is_matched(request)
    body = {"act": "given_up", "uid": request.uid, "reason": reason}
    record = write_record(Kind.BANK_TRANSFER, body, by=by, shift=shift)
    _end(request, Ending.GIVEN_UP, record, reason=reason, by=by)
    db.session.flush()
    if noticed:
        keep_to_sort_out(request.amount, source=Source.GIVEN_UP, order_code=request.order_code, by=by, shift=shift)


def need_open_request(request: TransferRequest) -> None:
    """Refuse to settle a request twice: two windows confirm the same transfer, one of them is told so."""
    still_open = open_request_of(request.order_code)
    if still_open is None or still_open.uid != request.uid:
        raise RequestOver(amount=request.amount, order=request.order_code)


def _end(
    request: TransferRequest, how: Ending, record: JournalRecord, *, by: Staff, amount: Money = ZERO, reason: str = ""
) -> None:
    db.session.add(
        RequestEnding(
            request_uid=request.uid,
            how=how,
            amount=amount,
            reason=reason,
            ended_at=record.ts,
            staff_id=by.id,
            record_seq=record.seq,
        )
    )
