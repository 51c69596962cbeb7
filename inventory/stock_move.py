"""Stock moves (phiếu chuyển): so much of a lot from one location to another. This is the only writer of stock.

Quantities are positive, the direction is where from and where to; a mistake is answered by a move back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, insert
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.quantity import NONE, Quantity
from inventory.lot import Lot


class StockMove(AppendOnly, Base):
    """One move; `record_seq` and `line` name the journal record and its line that made it."""

    __tablename__ = "stock_moves"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity_positive"),
        CheckConstraint("source <> target", "goes_somewhere"),
        Index("uq_stock_moves_line", "record_seq", "line", unique=True),
        # holds all that the sum of a lot needs, now and on a past day, so that neither ever reads the table itself
        Index("ix_stock_moves_on_hand", "lot_id", "source", "target", "record_seq", "quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    source: Mapped[str] = mapped_column(ForeignKey("locations.code"))
    target: Mapped[str] = mapped_column(ForeignKey("locations.code"))
    quantity: Mapped[Quantity]
    record_seq: Mapped[int]
    line: Mapped[int]


_TABLE: Any = StockMove.__table__
_INSERT = insert(_TABLE)


@dataclass(frozen=True, slots=True)
class Move:
    """What is to be moved: so much of a lot, from and to locations by their codes, for a line of a record."""

    lot: Lot
    source: str
    target: str
    quantity: Quantity
    line: int


def post_moves(moves: Sequence[Move], record_seq: int) -> None:
    """Write the moves of one journal record, inside its transaction.

    A quantity that is not above zero, or a move to where the goods are already, is our own mistake.
    """
    for move in moves:
        assert move.quantity > NONE, f"a move of {move.quantity}"
        assert move.source != move.target, f"a move from {move.source} to itself"
    if moves:
        db.session.connection().execute(
            _INSERT,
            [
                {
                    "lot_id": move.lot.id,
                    "source": move.source,
                    "target": move.target,
                    "quantity": move.quantity,
                    "record_seq": record_seq,
                    "line": move.line,
                }
                for move in moves
            ],
        )
