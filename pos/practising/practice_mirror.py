"""Practice receipts as the journal sees them."""

from collections.abc import Iterator

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from core.staff import Staff
from pos.practising.practice import PracticeReceipt
from pos.register import Register

PRACTICE = Replay()

PRACTICE.mirror(
    Mirror(
        "practice_receipts",
        select(
            PracticeReceipt.number,
            PracticeReceipt.key,
            PracticeReceipt.order_code,
            Register.code.label("register"),
            PracticeReceipt.shift_number,
            PracticeReceipt.day,
            PracticeReceipt.rung_at,
            Staff.code.label("staff"),
            PracticeReceipt.total,
            PracticeReceipt.change,
            PracticeReceipt.record_seq,
        )
        .join(Register, Register.id == PracticeReceipt.register_id)
        .join(Staff, Staff.id == PracticeReceipt.staff_id),
        key=("number",),
    )
)


@PRACTICE.kind(Kind.TRAINING)
def _practice(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "practice_receipts",
        {
            "number": body["no"],
            "key": body["key"],
            "order_code": body["order"],
            "register": body["reg"],
            "shift_number": record.shift,
            "day": body["day"],
            "rung_at": record.ts,
            "staff": record.usr,
            "total": body["total"],
            "change": body["change"],
        },
    )
