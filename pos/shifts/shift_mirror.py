"""Shifts, closes, corrections, visitors and drawer openings as the journal sees them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from core.journal.slips import SlipBook
from core.staff import Staff
from inventory.catalogue.product import Product
from inventory.lot import Lot
from pos.cash.drawer import DrawerOpening
from pos.correction import Correction, CorrectionKind
from pos.register import Register
from pos.reports.day_close import DayClose, root_over
from pos.shifts.shift_table import Shift, ShiftClosing
from pos.shifts.visitor import Visitor

SHIFTS = Replay()

SHIFTS.mirror(
    Mirror(
        "registers",
        select(
            Register.code, Register.name, Register.printer, Register.retired_at.label("retired"), Register.record_seq
        ),
        key=("code",),
        appended=False,
    )
)
SHIFTS.mirror(
    Mirror(
        "shifts",
        select(
            Shift.number,
            Register.code.label("register"),
            Shift.day,
            Shift.opened_at,
            Staff.code.label("staff"),
            Shift.float_.label("float"),
            Shift.record_seq,
        )
        .join(Register, Register.id == Shift.register_id)
        .join(Staff, Staff.id == Shift.staff_id),
        key=("number",),
    )
)
SHIFTS.mirror(
    Mirror(
        "shift_closings",
        select(
            ShiftClosing.shift_number,
            ShiftClosing.day,
            ShiftClosing.closed_at,
            Staff.code.label("staff"),
            ShiftClosing.expected,
            ShiftClosing.counted,
            ShiftClosing.record_seq,
        ).join(Staff, Staff.id == ShiftClosing.staff_id),
        key=("shift_number",),
    )
)
SHIFTS.mirror(
    Mirror(
        "day_closes",
        select(
            DayClose.number,
            DayClose.day,
            DayClose.closed_at,
            Staff.code.label("staff"),
            DayClose.from_seq,
            DayClose.to_seq,
            DayClose.sales_count,
            DayClose.sales_total,
            DayClose.root,
            DayClose.record_seq,
        ).join(Staff, Staff.id == DayClose.staff_id),
        key=("number",),
    )
)
SHIFTS.mirror(
    Mirror(
        "corrections",
        select(
            Correction.kind,
            Correction.shift_number,
            Correction.day,
            Correction.corrected_at,
            Staff.code.label("staff"),
            Correction.order_code,
            Correction.line,
            Product.sku,
            Lot.number.label("lot"),
            Correction.before,
            Correction.after,
            Correction.amount,
            Correction.price_before,
            Correction.price_after,
            Correction.reason,
            Correction.record_seq,
        )
        .join(Staff, Staff.id == Correction.staff_id)
        .outerjoin(Product, Product.id == Correction.product_id)
        .outerjoin(Lot, Lot.id == Correction.lot_id),
        key=("record_seq",),
    )
)
SHIFTS.mirror(
    Mirror(
        "visitors",
        select(Visitor.shift_number, Visitor.day, Visitor.counted_at, Visitor.record_seq),
        key=("record_seq",),
    )
)
SHIFTS.mirror(
    Mirror(
        "drawer_openings",
        select(
            DrawerOpening.shift_number,
            DrawerOpening.day,
            DrawerOpening.opened_at,
            Staff.code.label("staff"),
            DrawerOpening.reason,
            DrawerOpening.record_seq,
        ).join(Staff, Staff.id == DrawerOpening.staff_id),
        key=("record_seq",),
    )
)


@SHIFTS.kind(Kind.REGISTER)
def _register(record: Replayed) -> Iterator[Told]:
    body = record.body
    later = {name: body.get(name) for name in ("printer", "retired")}  # since registers can be changed
    yield "registers", {"code": body["code"], "name": body["name"], **later}


@SHIFTS.kind(Kind.SHIFT_OPEN)
def _shift_open(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "shifts",
        {
            "number": body["no"],
            "register": body["reg"],
            "day": body["day"],
            "opened_at": record.ts,
            "staff": record.usr,
            "float": body["float"],
        },
    )


@SHIFTS.kind(Kind.SHIFT_CLOSE)
def _shift_close(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "shift_closings",
        {
            "shift_number": body["no"],
            "day": body["day"],
            "closed_at": record.ts,
            "staff": record.usr,
            "expected": body["expected"],
            "counted": body["counted"],
        },
    )


class _Days:
    """Works out each day's close from the records alone: its range, its sales, its root over the slips."""

    def __init__(self) -> None:
        self.slips: SlipBook | None = None
        self.producers: set[str] = set()
        self.number, self.from_seq = 0, 0
        self.day: str | None = None
        self.sales, self.total = 0, 0

    def __call__(self, record: Replayed) -> Iterator[Told]:
        """Take in what a day is made of; at its close tell the row that must stand there."""
        body = record.body
        self.slips = self.slips or SlipBook(record.tid)
        if record.typ is Kind.PRODUCER:
            self.producers.add(body["code"])
        elif record.typ is Kind.SHIFT_OPEN:
            self.day = self.day or body["day"]
        elif record.typ is Kind.SALE:
            self.slips.take(body["lines"], record.seq)
            self.sales, self.total = self.sales + 1, self.total + body["total"]
        elif record.typ is Kind.REFUND:
            self.slips.take(body["lines"], record.seq, Kind.REFUND)
        else:
            yield "day_closes", self.close(record, self.slips)

    def close(self, record: Replayed, slips: SlipBook) -> dict[str, Any]:
        """The row of this close; the next day begins behind it."""
        self.number += 1
        heads = [slips.head(code) for code in sorted(self.producers)]
        row = {
            "number": self.number,
            "day": self.day or record.body["day"],
            "closed_at": record.ts,
            "staff": record.usr,
            "from_seq": self.from_seq,
            "to_seq": record.seq - 1,
            "sales_count": self.sales,
            "sales_total": self.total,
            "root": root_over(heads),
        }
        self.from_seq, self.day, self.sales, self.total = record.seq, None, 0, 0
        return row


