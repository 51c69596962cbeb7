"""A slip while it is being entered: working rows that survive a power cut, one of each purpose for each person."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.quantity import NONE, Quantity
from core.staff import Staff
from inventory.catalogue.product import Product
from inventory.location import SHELF, STOCKROOM
from inventory.lot import Lot
from inventory.moving.move_slip import Portion
from inventory.stock_level import on_hand, on_hand_by_lot


class Purpose(enum.StrEnum):
    """What the slip will be."""

    TO_SHELF = "to_shelf"
    TO_STOCKROOM = "to_stockroom"
    WRITE_OFF = "write_off"
    OWN_USE = "own_use"
    TRANSFER = "transfer"

    @property
    def places(self) -> tuple[str, ...]:
        """Where the goods may come from; the first is meant until somebody says otherwise."""
        if self is Purpose.TO_SHELF:
            return (STOCKROOM,)
        if self is Purpose.TRANSFER:
            return (STOCKROOM, SHELF)
        return (SHELF,) if self is Purpose.TO_STOCKROOM else (SHELF, STOCKROOM)


class NoneThere(RuleBroken):
    message = N_("The book has no %(product)s left at this place. Choose the other place, or count first.")


class LotNotThere(RuleBroken):
    message = N_("The book has nothing left of lot %(lot)s at this place. Choose the other place, or count first.")


class MoveDraft(Base):
    """What one person is entering for one purpose."""

    __tablename__ = "move_drafts"
    __table_args__ = (
        CheckConstraint("purpose IN ('to_shelf', 'to_stockroom', 'write_off', 'own_use', 'transfer')", "known_purpose"),
        UniqueConstraint("staff_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    purpose: Mapped[Purpose]
    source: Mapped[str] = mapped_column(ForeignKey("locations.code"))
    opened_at: Mapped[datetime]

    lines: Mapped[list["MoveDraftLine"]] = relationship(
        order_by="MoveDraftLine.n", back_populates="draft", cascade="all, delete-orphan"
    )

    def line(self, n: int) -> "MoveDraftLine | None":
        """The line of a number, or None when it was taken out."""
        return next((line for line in self.lines if line.n == n), None)


class MoveDraftLine(Base):
    """So much of a lot; of goods by weight nothing until somebody types how much."""

    __tablename__ = "move_draft_lines"
    __table_args__ = (CheckConstraint("quantity >= 0", "quantity_not_negative"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("move_drafts.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    quantity: Mapped[Quantity]

    draft: Mapped[MoveDraft] = relationship(back_populates="lines")
    lot: Mapped[Lot] = relationship(lazy="joined", innerjoin=True, viewonly=True)


def draft_of(staff: Staff, purpose: Purpose) -> MoveDraft | None:
    """What this person is entering, or None."""
    return db.session.scalar(
        select(MoveDraft).where(MoveDraft.staff_id == staff.id, MoveDraft.purpose == purpose)
    )  # fmt: skip


def open_draft(staff: Staff, purpose: Purpose) -> MoveDraft:
    """What this person is entering; a new draft when there is none."""
    draft = draft_of(staff, purpose)
    if draft is None:
        draft = MoveDraft(staff_id=staff.id, purpose=purpose, source=purpose.places[0], opened_at=now())
        db.session.add(draft)
        db.session.flush()
    return draft


def set_source(draft: MoveDraft, place: str) -> None:
    """Say where the goods are taken from; lines of another place are dropped with it."""
    assert place in draft.purpose.places, place
    if place != draft.source:
        draft.lines.clear()
        draft.source = place
    db.session.flush()


def add_to_draft(draft: MoveDraft, product: Product, quantity: Quantity, *, lot: Lot | None = None) -> MoveDraftLine:
    """Put goods on the draft: of the lot in the hand, else of the first to end that the book has left at the place.

    More than the first lot has goes on with the next; the last line takes what no lot has, and is refused in the end.
    """
    if lot is not None:
        if on_hand(lot, draft.source) <= NONE:
            raise LotNotThere(lot=lot.number)
        return _add(draft, lot, quantity)
    there = [one for one in on_hand_by_lot([product.id], draft.source).get(product.id, []) if one.quantity > NONE]
    if not there:
        raise NoneThere(product=product.full_name)
    line, missing = None, quantity
    for one in there:
        part = min(missing, one.quantity - _taken(draft, one.lot))
        if part > NONE:
            line = _add(draft, one.lot, part)
            missing -= part
    if missing > NONE or line is None:
        line = _add(draft, there[-1].lot, missing)
    return line


def _taken(draft: MoveDraft, lot: Lot) -> Quantity:
    return next((line.quantity for line in draft.lines if line.lot_id == lot.id), NONE)


def _add(draft: MoveDraft, lot: Lot, quantity: Quantity) -> MoveDraftLine:
    line = next((line for line in draft.lines if line.lot_id == lot.id), None)
    if line is None:
        n = max((line.n for line in draft.lines), default=0) + 1
        line = MoveDraftLine(n=n, lot_id=lot.id, lot=lot, quantity=NONE)
        draft.lines.append(line)
    line.quantity += quantity
    db.session.flush()
    return line


def change_line(line: MoveDraftLine, quantity: Quantity) -> None:
    """How much it is after all."""
    line.quantity = quantity
    db.session.flush()


def remove_line(line: MoveDraftLine) -> None:
    """Take a line out."""
    line.draft.lines.remove(line)
    db.session.flush()


def drop_draft(draft: MoveDraft) -> None:
    """Give the draft up, or leave it behind once it is posted."""
    db.session.delete(draft)
    db.session.flush()


def portions_of(draft: MoveDraft) -> list[Portion]:
    """What is to be moved."""
    return [Portion(line.lot, line.quantity) for line in draft.lines]
