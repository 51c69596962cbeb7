"""What is owed no more: goods of a producer that a customer brought back, in the refund's transaction.

Each row answers lines of `owed_lines`, which stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from core.database import Base, db
from core.money import ZERO, Money
from core.quantity import NONE, Quantity
from inventory.catalogue.producer import Producer
from inventory.consignment.owed import OfAnOwner, Owed, OwedLine, promises_of, rows_of
from inventory.lot import Lot


class OwedReversal(OfAnOwner, Base):
    """So much of a producer's lot came back; `due` of what was owed for it is owed no more."""

    __tablename__ = "owed_reversals"
    __table_args__ = promises_of("owed_reversals")


_TABLE: Any = OwedReversal.__table__
_INSERT = insert(_TABLE)


@dataclass(frozen=True, slots=True)
class SoldNet:
    """What of a consigned lot customers still have: sold less brought back, and what is owed for it."""

    quantity: Quantity
    due: Money


def reverse_owed(lines: Sequence[Owed], record_seq: int) -> None:
    """Take off what a refund's record owes no more, inside its transaction."""
    if lines:
        db.session.connection().execute(_INSERT, rows_of(lines, record_seq))


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
