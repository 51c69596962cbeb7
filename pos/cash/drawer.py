"""The drawer opened without a sale: to give change, to check the float. Always with a reason."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import today
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff
from core.text import clean
from pos.register import Register, printer_at
from pos.shifts.shift_table import need_open_shift
from printers.spool import DRAWER_PULSE, enqueue


class DrawerReasonMissing(RuleBroken):
    """The Z report lists every opening with its reason."""

    message = N_("Say why the drawer is opened without a sale.")


class DrawerOpening(AppendOnly, Base):
    """One opening of a drawer that no sale asked for."""

    __tablename__ = "drawer_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_number: Mapped[int] = mapped_column(ForeignKey("shifts.number"), index=True)
    day: Mapped[date]
    opened_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    staff: Mapped[Staff] = relationship(viewonly=True)


def open_drawer(register: Register, *, reason: str, by: Staff) -> DrawerOpening:
    """Open the drawer without a sale; it stands in the journal and in the Z report."""
    shift, day = need_open_shift(register), today()
    reason = clean(reason, limit=200)
    if not reason:
        raise DrawerReasonMissing()
    body = {"reg": register.code, "day": day.isoformat(), "reason": reason}
    record = write_record(Kind.DRAWER, body, by=by, shift=shift.number)
    opening = DrawerOpening(
        shift_number=shift.number, day=day, opened_at=record.ts, staff_id=by.id, reason=reason, record_seq=record.seq
    )
    db.session.add(opening)
    db.session.flush()
    enqueue(DRAWER_PULSE, record.seq, open_drawer=True, printer=printer_at(register))
    return opening


def drawer_openings_of(shift_number: int) -> list[DrawerOpening]:
    """The openings without a sale in a shift, in the order they happened."""
    return list(
        db.session.scalars(
            select(DrawerOpening).where(DrawerOpening.shift_number == shift_number).order_by(DrawerOpening.id)
        )
    )
