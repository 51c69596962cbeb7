"""Visitors: one key counts a person who came in, whether they bought or not."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import today
from core.database import AppendOnly, Base, db
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff
from pos.register import Register
from pos.reports.span import Span
from pos.shifts.shift_table import need_open_shift


class Visitor(AppendOnly, Base):
    """One person who came in, counted at a register. Nothing is known of who they are."""

    __tablename__ = "visitors"

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_number: Mapped[int] = mapped_column(ForeignKey("shifts.number"), index=True)
    day: Mapped[date]
    counted_at: Mapped[datetime]
    record_seq: Mapped[int] = mapped_column(unique=True)


def count_visitor(register: Register, *, by: Staff) -> int:
    """Count one visitor; answers how many came in this shift."""
    shift = need_open_shift(register)
    day = today()
    record = write_record(Kind.VISITOR, {"reg": register.code, "day": day.isoformat()}, by=by, shift=shift.number)
    db.session.add(Visitor(shift_number=shift.number, day=day, counted_at=record.ts, record_seq=record.seq))
    db.session.flush()
    return visitors_of(shift.number)


def visitors_of(shift_number: int) -> int:
    """How many visitors were counted in a shift."""
    return db.session.connection().execute(_COUNT, {"shift": shift_number}).scalar() or 0


def visitors_in(span: Span) -> int:
    """How many came in over a span."""
    return db.session.scalar(select(func.count()).select_from(Visitor).where(span(Visitor))) or 0


_VISITORS: Any = Visitor.__table__
_COUNT = select(func.count()).where(_VISITORS.c.shift_number == bindparam("shift"))
