"""Cash that was put into the drawer or the safe, or taken out of it, without a sale; and deposits seen at the bank."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.i18n import N_
from core.money import Money
from core.staff import Staff
from pos.register import Register


class Way(enum.StrEnum):
    """Into the drawer or the safe, or out of it."""

    IN = "in"
    OUT = "out"


class Place(enum.StrEnum):
    """Where the shop's cash lies: in the drawer of a register, which a shift answers for, or in the safe."""

    DRAWER = "drawer"
    SAFE = "safe"


class Purpose(enum.StrEnum):
    """What it was for."""

    CHANGE = "change"
    FROM_SAFE = "from_safe"
    EXPENSE = "expense"
    DEPOSIT = "deposit"
    OWNER = "owner"
    TO_SAFE = "to_safe"
    OTHER = "other"


PURPOSE_NAMES = {
    Purpose.CHANGE: N_("Change brought"),
    Purpose.FROM_SAFE: N_("From the safe"),
    Purpose.EXPENSE: N_("Expense"),
    Purpose.DEPOSIT: N_("Bank deposit"),
    Purpose.OWNER: N_("Taken by the owner"),
    Purpose.TO_SAFE: N_("To the safe"),
    Purpose.OTHER: N_("Other"),
}
BETWEEN_DRAWER_AND_SAFE = (Purpose.FROM_SAFE, Purpose.TO_SAFE)
OFFERED = {
    (Place.DRAWER, Way.IN): (Purpose.CHANGE, Purpose.FROM_SAFE, Purpose.OTHER),
    (Place.DRAWER, Way.OUT): (Purpose.EXPENSE, Purpose.TO_SAFE, Purpose.DEPOSIT, Purpose.OWNER, Purpose.OTHER),
    (Place.SAFE, Way.IN): (Purpose.CHANGE, Purpose.OTHER),
    (Place.SAFE, Way.OUT): (Purpose.DEPOSIT, Purpose.EXPENSE, Purpose.OWNER, Purpose.OTHER),
}


class CashMove(AppendOnly, Base):
    """So much cash, in or out, without a sale. `payee` got an expense, `reference` stands on a deposit's slip.

    A payee may be a person: the record holds only the fingerprint of `payee_mark` (core/private_mark.py).

    A move of the drawer belongs to a shift, one of the safe to none.
    """

    __tablename__ = "cash_moves"
    __table_args__ = (
        CheckConstraint("amount > 0", "amount_positive"),
        CheckConstraint("(place = 'drawer') = (shift_number IS NOT NULL)", "a_drawer_has_its_shift"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    way: Mapped[Way]
    place: Mapped[Place]
    purpose: Mapped[Purpose]
    register_id: Mapped[int | None] = mapped_column(ForeignKey("registers.id"))
    shift_number: Mapped[int | None] = mapped_column(ForeignKey("shifts.number"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    moved_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    amount: Mapped[Money]
    reason: Mapped[str]
    payee: Mapped[str]
    payee_mark: Mapped[str]
    reference: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    staff: Mapped[Staff] = relationship(viewonly=True)
    register: Mapped[Register | None] = relationship(viewonly=True)
    seen: Mapped["DepositSeen | None"] = relationship(viewonly=True)

    @property
    def signed(self) -> Money:
        """The amount as the drawer or the safe feels it."""
        return self.amount if self.way is Way.IN else -self.amount

    @property
    def words(self) -> str:
        """Whom it went to, the number on the slip and the reason, as far as somebody typed them."""
        return " · ".join(part for part in (self.payee, self.reference, self.reason) if part)


class DepositSeen(AppendOnly, Base):
    """A bank deposit that a manager found on the bank's statement, with what the bank wrote there."""

    __tablename__ = "deposits_seen"
    __table_args__ = (CheckConstraint("amount >= 0", "amount_not_negative"),)

    move_id: Mapped[int] = mapped_column(ForeignKey("cash_moves.id"), primary_key=True)
    day: Mapped[date]
    seen_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    amount: Mapped[Money]
    note: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    staff: Mapped[Staff] = relationship(viewonly=True)


def cash_moves_of(shift_number: int) -> list[CashMove]:
    """What was put into the drawer of a shift and taken out, in the order it happened."""
    moves = select(CashMove).where(CashMove.shift_number == shift_number)
    return list(db.session.scalars(moves.order_by(CashMove.id)))


def cash_move_of_record(record_seq: int) -> CashMove | None:
    """The move that a record tells of; its paper carries this number, and none of a voucher's series."""
    return db.session.scalar(select(CashMove).where(CashMove.record_seq == record_seq))


def deposits_on_their_way() -> list[CashMove]:
    """Bank deposits that nobody has found on a statement yet, the oldest first."""
    seen = select(DepositSeen.move_id)
    deposits = select(CashMove).where(CashMove.purpose == Purpose.DEPOSIT, CashMove.id.not_in(seen))
    return list(db.session.scalars(deposits.order_by(CashMove.id)))
