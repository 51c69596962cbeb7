"""Slips of goods that people move (phiếu chuyển kho, phiếu hủy hàng, phiếu xuất dùng, phiếu chuyển ngược).

Each has its number in a series of its own and one journal record; what moved are the moves of that record. A slip is
never changed: a mistake is answered by one slip that moves goods back.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import today
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.record import Kind
from core.quantity import NONE, Quantity
from core.skipped_number import Series, last_skipped
from core.staff import Staff
from inventory.consignment.claim_table import Claim
from inventory.lot import Lot
from inventory.stock_level import on_hand
from inventory.stock_move import StockMove


class SlipKind(enum.StrEnum):
    """What a slip does; each kind has its own numbers."""

    SHELF_MOVE = "shelf_move"
    WRITE_OFF = "write_off"
    OWN_USE = "own_use"
    MOVE_BACK = "move_back"

    @property
    def record(self) -> Kind:
        """The kind of its journal record."""
        return Kind(self.value.upper())

    @property
    def series(self) -> Series:
        """Where its numbers come from."""
        return Series(self.value)


class Cause(enum.StrEnum):
    """Why goods leave the books without a sale."""

    BREAKAGE = "breakage"
    EXPIRY = "expiry"
    THEFT = "theft"
    RECALL = "recall"
    SPOILED = "spoiled"
    OTHER = "other"
    OWN_USE = "own_use"
    TASTING = "tasting"


WRITE_OFF_CAUSES = (Cause.BREAKAGE, Cause.EXPIRY, Cause.THEFT, Cause.RECALL, Cause.SPOILED, Cause.OTHER)
USE_CAUSES = (Cause.TASTING, Cause.OWN_USE)


class NothingToMove(RuleBroken):
    message = N_("There is nothing on this slip. Scan the goods first.")


class QuantityNotMoved(RuleBroken):
    message = N_("The quantity of %(product)s must be more than 0, and whole for goods by the piece.")


class NotThatMuchThere(RuleBroken):
    """The book has fewer at that place: somebody must count before more is moved."""

    message = N_("Of lot %(lot)s, %(product)s, the book has only %(left)s there. Move at most that much; if more lies "
                 "there, count first.")  # fmt: skip


class MoveSlip(AppendOnly, Base):
    """One slip. `answers` is the record of the slip that a move back takes back."""

    __tablename__ = "move_slips"
    __table_args__ = (
        CheckConstraint("number > 0", "number_positive"),
        CheckConstraint("kind IN ('shelf_move', 'write_off', 'own_use', 'move_back')", "known_kind"),
        CheckConstraint("(kind = 'move_back') = (answers IS NOT NULL)", "a_move_back_answers"),
        CheckConstraint("(kind IN ('write_off', 'own_use')) = (cause IS NOT NULL)", "a_loss_has_a_cause"),
        CheckConstraint("kind = 'shelf_move' OR reason <> ''", "a_loss_has_a_reason"),
        UniqueConstraint("kind", "number"),
        Index("uq_move_slips_answers", "answers", unique=True),
    )

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[SlipKind]
    number: Mapped[int]
    day: Mapped[date]
    cause: Mapped[Cause | None]
    reason: Mapped[str]
    staff_code: Mapped[str]
    answers: Mapped[int | None] = mapped_column(ForeignKey("move_slips.record_seq"))

    answered: Mapped["MoveSlip | None"] = relationship(viewonly=True, remote_side=[record_seq])


@dataclass(frozen=True, slots=True)
class Portion:
    """So much of a lot, to be moved."""

    lot: Lot
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A line of a slip as pages and papers show it."""

    n: int
    lot: Lot
    quantity: Quantity
    source: str
    target: str
    claim: Claim | None


def check_portions(portions: Sequence[Portion], source: str) -> None:
    """Refuse nothing, parts of what is whole, and more of a lot than the book has at its place."""
    if not portions:
        raise NothingToMove()
    wanted: dict[int, Quantity] = {}
    for one in portions:
        product = one.lot.product
        if one.quantity <= NONE or not product.unit.takes(one.quantity):
            raise QuantityNotMoved(product=product.full_name)
        wanted[one.lot.id] = wanted.get(one.lot.id, NONE) + one.quantity
        left = on_hand(one.lot, source)
        if wanted[one.lot.id] > left:
            raise NotThatMuchThere(lot=one.lot.number, product=product.full_name, left=max(left, NONE))


def new_slip(
    kind: SlipKind, *, reason: str, by: Staff, record_seq: int, cause: Cause | None = None, answers: int | None = None
) -> MoveSlip:
    """The next slip of its kind, today."""
    return MoveSlip(
        kind=kind, number=next_slip_number(kind), day=today(), cause=cause, reason=reason, staff_code=by.code,
        answers=answers, record_seq=record_seq,
    )  # fmt: skip


def next_slip_number(kind: SlipKind) -> int:
    """One more than the last; gap-free but for a restore."""
    return last_slip_number(kind) + 1


def last_slip_number(kind: SlipKind) -> int:
    """The last number given out or skipped in this series."""
    last = db.session.scalar(select(func.max(MoveSlip.number)).where(MoveSlip.kind == kind)) or 0
    return max(last, last_skipped(kind.series))


def slip_of(kind: SlipKind, number: int) -> MoveSlip | None:
    """The slip of a number."""
    return db.session.scalar(select(MoveSlip).where(MoveSlip.kind == kind, MoveSlip.number == number))


def slip_answering(slip: MoveSlip) -> MoveSlip | None:
    """The slip that moved the goods of this one back; None while nobody did."""
    return db.session.scalar(select(MoveSlip).where(MoveSlip.answers == slip.record_seq))


def latest_slips(kind: SlipKind | None = None, limit: int | None = 50) -> list[MoveSlip]:
    """The newest slips first."""
    query = select(MoveSlip).order_by(MoveSlip.record_seq.desc()).limit(limit)
    return list(db.session.scalars(query if kind is None else query.where(MoveSlip.kind == kind)))


def lines_of(slip: MoveSlip) -> list[SlipLine]:
    """What moved by a slip, with the claims it raised."""
    claims = {one.line: one for one in db.session.scalars(select(Claim).where(Claim.record_seq == slip.record_seq))}
    rows = db.session.execute(
        select(StockMove, Lot)
        .join(Lot, Lot.id == StockMove.lot_id)
        .where(StockMove.record_seq == slip.record_seq)
        .order_by(StockMove.line)
    )
    return [
        SlipLine(move.line, lot, move.quantity, move.source, move.target, claims.get(move.line)) for move, lot in rows
    ]