SHIFTS.reader(Kind.PRODUCER, Kind.SHIFT_OPEN, Kind.SALE, Kind.REFUND, Kind.DAY_CLOSE)(_Days)


@SHIFTS.kind(Kind.CORRECTION)
def _correction(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "corrections",
        _correction_row(record)
        | {
            "kind": body["act"],
            "line": body["n"],
            "sku": body["sku"],
            "lot": body["lot"],
            "before": body["before"],
            "after": body["after"],
            "price_before": body.get("price_before"),  # since prices can be set by right
            "price_after": body.get("price_after"),
        },
    )


@SHIFTS.kind(Kind.VOID)
def _void(record: Replayed) -> Iterator[Told]:
    nothing = {"line": None, "sku": None, "lot": None, "before": 0, "after": 0}
    nothing |= {"price_before": None, "price_after": None}
    yield "corrections", _correction_row(record) | {"kind": CorrectionKind.VOID.value, **nothing}


def _correction_row(record: Replayed) -> dict[str, Any]:
    body = record.body
    return {
        "shift_number": record.shift,
        "day": body["day"],
        "corrected_at": record.ts,
        "staff": record.usr,
        "order_code": body["order"],
        "amount": body["amt"],
        "reason": body["reason"],
    }


@SHIFTS.kind(Kind.VISITOR)
def _visitor(record: Replayed) -> Iterator[Told]:
    row = {"shift_number": record.shift, "day": record.body["day"], "counted_at": record.ts}
    yield "visitors", row


@SHIFTS.kind(Kind.DRAWER)
def _drawer(record: Replayed) -> Iterator[Told]:
    yield (
        "drawer_openings",
        {
            "shift_number": record.shift,
            "day": record.body["day"],
            "opened_at": record.ts,
            "staff": record.usr,
            "reason": record.body["reason"],
        },
    )
