"""What customers were asked to transfer by a QR, and how each of these requests ended.

A request is open until its money has been confirmed, a newer QR took its place, or somebody gave it up; and it is over
when its order was paid another way after all. It survives parked baskets, closed shifts and power cuts.
"""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.money import Money
from core.staff import Staff
from pos.register import Register
from pos.sale import Sale


class Ending(enum.StrEnum):
    """How a request for a transfer ended."""

    CONFIRMED = "confirmed"
    REPLACED = "replaced"
    GIVEN_UP = "given_up"


class TransferRequest(AppendOnly, Base):
    """A QR that was shown for an amount of an order; another amount is another request."""

    __tablename__ = "transfer_requests"
    __table_args__ = (CheckConstraint("amount > 0", "amount_positive"),)

    uid: Mapped[str] = mapped_column(primary_key=True)
    order_code: Mapped[str] = mapped_column(index=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"))
    shift_number: Mapped[int] = mapped_column(ForeignKey("shifts.number"))
    day: Mapped[date]
    asked_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    amount: Mapped[Money]
    record_seq: Mapped[int] = mapped_column(unique=True)

    ending: Mapped["RequestEnding | None"] = relationship(viewonly=True)
    register: Mapped[Register] = relationship(viewonly=True)
    staff: Mapped[Staff] = relationship(viewonly=True)


class RequestEnding(AppendOnly, Base):
    """How a request ended: `amount` is what came (0 where nothing did), `reason` why it was given up."""

    __tablename__ = "transfer_request_endings"
    __table_args__ = (CheckConstraint("amount >= 0", "amount_not_negative"),)

    request_uid: Mapped[str] = mapped_column(ForeignKey("transfer_requests.uid"), primary_key=True)
    how: Mapped[Ending]
    amount: Mapped[Money]
    reason: Mapped[str]
    ended_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    record_seq: Mapped[int] = mapped_column(unique=True)

    staff: Mapped[Staff] = relationship(viewonly=True)


def open_requests() -> list[TransferRequest]:
    """Every request that still waits for its money, the oldest first."""
    return list(db.session.scalars(_OPEN))


def open_request_of(order_code: str) -> TransferRequest | None:
    """The request of an order that still waits; there is never more than one."""
    return db.session.scalar(_OPEN.where(TransferRequest.order_code == order_code))


def request_of(uid: str) -> TransferRequest | None:
    """The request of a uid, whatever became of it, or None."""
    return db.session.get(TransferRequest, uid)


def requests_of(order_code: str) -> list[TransferRequest]:
    """Everything that was asked for an order, the oldest first."""
    asked = select(TransferRequest).where(TransferRequest.order_code == order_code)
    return list(db.session.scalars(asked.order_by(TransferRequest.record_seq)))


def confirmed_on(day: date) -> list[TransferRequest]:
    """The requests of a day that somebody confirmed, the oldest first."""
    confirmed = select(TransferRequest).join(RequestEnding).where(RequestEnding.how == Ending.CONFIRMED)
    return list(db.session.scalars(confirmed.where(TransferRequest.day == day).order_by(TransferRequest.record_seq)))


def waiting_in_short() -> tuple[int, datetime | None]:
    """How many requests wait, and since when the oldest does; for the foot of every page."""
    waiting = _OPEN.order_by(None).with_only_columns(func.count(), func.min(TransferRequest.asked_at))
    count, oldest = db.session.execute(waiting).one()
    return count, oldest


_OPEN = (
    select(TransferRequest)
    .where(
        ~select(RequestEnding.request_uid).where(RequestEnding.request_uid == TransferRequest.uid).exists(),
        ~select(Sale.number).where(Sale.order_code == TransferRequest.order_code).exists(),
    )
    .order_by(TransferRequest.record_seq)
)
