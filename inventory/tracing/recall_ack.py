"""Acknowledging a recall (xác nhận thu hồi): who searched shelf and stockroom, and how many of each lot were found.

Nothing moves by it: the goods lie apart and stay in the book until they are given back or written off. A second search
is another acknowledgement beside the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import next_seq, write_record
from core.journal.record import Kind
from core.quantity import NONE, Quantity
from core.staff import Staff
from core.text import clean
from inventory.catalogue.recall import Recall
from inventory.location import Location
from inventory.lot import Lot

_NOTE = 300


class LotNotRecalled(RuleBroken):
    """A lot that the recall does not name."""

    message = N_("Lot %(lot)s is not part of this recall. Load the page again.")


class FoundInParts(RuleBroken):
    """A jar is found whole or not at all."""

    message = N_("%(product)s is counted whole. Type how many were found without decimals.")


class RecallAck(AppendOnly, Base):
    """Somebody searched for recalled goods."""

    __tablename__ = "recall_acks"

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recall_id: Mapped[int] = mapped_column(ForeignKey("recalls.id"), index=True)
    note: Mapped[str]

    finds: Mapped[list["RecallFind"]] = relationship(order_by="RecallFind.line", viewonly=True, lazy="selectin")


class RecallFind(AppendOnly, Base):
    """How many of a lot were found at a place, beside what the book had there at that moment."""

    __tablename__ = "recall_finds"
    __table_args__ = (CheckConstraint("found >= 0", "found_not_negative"),)

    record_seq: Mapped[int] = mapped_column(ForeignKey("recall_acks.record_seq"), primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    location: Mapped[str] = mapped_column(ForeignKey("locations.code"))
    book: Mapped[Quantity]
    found: Mapped[Quantity]

    lot: Mapped[Lot] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    place: Mapped[Location] = relationship(viewonly=True, lazy="joined", innerjoin=True)


@dataclass(frozen=True, slots=True)
class Found:
    """So many of a lot were found at a place, where the book has so many."""

    lot: Lot
    location: str
    book: Quantity
    found: Quantity


def acknowledge_recall(recalled: Recall, finds: Sequence[Found], *, note: str = "", by: Staff) -> RecallAck:
    """Write down what was found of recalled goods; nothing at all is an answer, too."""
    for one in finds:
        _check(recalled, one)
    ack = RecallAck(record_seq=next_seq(), recall_id=recalled.id, note=clean(note, limit=_NOTE))
    lines = [
        {
            "n": n,
            "lot": one.lot.number,
            "at": one.location,
            "book": one.book.thousandths,
            "found": one.found.thousandths,
        }
        for n, one in enumerate(finds, start=1)
    ]
    record = write_record(Kind.RECALL_ACK, {"uid": recalled.uid, "note": ack.note, "lines": lines}, by=by)
    assert record.seq == ack.record_seq
    db.session.add(ack)
    db.session.flush()
    db.session.add_all(_rows(ack, finds))
    db.session.flush()
    return ack


def _check(recalled: Recall, one: Found) -> None:
    if one.lot.product_id != recalled.product_id or not recalled.covers(one.lot):
        raise LotNotRecalled(lot=one.lot.number)
    assert one.found >= NONE, "the form reads no minus"
    if not one.lot.product.unit.takes(one.found):
        raise FoundInParts(product=one.lot.product.name)


def _rows(ack: RecallAck, finds: Sequence[Found]) -> Iterator[RecallFind]:
    for n, one in enumerate(finds, start=1):
        yield RecallFind(
            record_seq=ack.record_seq, line=n, lot_id=one.lot.id, location=one.location, book=one.book, found=one.found
        )


def acks_of(recalled: Recall) -> list[RecallAck]:
    """What was found so far, the latest search first."""
    wanted = select(RecallAck).where(RecallAck.recall_id == recalled.id).order_by(RecallAck.record_seq.desc())
    return list(db.session.scalars(wanted))
