"""Writing down money that has come, and what is made of it.

A sum that names a request of its very amount is matched by itself. Everything else waits for a manager: late money for
an order that was given up or paid in cash, a customer who paid twice, a transfer without an order code.
"""

from datetime import datetime

from core.columns import iso_instant
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind, uuid7
from core.money import ZERO, Money
from core.staff import Staff
from core.text import clean
from pos.tender import NothingPaid
from pos.transfers.arrival_table import Arrival, ArrivalSorting, ArrivalWords, Outcome, Source, is_matched
from pos.transfers.request_table import Ending, TransferRequest, open_request_of, open_requests, requests_of


class SortedOutAlready(RuleBroken):
    """Two managers at two screens."""

    message = N_("This money has been sorted out already. Load the page again.")


class SortingReasonNeeded(RuleBroken):
    """What became of somebody's money is said in words."""

    message = N_("Write what became of this money; it stays in the journal.")


class NotThatAmount(RuleBroken):
    """Money belongs to a request of its very amount, or a person at the till decides."""

    message = N_("%(came)s has come, but order %(order)s waits for %(asked)s. Confirm what has come at the till, "
                 "then enter here that it was counted there.")  # fmt: skip


class NoSuchRequest(RuleBroken):
    """The order does not wait for a transfer."""

    message = N_("Order %(order)s does not wait for a transfer. Choose another one.")


def write_arrival(
    amount: Money,
    *,
    source: Source,
    order_code: str | None = None,
    reference: str | None = None,
    booked_at: datetime | None = None,
    by: Staff | None = None,
    shift: int | None = None,
) -> Arrival:
    """Write down that money has come; where its order waits for just this amount, it is matched at once."""
    if amount <= ZERO:
        raise NothingPaid()
    request = _request_for(order_code, amount) if source in (Source.WEBHOOK, Source.FILE) else None
    uid = uuid7()
    body = {"act": "told", "uid": uid, "source": source.value, "ref": reference, "amt": amount.dong}
    body |= {"order": order_code, "at": iso_instant(booked_at) if booked_at else None}
    record = write_record(Kind.BANK_MONEY, body | {"for": request.uid if request else None}, by=by, shift=shift)
    arrival = Arrival(
        uid=uid,
        source=source,
        reference=reference,
        amount=amount,
        order_code=order_code,
        booked_at=booked_at,
        told_at=record.ts,
        staff_id=by.id if by else None,
        record_seq=record.seq,
    )
    db.session.add(arrival)
    if request is not None:
        db.session.add(_sorting(arrival, Outcome.MATCHED, record.ts, record.seq, request=request))
    db.session.flush()
    return arrival


def keep_to_sort_out(amount: Money, *, source: Source, order_code: str, by: Staff, shift: int | None) -> Arrival:
    """Leave money that came for an order, and that the order does not need, to be sorted out by a manager."""
    return write_arrival(amount, source=source, order_code=order_code, by=by, shift=shift)


def keep_words(arrival: Arrival, words: str) -> None:
    """Keep what the sender wrote until the money is sorted out; what is sorted out needs no words."""
    kept = clean(words, limit=len(words) + 1)[:300]
    if kept and arrival.sorting is None:
        db.session.add(ArrivalWords(arrival_uid=arrival.uid, words=kept))
        db.session.flush()


def sort_out(
    arrival: Arrival, outcome: Outcome, *, reason: str, by: Staff, order_code: str = "", shift: int | None = None
) -> ArrivalSorting:
    """Say what became of money that came; the words of its sender are erased. A manager's act."""
    if arrival.sorting is not None:
        raise SortedOutAlready()
    request = _waiting(order_code, arrival.amount) if outcome is Outcome.MATCHED else None
    reason = clean(reason, limit=200)
    if not reason and request is None:
        raise SortingReasonNeeded()
    belongs = request.uid if request else None
    body = {"act": "sorted", "uid": arrival.uid, "outcome": outcome.value, "for": belongs, "reason": reason}
    record = write_record(Kind.BANK_MONEY, body, by=by, shift=shift)
    sorting = _sorting(arrival, outcome, record.ts, record.seq, request=request, reason=reason, by=by)
    db.session.add(sorting)
    if arrival.words is not None:
        db.session.delete(arrival.words)
    db.session.flush()
    db.session.expire(arrival, ["sorting", "words"])
    return sorting


def requests_for(arrival: Arrival) -> list[TransferRequest]:
    """The open requests that a sum could belong to: those of its very amount."""
    return [one for one in open_requests() if one.amount == arrival.amount and not is_matched(one)]


def _request_for(order_code: str | None, amount: Money) -> TransferRequest | None:
    """The request that a notice answers: one that waits, else one that the clerk confirmed before the bank told."""
    if order_code is None:
        return None
    waiting = open_request_of(order_code)
    confirmed = [one for one in requests_of(order_code) if one.ending and one.ending.how is Ending.CONFIRMED]
    fitting = [one for one in ([waiting] if waiting else []) + confirmed if one.amount == amount]
    return next((one for one in fitting if not is_matched(one)), None)


def _waiting(order_code: str, amount: Money) -> TransferRequest:
    request = open_request_of(order_code)
    if request is None or is_matched(request):
        raise NoSuchRequest(order=order_code or "–")
    if request.amount != amount:
        raise NotThatAmount(came=amount, asked=request.amount, order=order_code)
    return request


def _sorting(
    arrival: Arrival,
    outcome: Outcome,
    at: datetime,
    record_seq: int,
    *,
    request: TransferRequest | None = None,
    reason: str = "",
    by: Staff | None = None,
) -> ArrivalSorting:
    return ArrivalSorting(
        arrival_uid=arrival.uid,
        outcome=outcome,
        request_uid=request.uid if request else None,
        reason=reason,
        sorted_at=at,
        staff_id=by.id if by else None,
        record_seq=record_seq,
    )
