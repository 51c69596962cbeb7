"""A goods return while it is gathered: working rows that survive a power cut; several may wait.

A draft is no document: it may change until it is posted (goods_return.py) and leaves no trace when it is dropped.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.quantity import NONE, Quantity
from core.staff import Staff
from core.text import clean
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.location import SHELF
from inventory.lot import Lot
from inventory.receiving.confirmation import Confirmation
from inventory.receiving.goods_return import GoingBack, MoreThanThere, check_lot, name_of, return_goods
from inventory.receiving.goods_return_table import GoodsReturn, ReturnReason
from inventory.receiving.goods_there import LotThere, lots_there


class NothingOfItThere(RuleBroken):
    """The book knows of none left."""

    message = N_("Nothing of %(product)s from %(producer)s is on the shelf or in the stockroom. Look at its lots.")


class ReturnDraft(Base):
    """What is being gathered for one producer; `reason` is the one that the next line gets."""

    __tablename__ = "goods_return_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[ReturnReason]
    note: Mapped[str]
    opened_at: Mapped[datetime]

    producer: Mapped[Producer] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    staff: Mapped[Staff] = relationship(viewonly=True)
    lines: Mapped[list["ReturnDraftLine"]] = relationship(
        order_by="ReturnDraftLine.n", back_populates="draft", cascade="all, delete-orphan"
    )

    def line(self, n: int) -> "ReturnDraftLine | None":
        """The line of a number, or None when it was taken out."""
        return next((line for line in self.lines if line.n == n), None)


class ReturnDraftLine(Base):
    """So much of a lot, from one place."""

    __tablename__ = "goods_return_draft_lines"
    __table_args__ = (CheckConstraint("quantity >= 0", "quantity_not_negative"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("goods_return_drafts.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    source: Mapped[str] = mapped_column(ForeignKey("locations.code"))
    quantity: Mapped[Quantity]
    reason: Mapped[ReturnReason]

    draft: Mapped[ReturnDraft] = relationship(back_populates="lines")
    lot: Mapped[Lot] = relationship(lazy="joined", innerjoin=True, viewonly=True)


def waiting_returns() -> list[ReturnDraft]:
    """The returns that are being gathered, the newest first."""
    return list(db.session.scalars(select(ReturnDraft).order_by(ReturnDraft.id.desc())))


def begin_return(producer: Producer, *, by: Staff, reason: ReturnReason = ReturnReason.UNSOLD) -> ReturnDraft:
    """Begin to gather what goes back to a producer; one whom the shop works with no more gets his goods back, too."""
    draft = ReturnDraft(
        producer_id=producer.id, producer=producer, staff_id=by.id, reason=reason, note="", opened_at=now()
    )
    db.session.add(draft)
    db.session.flush()
    return draft


def set_words(draft: ReturnDraft, *, reason: ReturnReason, note: str) -> None:
    """Say why the next lines go back, and what is to stand on the slip."""
    draft.reason, draft.note = reason, clean(note, limit=300)
    db.session.flush()


def add_lot(
    draft: ReturnDraft,
    lot: Lot,
    quantity: Quantity,
    *,
    source: str | None = None,
    reason: ReturnReason | None = None,
) -> ReturnDraftLine:
    """Lay so much of a lot to what goes back; the same lot from the same place again raises its line.

    Without a place it comes from where something of it is left, the shelf first. Never more than the book has there.
    """
    check_lot(draft.producer, lot, beside=draft.lines[0].lot if draft.lines else None)
    there = there_of(draft.producer, lot)
    place = source or place_with_room(draft, there)
    line = next((one for one in draft.lines if (one.lot_id, one.source) == (lot.id, place)), None)
    if line is None:
        line = ReturnDraftLine(
            n=max((one.n for one in draft.lines), default=0) + 1,
            lot_id=lot.id, lot=lot, source=place, quantity=NONE, reason=reason or draft.reason,
        )  # fmt: skip
        refuse_beyond(there, place, quantity)
        draft.lines.append(line)
    else:
        refuse_beyond(there, place, line.quantity + quantity)
    line.quantity += quantity
    db.session.flush()
    return line


def there_of(producer: Producer, lot: Lot) -> LotThere:
    """What is left of a lot; refuses one of which nothing is."""
    there = next(iter(lots_there(producer, lots=[lot])), None)
    if there is None or not there.places:
        raise NothingOfItThere(product=lot.product.full_name, producer=producer.name)
    return there


def place_with_room(draft: ReturnDraft, there: LotThere) -> str:
    """The place from which more of a lot can be taken than the draft takes already; the shelf when there is none."""
    taken = {line.source: line.quantity for line in draft.lines if line.lot_id == there.lot.id}
    return next((place for place in there.places if taken.get(place, NONE) < there.at(place)), SHELF)


def refuse_beyond(there: LotThere, place: str, quantity: Quantity) -> None:
    """Refuse to take more of a lot than lies at a place."""
    if quantity > there.at(place):
        raise MoreThanThere(
            product=there.lot.product.name, lot=there.lot.number, left=there.at(place), place=name_of(place)
        )


def add_product(draft: ReturnDraft, product: Product, quantity: Quantity) -> ReturnDraftLine:
    """Lay so much of a product to what goes back, from the lot that ends first."""
    for there in lots_there(draft.producer, product=product):
        place = place_with_room(draft, there)
        taken = sum((one.quantity for one in draft.lines if (one.lot_id, one.source) == (there.lot.id, place)), NONE)
        if taken < there.at(place):
            return add_lot(draft, there.lot, quantity, source=place)
    raise NothingOfItThere(product=product.full_name, producer=draft.producer.name)


def add_everything(draft: ReturnDraft) -> None:
    """Lay everything that is left of the producer's goods to what goes back, of one owner as the first line says.

    Without any line yet, it is what he left on consignment; where there is none, what was bought from him.
    """
    left = lots_there(draft.producer)
    if draft.lines:
        owner_id = draft.lines[0].lot.owner_id
    else:
        owner_id = next((there.lot.owner_id for there in left if there.lot.owner_id is not None), None)
    for there in left:
        if there.lot.owner_id == owner_id:
            for place in there.places:
                lay_all(draft, there, place)
    db.session.flush()


def lay_all(draft: ReturnDraft, there: LotThere, place: str) -> None:
    """Let all of a lot that lies at a place go back."""
    taken = sum((one.quantity for one in draft.lines if (one.lot_id, one.source) == (there.lot.id, place)), NONE)
    if taken < there.at(place):
        add_lot(draft, there.lot, there.at(place) - taken, source=place)


def change_return_line(line: ReturnDraftLine, *, quantity: Quantity, source: str, reason: ReturnReason) -> None:
    """Say how much of a lot goes back, from where and why; the other line of the same lot and place is taken in."""
    refuse_beyond(there_of(line.draft.producer, line.lot), source, quantity)
    twin = next(
        (one for one in line.draft.lines if one is not line and (one.lot_id, one.source) == (line.lot_id, source)),
        None,
    )
    if twin is not None:
        line.draft.lines.remove(twin)
    line.quantity, line.source, line.reason = quantity, source, reason
    db.session.flush()


def remove_return_line(line: ReturnDraftLine) -> None:
    """Take a line out."""
    line.draft.lines.remove(line)
    db.session.flush()


def drop_return(draft: ReturnDraft) -> None:
    """Give the draft up; nothing of it is kept."""
    db.session.delete(draft)
    db.session.flush()


def post_return(draft: ReturnDraft, *, confirmed: Confirmation, by: Staff) -> GoodsReturn:
    """Give the gathered goods back: the draft becomes a goods return with its slip."""
    lines = [GoingBack(line.lot, line.quantity, line.source, line.reason) for line in draft.lines]
    returned = return_goods(draft.producer, lines=lines, by=by, note=draft.note, confirmed=confirmed)
    drop_return(draft)
    return returned
