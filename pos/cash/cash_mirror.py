"""Cash moves, deposits seen, hand-overs and counts by tender as the journal sees them."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.journal.record import Kind
from core.journal.replay import Difference, Mirror, Replay, Replayed, Told
from core.private_mark import FINGERPRINT_FROM, fits
from core.staff import Staff
from pos.cash.cash_move_table import CashMove, DepositSeen, Way
from pos.cash.hand_over_table import HandOver
from pos.register import Register
from pos.shifts.shift_count import ShiftCount

CASH = Replay()

CASH.mirror(
    Mirror(
        "cash_moves",
        select(
            CashMove.way,
            CashMove.place,
            CashMove.purpose,
            Register.code.label("register"),
            CashMove.shift_number,
            CashMove.day,
            CashMove.moved_at,
            Staff.code.label("staff"),
            CashMove.amount,
            CashMove.reason,
            func.substr(CashMove.payee_mark, FINGERPRINT_FROM).label("payee"),
            CashMove.reference,
            CashMove.record_seq,
        )
        .join(Staff, Staff.id == CashMove.staff_id)
        .outerjoin(Register, Register.id == CashMove.register_id),
        key=("record_seq",),
    )
)
CASH.mirror(
    Mirror(
        "deposits_seen",
        select(
            CashMove.record_seq.label("of"),
            DepositSeen.day,
            DepositSeen.seen_at,
            Staff.code.label("staff"),
            DepositSeen.amount,
            DepositSeen.note,
            DepositSeen.record_seq,
        )
        .join(CashMove, CashMove.id == DepositSeen.move_id)
        .join(Staff, Staff.id == DepositSeen.staff_id),
        key=("of",),
    )
)
CASH.mirror(
    Mirror(
        "hand_overs",
        select(HandOver.shift_number, HandOver.from_number, HandOver.handed, HandOver.record_seq),
        key=("shift_number",),
    )
)
CASH.mirror(
    Mirror(
        "shift_counts",
        select(
            ShiftCount.shift_number, ShiftCount.kind, ShiftCount.expected, ShiftCount.counted, ShiftCount.record_seq
        ),
        key=("shift_number", "kind"),
    )
)


@CASH.kind(Kind.CASH_IN, Kind.CASH_OUT)
def _cash_move(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "cash_moves",
        {
            "way": (Way.IN if record.typ is Kind.CASH_IN else Way.OUT).value,
            "place": body["place"],
            "purpose": body["kind"],
            "register": body["reg"],
            "shift_number": record.shift,
            "day": body["day"],
            "moved_at": record.ts,
            "staff": record.usr,
            "amount": body["amt"],
            "reason": body["reason"],
            "payee": body["payee"],
            "reference": body["ref"],
        },
    )


@CASH.kind(Kind.DEPOSIT_SEEN)
def _deposit_seen(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "deposits_seen",
        {
            "of": body["of"],
            "day": body["day"],
            "seen_at": record.ts,
            "staff": record.usr,
            "amount": body["amt"],
            "note": body["note"],
        },
    )


@CASH.kind(Kind.SHIFT_OPEN)
def _hand_over(record: Replayed) -> Iterator[Told]:
    body = record.body
    if "from" in body:
        yield "hand_overs", {"shift_number": body["no"], "from_number": body["from"], "handed": body["handed"]}


@CASH.kind(Kind.SHIFT_CLOSE)
def _counts(record: Replayed) -> Iterator[Told]:
    body = record.body
    for count in body.get("counts", ()):  # since counts by tender are kept
        row = {"kind": count["kind"], "expected": count["expected"], "counted": count["counted"]}
        yield "shift_counts", {"shift_number": body["no"], **row}


@CASH.check
def _payees_as_recorded(session: Session) -> Iterator[Difference]:
    """A payee changed past the verbs no longer fits the mark whose fingerprint the record holds."""
    for seq, mark, payee in session.execute(select(CashMove.record_seq, CashMove.payee_mark, CashMove.payee)):
        if not fits(mark, payee):
            yield Difference(seq, "cash_moves", (seq,), "payee", "another text", "changed")
