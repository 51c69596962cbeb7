"""Hand-overs: one person's drawer became another's, at the same register, with what was counted in it."""

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.money import Money
from pos.shifts.shift_table import Shift


class HandOver(AppendOnly, Base):
    """A shift that began with the count of the one before it; `handed` is what the leaving person counted.

    The float of the new shift is what the next person found: the same, or another sum after counting again.
    """

    __tablename__ = "hand_overs"
    __table_args__ = (CheckConstraint("handed >= 0", "handed_not_negative"),)

    shift_number: Mapped[int] = mapped_column(ForeignKey("shifts.number"), primary_key=True, autoincrement=False)
    from_number: Mapped[int] = mapped_column(ForeignKey("shifts.number"), unique=True)
    handed: Mapped[Money]
    record_seq: Mapped[int] = mapped_column(unique=True)

    shift: Mapped[Shift] = relationship(viewonly=True, foreign_keys=shift_number)

    @property
    def difference(self) -> Money:
        """Found by the next person less counted by the one before: below zero, money went missing on the way."""
        return self.shift.float_ - self.handed


def hand_over_from(shift: Shift) -> HandOver | None:
    """To whom a shift's drawer was handed over, if it was."""
    return db.session.scalar(select(HandOver).where(HandOver.from_number == shift.number))
