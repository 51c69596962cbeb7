"""What is owed to producers (công nợ ký gửi): one line for each line sold of their goods, in the sale's transaction.

Goods brought back take it off again by rows of their own (inventory/consignment/owed_reversal.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, insert
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.money import ZERO, Money
from core.quantity import NONE, Quantity
from inventory.lot import Lot


class OfAnOwner(AppendOnly):
    """So much of a producer's lot, by a line of a record: customers paid `amount` for it, of which `due` is his."""

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    quantity: Mapped[Quantity]
    amount: Mapped[Money]
    due: Mapped[Money]
    record_seq: Mapped[int]
    line: Mapped[int]


def promises_of(table: str) -> tuple[CheckConstraint | Index, ...]:
    """What the database promises of such a table."""
    return (
        CheckConstraint("quantity > 0", "quantity_positive"),
        CheckConstraint("amount >= 0", "amount_not_negative"),
        CheckConstraint("due >= 0", "due_not_negative"),
        Index(f"uq_{table}_line", "record_seq", "line", unique=True),
        Index(f"ix_{table}_owner", "owner_id", "record_seq"),
    )


class OwedLine(OfAnOwner, Base):
    """So much of a producer's lot was sold, and `due` is owed for it."""

    __tablename__ = "owed_lines"
    __table_args__ = promises_of("owed_lines")


_TABLE: Any = OwedLine.__table__
_INSERT = insert(_TABLE)


@dataclass(frozen=True, slots=True)
class Owed:
    """A line to write down: so much of a consigned lot, what the customer paid for it, what is the owner's."""

    lot: Lot
    quantity: Quantity
    amount: Money
    due: Money
    line: int


def write_owed(lines: Sequence[Owed], record_seq: int) -> None:
    """Write what a sale's record owes to owners, inside its transaction. Goods of the point owe nobody anything."""
    if lines:
        db.session.connection().execute(_INSERT, rows_of(lines, record_seq))


def rows_of(lines: Sequence[Owed], record_seq: int) -> list[dict[str, Any]]:
    """The lines of a record as rows; what owes nobody, or nothing, is our own mistake."""
    for line in lines:
        assert line.lot.owner_id is not None, f"lot {line.lot.number} is the point's own"
        assert line.quantity > NONE, f"nothing of lot {line.lot.number}"
        assert line.due >= ZERO, f"less than nothing for lot {line.lot.number}"
    return [
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
    ]
