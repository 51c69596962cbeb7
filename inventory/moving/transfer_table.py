"""Goods between points as both ends keep them: what was sent, what the other point answered, what came from others."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base


class Transfer(AppendOnly, Base):
    """Goods sent to another point, with the very file that went along. The moves are those of its record."""

    __tablename__ = "transfers"
    __table_args__ = (CheckConstraint("number > 0", "number_positive"),)

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(unique=True)
    uid: Mapped[str] = mapped_column(unique=True)
    to_tid: Mapped[str]
    source: Mapped[str] = mapped_column(ForeignKey("locations.code"))
    day: Mapped[date]
    text: Mapped[str]
    signature: Mapped[str]
    staff_code: Mapped[str]

    answer: Mapped["TransferAnswer | None"] = relationship(viewonly=True)


class TransferAnswer(AppendOnly, Base):
    """What the other point accepted; with it the transfer is closed."""

    __tablename__ = "transfer_answers"

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    transfer_seq: Mapped[int] = mapped_column(ForeignKey("transfers.record_seq"), unique=True)
    day: Mapped[date]
    text: Mapped[str]
    signature: Mapped[str]
    staff_code: Mapped[str]


class ArrivedTransfer(AppendOnly, Base):
    """Goods that came from another point, taken in once, with the answer that closes it there."""

    __tablename__ = "arrived_transfers"

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    uid: Mapped[str] = mapped_column(unique=True)
    from_tid: Mapped[str]
    number: Mapped[int]
    day: Mapped[date]
    text: Mapped[str]
    signature: Mapped[str]
    answer_text: Mapped[str]
    answer_signature: Mapped[str]
    staff_code: Mapped[str]


class WaitingFile(Base):
    """A file of another point that somebody looks at before the goods are taken in."""

    __tablename__ = "waiting_point_files"

    uid: Mapped[str] = mapped_column(primary_key=True)
    line: Mapped[str]
    taken_at: Mapped[datetime]
