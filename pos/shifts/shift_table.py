"""Shifts and their counts: who answered for which drawer, from when to when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.staff import Staff
from pos.register import Register


class NoOpenShift(RuleBroken):
    """Nothing is sold outside a shift: nobody would count the drawer."""

    message = N_("Register %(register)s has no open shift. Open a shift first.")


class ShiftAlreadyOpen(RuleBroken):
    """A drawer has one float and one count."""

    message = N_("Shift %(number)s is still open at register %(register)s. Close it first.")


class ShiftIsClosed(RuleBroken):
    """A closed shift stays as it was counted."""

    message = N_("Shift %(number)s is closed already.")


class NegativeCash(RuleBroken):
    """A float or a count below zero is a typing mistake."""

    message = N_("The money in the drawer cannot be less than 0 ₫. Count it again.")


class Shift(AppendOnly, Base):
    """One person's answer for one drawer; `number` counts the shifts of this shop's server."""

    __tablename__ = "shifts"
    __table_args__ = (CheckConstraint("float >= 0", "float_not_negative"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"), index=True)
    day: Mapped[date]
    opened_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    float_: Mapped[Money] = mapped_column("float")
    record_seq: Mapped[int] = mapped_column(unique=True)

    register: Mapped[Register] = relationship(viewonly=True)
    staff: Mapped[Staff] = relationship(viewonly=True)
    closing: Mapped["ShiftClosing | None"] = relationship(viewonly=True)

    @property
    def is_open(self) -> bool:
        """Has the drawer not been counted yet?"""
        return self.closing is None


class ShiftClosing(AppendOnly, Base):
    """The count at the end of a shift, made before anyone was told what should be there."""

    __tablename__ = "shift_closings"
    __table_args__ = (CheckConstraint("counted >= 0", "counted_not_negative"),)

    shift_number: Mapped[int] = mapped_column(ForeignKey("shifts.number"), primary_key=True)
    day: Mapped[date]
    closed_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    expected: Mapped[Money]
    counted: Mapped[Money]
    record_seq: Mapped[int] = mapped_column(unique=True)

    shift: Mapped[Shift] = relationship(viewonly=True)
    staff: Mapped[Staff] = relationship(viewonly=True)

    @property
    def difference(self) -> Money:
        """Counted less expected: below zero, money is missing."""
        return self.counted - self.expected


def open_shifts() -> list[Shift]:
    """Every shift that has not been counted, at any register."""
    counted = select(ShiftClosing.shift_number)
    return list(db.session.scalars(select(Shift).where(Shift.number.not_in(counted)).order_by(Shift.number)))


def latest_shifts(register: Register, *, limit: int) -> list[Shift]:
    """The newest counted shifts of a register, newest first."""
    counted = select(ShiftClosing.shift_number)
    return list(
        db.session.scalars(
            select(Shift)
            .where(Shift.register_id == register.id, Shift.number.in_(counted))
            .order_by(Shift.number.desc())
            .limit(limit)
        )
    )


def open_shift_of(register: Register) -> Shift | None:
    """The shift that is running at a register, or None."""
    return db.session.scalar(_RUNNING_AT, {"register": register.id})


def need_open_shift_number(register: Register) -> int:
    """The number of the running shift, without reading the whole of it; or the sentence that asks for one."""
    number = db.session.connection().execute(_RUNNING_NUMBER, {"register": register.id}).scalar()
    if number is None:
        raise NoOpenShift(register=register.code)
    return int(number)


_RUNNING_AT = (
    select(Shift)
    .where(
        Shift.register_id == bindparam("register"),
        ~select(ShiftClosing.shift_number).where(ShiftClosing.shift_number == Shift.number).exists(),
    )
    .order_by(Shift.number.desc())
    .limit(1)
)
_SHIFTS: Any = Shift.__table__
_CLOSINGS: Any = ShiftClosing.__table__
_RUNNING_NUMBER = (
    select(_SHIFTS.c.number)
    .where(
        _SHIFTS.c.register_id == bindparam("register"),
        ~select(_CLOSINGS.c.shift_number).where(_CLOSINGS.c.shift_number == _SHIFTS.c.number).exists(),
    )
    .order_by(_SHIFTS.c.number.desc())
    .limit(1)
)


def need_open_shift(register: Register) -> Shift:
    """The running shift, or the sentence that asks for one."""
    shift = open_shift_of(register)
    if shift is None:
        raise NoOpenShift(register=register.code)
    return shift


def need_open(shift: Shift) -> None:
    """Refuse to touch a shift that was counted already."""
    if not shift.is_open:
        raise ShiftIsClosed(number=shift.number)
