"""What is owed no more: goods of a producer that a customer brought back, in the refund's transaction.

Each row answers lines of `owed_lines`, which stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.money import ZERO, Money
from core.quantity import NONE, Quantity
from inventory.catalogue.producer import Producer
from inventory.lot import Lot
from inventory.owed import Owed, OwedLine


class OwedReversal(AppendOnly, Base):
    """So much of a producer's lot came back for `amount`; `due` of what was owed for it is owed no more."""

    __tablename__ = "owed_reversals"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity_positive"),
        CheckConstraint("amount >= 0", "amount_not_negative"),
        CheckConstraint("due >= 0", "due_not_negative"),
        Index("uq_owed_reversals_line", "record_seq", "line", unique=True),
        Index("ix_owed_reversals_owner", "owner_id", "record_seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    quantity: Mapped[Quantity]
    amount: Mapped[Money]
    due: Mapped[Money]
    record_seq: Mapped[int]
    line: Mapped[int]


_TABLE: Any = OwedReversal.__table__
_INSERT = insert(_TABLE)


@dataclass(frozen=True, slots=True)
class SoldNet:
    """What of a consigned lot customers still have: sold less brought back, and what is owed for it."""

    quantity: Quantity
    due: Money


def reverse_owed(lines: Sequence[Owed], record_seq: int) -> None:
    """Take off what a refund's record owes no more, inside its transaction."""
    for line in lines:
        assert line.lot.owner_id is not None, f"lot {line.lot.number} is the point's own"
        assert line.quantity > NONE, f"nothing of lot {line.lot.number}"
        assert line.due >= ZERO, f"less than nothing for lot {line.lot.number}"
    if lines:
        db.session.connection().execute(
            _INSERT,
            [
                {
                    "owner_id": line.lot.owner_id,
                    "lot_id": line.lot.id,
                    "quantity": line.quantity,
                    "amount": line.amount,
                    "due": line.due,
                    "record_seq": record_seq,
                    "line": line.line,
                }
                for line in lines
            ],
        )


def owed_to(producer: Producer) -> Money:
    """All that sales have owed to a producer so far, less what came back of them; paid or not."""
    owed = db.session.scalar(select(func.sum(OwedLine.due)).where(OwedLine.owner_id == producer.id)) or ZERO
    back = db.session.scalar(select(func.sum(OwedReversal.due)).where(OwedReversal.owner_id == producer.id)) or ZERO
    return owed - back


def sold_net_of(lot: Lot) -> SoldNet:
    """How much of a consigned lot was ever sold and has not come back, and what is owed for that."""
    sold, owed = _sums(OwedLine, lot)
    back, less = _sums(OwedReversal, lot)
    return SoldNet(sold - back, owed - less)


def _sums(table: type[OwedLine] | type[OwedReversal], lot: Lot) -> tuple[Quantity, Money]:
    quantity, due = db.session.execute(
        select(func.sum(table.quantity), func.sum(table.due)).where(table.lot_id == lot.id)
    ).one()
    return quantity or NONE, due or ZERO
