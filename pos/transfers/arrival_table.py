"""Money of which the bank, or somebody at the counter, said that it has come; and what became of each such sum.

What nothing has been made of yet is money to be sorted out. The words of a transfer often hold names and numbers of
people, so they stand in a working table of their own and are erased as soon as the money is sorted out; the journal
never sees them.
"""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.money import Money
from core.staff import Staff
from pos.transfers.request_table import TransferRequest


class Source(enum.StrEnum):
    """Who said that money has come."""

    WEBHOOK = "webhook"
    """The bank, by a notice over the network."""
    FILE = "file"
    """The bank, by a notice fed in at the machine."""
    BY_HAND = "by_hand"
    """Somebody who saw or heard it, for no order that waits."""
    EXCESS = "excess"
    """What a customer sent above the amount asked for."""
    TAKEN_OUT = "taken_out"
    """A transfer that had been taken for a basket, and was taken out again before the sale."""
    GIVEN_UP = "given_up"
    """The bank had told of it when its request was given up."""


class Outcome(enum.StrEnum):
    """What was made of money that came."""

    MATCHED = "matched"
    """It belongs to a request."""
    COUNTED = "counted"
    """It was taken at the till already, under another order or amount."""
    SENT_BACK = "sent_back"
    NOT_OURS = "not_ours"
    """It has nothing to do with selling."""
    MISTAKE = "mistake"
    """It never came: somebody was mistaken."""


class Arrival(AppendOnly, Base):
    """One sum that has come. `reference` is the bank's own number of it, known once only."""

    __tablename__ = "bank_arrivals"
    __table_args__ = (CheckConstraint("amount > 0", "amount_positive"),)

    uid: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[Source]
    reference: Mapped[str | None] = mapped_column(unique=True)
    amount: Mapped[Money]
    order_code: Mapped[str | None] = mapped_column(index=True)
    booked_at: Mapped[datetime | None]
    told_at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    record_seq: Mapped[int] = mapped_column(unique=True)

    sorting: Mapped["ArrivalSorting | None"] = relationship(viewonly=True)
    words: Mapped["ArrivalWords | None"] = relationship(viewonly=True)
    staff: Mapped[Staff | None] = relationship(viewonly=True)


class ArrivalSorting(AppendOnly, Base):
    """What became of a sum: by itself where it names a request to the đồng, else by a manager with a reason."""

    __tablename__ = "bank_arrival_sortings"

    arrival_uid: Mapped[str] = mapped_column(ForeignKey("bank_arrivals.uid"), primary_key=True)
    outcome: Mapped[Outcome]
    request_uid: Mapped[str | None] = mapped_column(ForeignKey("transfer_requests.uid"), unique=True)
    reason: Mapped[str]
    sorted_at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    record_seq: Mapped[int]

    request: Mapped[TransferRequest | None] = relationship(viewonly=True)


class ArrivalWords(Base):
    """What the sender wrote, as long as somebody needs it to find out whose money this is."""

    __tablename__ = "bank_arrival_words"

    arrival_uid: Mapped[str] = mapped_column(ForeignKey("bank_arrivals.uid"), primary_key=True)
    words: Mapped[str]


def to_sort_out() -> list[Arrival]:
    """Money that nobody has made anything of yet, the oldest first."""
    return list(db.session.scalars(_UNSORTED.order_by(Arrival.record_seq)))


def count_to_sort_out() -> int:
    """How many sums wait to be sorted out."""
    return db.session.scalar(select(func.count()).select_from(_UNSORTED.subquery())) or 0


def arrival_of(uid: str) -> Arrival | None:
    """The sum of a uid, or None."""
    return db.session.get(Arrival, uid)


def arrival_known_as(reference: str) -> Arrival | None:
    """The sum that the bank has told of under this number before, or None."""
    return db.session.scalar(select(Arrival).where(Arrival.reference == reference))


def is_matched(request: TransferRequest) -> bool:
    """Whether the bank has told of the money of a request."""
    told = select(ArrivalSorting.arrival_uid).where(ArrivalSorting.request_uid == request.uid)
    return db.session.scalar(told) is not None


_UNSORTED = select(Arrival).where(
    ~select(ArrivalSorting.arrival_uid).where(ArrivalSorting.arrival_uid == Arrival.uid).exists()
)
