"""Opening a shift with a float and closing it by a blind count."""

from collections.abc import Sequence

from sqlalchemy import func, select

from core.clock import today
from core.database import db
from core.journal.chain import write_record
from core.journal.record import Kind
from core.money import ZERO, Money
from core.skipped_number import Series, last_skipped
from core.staff import Staff
from pos.register import Register
from pos.register_retirement import need_in_service
from pos.reports.day_close import close_day
from pos.reports.figures_told import days_told, discounts_told, moves_told, taxes_told
from pos.shifts.shift_count import NOT_COUNTED, AddedUp, Counts, ShiftCount, counts_for, need_counts
from pos.shifts.shift_table import (
    NegativeCash,
    NoOpenShift,
    Shift,
    ShiftAlreadyOpen,
    ShiftClosing,
    ShiftIsClosed,
    latest_shifts,
    need_open,
    need_open_shift,
    open_shift_of,
    open_shifts,
)
from pos.shifts.shift_totals import ShiftTotals, totals_of
from pos.transfers.sticker import sticker_at_opening

__all__ = [
    "NegativeCash",
    "NoOpenShift",
    "Shift",
    "ShiftAlreadyOpen",
    "ShiftClosing",
    "ShiftIsClosed",
    "close_shift",
    "latest_shifts",
    "need_open_shift",
    "open_shift",
    "open_shift_of",
    "open_shifts",
]


def open_shift(register: Register, *, float_: Money, by: Staff) -> Shift:
    """Start a shift at a register with so much change in the drawer."""
    need_in_service(register)
    running = open_shift_of(register)
    if running is not None:
        raise ShiftAlreadyOpen(number=running.number, register=register.code)
    return start_shift(register, float_=float_, sticker=sticker_at_opening(register), by=by)


def start_shift(
    register: Register, *, float_: Money, by: Staff, sticker: str | None = None, handed: ShiftClosing | None = None
) -> Shift:
    """The new shift's row and record; `handed` is the count of the shift that it takes the drawer over from.

    At a hand-over nobody is sent to the sticker: a drawer that changes hands is never kept waiting.
    """
    if float_ < ZERO:
        raise NegativeCash()
    number, day = next_shift_number(), today()
    body = {"no": number, "reg": register.code, "day": day.isoformat(), "float": float_.dong, "sticker": sticker}
    if handed is not None:
        body |= {"from": handed.shift_number, "handed": handed.counted.dong}
    record = write_record(Kind.SHIFT_OPEN, body, by=by, shift=number)
    shift = Shift(
        number=number,
        register_id=register.id,
        day=day,
        opened_at=record.ts,
        staff_id=by.id,
        float_=float_,
        record_seq=record.seq,
    )
    db.session.add(shift)
    db.session.flush()
    return shift


def next_shift_number() -> int:
    """One more than the last shift's number."""
    return max(db.session.scalar(select(func.max(Shift.number))) or 0, last_skipped(Series.SHIFT)) + 1


def close_shift(shift: Shift, *, counted: Money, by: Staff, counts: Counts = NOT_COUNTED) -> ShiftClosing:
    """Close a shift by what was counted in the drawer, before anyone is told what should be there.

    `counts` are the sums of card slips and of transfers, of whatever was added up. Closing is never blocked: parked
    baskets wait for the next shift. A shift that was left open over midnight closes like any other; its sales keep
    the business day on which they were made, and the closing says which days it holds. When no other shift is open,
    the day is closed as well.
    """
    closing = count_shift(shift, counted=counted, counts=counts, by=by)
    if not open_shifts():
        close_day(by=by)
    return closing


def count_shift(shift: Shift, *, counted: Money, counts: Counts, by: Staff) -> ShiftClosing:
    """Write down the counts that end a shift; the day goes on."""
    need_open(shift)
    if counted < ZERO:
        raise NegativeCash()
    need_counts(counts)
    totals, day = totals_of(shift), today()
    added_up = counts_for(totals, counts)
    body = closing_body(shift, totals, counted, added_up) | {"day": day.isoformat()}
    record = write_record(Kind.SHIFT_CLOSE, body, by=by, shift=shift.number)
    closing = ShiftClosing(
        shift_number=shift.number,
        day=day,
        closed_at=record.ts,
        staff_id=by.id,
        expected=totals.cash.expected,
        counted=counted,
        record_seq=record.seq,
    )
    db.session.add(closing)
    db.session.add_all(
        ShiftCount(shift_number=shift.number, kind=kind, expected=expected, counted=sum_, record_seq=record.seq)
        for kind, expected, sum_ in added_up
    )
    db.session.flush()
    db.session.expire(shift, ["closing"])
    return closing


def closing_body(shift: Shift, totals: ShiftTotals, counted: Money, added_up: Sequence[AddedUp]) -> dict[str, object]:
    """The figures of a closed shift as the journal keeps them."""
    return {
        "no": shift.number,
        "reg": shift.register.code,
        "float": shift.float_.dong,
        "sales": totals.sales_count,
        "total": totals.sales_total.dong,
        "pay": [{"kind": t.kind.value, "amt": t.amount.dong, "n": t.count} for t in totals.tenders],
        "vat": taxes_told(totals),
        "days": days_told(totals),
        "discounts": discounts_told(totals),
        "refunds": totals.refunds.as_plain(),
        "moves": moves_told(totals),
        "lowered": [{"act": low.kind, "n": low.count, "amt": low.amount.dong} for low in totals.lowered],
        "visitors": totals.visitors,
        "practice": totals.practised,
        "expected": totals.cash.expected.dong,
        "counted": counted.dong,
        "counts": [
            {"kind": kind.value, "expected": expected.dong, "counted": sum_.dong if sum_ is not None else None}
            for kind, expected, sum_ in added_up
        ],
    }
