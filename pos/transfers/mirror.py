"""Requests for transfers, money that came, and looks at the sticker, as the journal sees them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from core.staff import Staff
from pos.register import Register
from pos.transfers.arrival_table import Arrival, ArrivalSorting, Outcome
from pos.transfers.request_table import Ending, RequestEnding, TransferRequest
from pos.transfers.sticker_table import StickerLook

TRANSFERS = Replay()

TRANSFERS.mirror(
    Mirror(
        "transfer_requests",
        select(
            TransferRequest.uid,
            TransferRequest.order_code,
            Register.code.label("register"),
            TransferRequest.shift_number,
            TransferRequest.day,
            TransferRequest.asked_at,
            Staff.code.label("staff"),
            TransferRequest.amount,
            TransferRequest.record_seq,
        )
        .join(Register, Register.id == TransferRequest.register_id)
        .join(Staff, Staff.id == TransferRequest.staff_id),
        key=("uid",),
    )
)
TRANSFERS.mirror(
    Mirror(
        "transfer_request_endings",
        select(
            RequestEnding.request_uid,
            RequestEnding.how,
            RequestEnding.amount,
            RequestEnding.reason,
            RequestEnding.ended_at,
            Staff.code.label("staff"),
            RequestEnding.record_seq,
        ).join(Staff, Staff.id == RequestEnding.staff_id),
        key=("request_uid",),
    )
)
TRANSFERS.mirror(
    Mirror(
        "bank_arrivals",
        select(
            Arrival.uid,
            Arrival.source,
            Arrival.reference,
            Arrival.amount,
            Arrival.order_code,
            Arrival.booked_at,
            Arrival.told_at,
            Staff.code.label("staff"),
            Arrival.record_seq,
        ).outerjoin(Staff, Staff.id == Arrival.staff_id),
        key=("uid",),
    )
)
TRANSFERS.mirror(
    Mirror(
        "bank_arrival_sortings",
        select(
            ArrivalSorting.arrival_uid,
            ArrivalSorting.outcome,
            ArrivalSorting.request_uid,
            ArrivalSorting.reason,
            ArrivalSorting.sorted_at,
            Staff.code.label("staff"),
            ArrivalSorting.record_seq,
        ).outerjoin(Staff, Staff.id == ArrivalSorting.staff_id),
        key=("arrival_uid",),
    )
)
TRANSFERS.mirror(
    Mirror(
        "sticker_looks",
        select(
            StickerLook.act,
            Register.code.label("register"),
            StickerLook.day,
            StickerLook.looked_at,
            Staff.code.label("staff"),
            StickerLook.found,
            StickerLook.expected,
            StickerLook.reason,
            StickerLook.record_seq,
        )
        .join(Register, Register.id == StickerLook.register_id)
        .join(Staff, Staff.id == StickerLook.staff_id),
        key=("record_seq",),
    )
)


@TRANSFERS.kind(Kind.BANK_TRANSFER)
def _transfer(record: Replayed) -> Iterator[Told]:
    body = record.body
    if body["act"] != "asked":
        yield _ended(record, body["uid"], Ending(body["act"]), amount=body.get("amt", 0), reason=body.get("reason", ""))
        return
    yield (
        "transfer_requests",
        {
            "uid": body["uid"],
            "order_code": body["order"],
            "register": body["reg"],
            "shift_number": record.shift,
            "day": body["day"],
            "asked_at": record.ts,
            "staff": record.usr,
            "amount": body["amt"],
        },
    )
    if body["instead"] is not None:
        yield _ended(record, body["instead"], Ending.REPLACED)


def _ended(record: Replayed, uid: str, how: Ending, *, amount: int = 0, reason: str = "") -> Told:
    row = {"request_uid": uid, "how": how.value, "amount": amount, "reason": reason}
    return "transfer_request_endings", row | {"ended_at": record.ts, "staff": record.usr}


@TRANSFERS.kind(Kind.BANK_MONEY)
def _money(record: Replayed) -> Iterator[Told]:
    body = record.body
    if body["act"] == "sorted":
        yield _sorted(record, body["outcome"])
        return
    yield (
        "bank_arrivals",
        {
            "uid": body["uid"],
            "source": body["source"],
            "reference": body["ref"],
            "amount": body["amt"],
            "order_code": body["order"],
            "booked_at": body["at"],
            "told_at": record.ts,
            "staff": record.usr,
        },
    )
    if body["for"] is not None:
        yield _sorted(record, Outcome.MATCHED.value)


def _sorted(record: Replayed, outcome: str) -> Told:
    body: dict[str, Any] = record.body
    row = {"arrival_uid": body["uid"], "outcome": outcome, "request_uid": body["for"]}
    row |= {"reason": body.get("reason", ""), "sorted_at": record.ts, "staff": record.usr}
    return "bank_arrival_sortings", row


@TRANSFERS.kind(Kind.STICKER)
def _sticker(record: Replayed) -> Iterator[Told]:
    body = record.body
    row = {"act": body["act"], "register": body["reg"], "day": body["day"], "looked_at": record.ts}
    row |= {"staff": record.usr, "found": body["found"], "expected": body["expected"], "reason": body["reason"]}
    yield "sticker_looks", row
