"""A delivery while it is being entered: working rows that survive a power cut, one for each person who enters one.

A draft is no document: it may change until it is posted (delivery.py) and leaves no trace when it is dropped.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now, today
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.quantity import NONE, Quantity
from core.staff import Staff
from core.text import clean
from inventory.catalogue.eligibility import check_receivable
from inventory.catalogue.producer import Producer, refuse_retired
from inventory.catalogue.product import Product
from inventory.lot import Lot, Terms, TermsKind
from inventory.receiving.delivery import Arrival, receive_goods
from inventory.receiving.receipt_table import GoodsReceipt


class SupplierMissing(RuleBroken):
    """Nobody is named who brought the goods."""

    message = N_("Who brought the goods? Choose the producer first.")


class TermsMissing(RuleBroken):
    """A line without its price cannot be settled later."""

    message = N_("%(product)s has no cost or delivery price yet. Type what the producer gets for one on its line.")


class CommissionMissing(RuleBroken):
    """Consigned on commission, but nobody said how much."""

    message = N_("The commission is missing. Type the percentage that stays with the shop.")


class QuantityMissing(RuleBroken):
    """A line whose weight nobody has typed."""

    message = N_("%(product)s has no quantity yet. Choose its line and type how much came.")


class DeliveryDraft(Base):
    """What one person is entering. `commission` is in hundredths of a percent and holds for every line."""

    __tablename__ = "delivery_drafts"
    __table_args__ = (
        CheckConstraint("commission BETWEEN 0 AND 10000", "commission_within_whole"),
        CheckConstraint("terms IN ('bought', 'commission', 'delivery_price')", "known_terms"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), unique=True)
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    terms: Mapped[TermsKind]
    commission: Mapped[int | None]
    note: Mapped[str]
    opened_at: Mapped[datetime]

    supplier: Mapped[Producer | None] = relationship(viewonly=True)
    lines: Mapped[list["DeliveryDraftLine"]] = relationship(
        order_by="DeliveryDraftLine.n", back_populates="draft", cascade="all, delete-orphan"
    )

    def line(self, n: int) -> "DeliveryDraftLine | None":
        """The line of a number, or None when it was taken out."""
        return next((line for line in self.lines if line.n == n), None)


class DeliveryDraftLine(Base):
    """One line: `amount` is the cost or the delivery price of one unit, by the draft's terms."""

    __tablename__ = "delivery_draft_lines"
    __table_args__ = (CheckConstraint("quantity >= 0", "quantity_not_negative"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("delivery_drafts.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[Quantity]
    amount: Mapped[Money | None]
    best_before: Mapped[date | None]
    producer_lot: Mapped[str]
    papers: Mapped[str]

    draft: Mapped[DeliveryDraft] = relationship(back_populates="lines")
    product: Mapped[Product] = relationship(lazy="joined", innerjoin=True, viewonly=True)


def draft_of(staff: Staff) -> DeliveryDraft | None:
    """What this person is entering, or None."""
    return db.session.scalar(select(DeliveryDraft).where(DeliveryDraft.staff_id == staff.id))


def open_draft(staff: Staff) -> DeliveryDraft:
    """What this person is entering; a new draft when there is none."""
    draft = draft_of(staff)
    if draft is None:
        draft = DeliveryDraft(
            staff_id=staff.id, supplier_id=None, terms=TermsKind.BOUGHT, commission=None, note="", opened_at=now()
        )
        db.session.add(draft)
        db.session.flush()
    return draft


def set_supplier(draft: DeliveryDraft, supplier: Producer) -> None:
    """Say who brought the goods."""
    refuse_retired(supplier)
    draft.supplier_id = supplier.id
    db.session.flush()
    db.session.refresh(draft, ["supplier"])


def set_terms(draft: DeliveryDraft, kind: TermsKind, *, commission: int | None, note: str) -> None:
    """Say how the goods come: bought, on commission, or at a delivery price."""
    if kind is TermsKind.COMMISSION and commission is None:
        raise CommissionMissing()
    if kind is not draft.terms:
        for line in draft.lines:
            line.amount = None  # a cost is no delivery price
    draft.terms, draft.note = kind, clean(note, limit=300)
    draft.commission = Terms.on_commission(commission).commission if commission is not None else None
    db.session.flush()


def add_to_draft(
    draft: DeliveryDraft,
    product: Product,
    quantity: Quantity,
    *,
    best_before: date | None = None,
    producer_lot: str = "",
) -> DeliveryDraftLine:
    """Put goods on the draft; the same product, lot and day again raises its line.

    Refuses goods that may not be taken in today. The cost or delivery price is the one they last came at.
    """
    if draft.supplier_id is None:
        raise SupplierMissing()
    check_receivable(product, today(), sell_by=best_before)
    lot = clean(producer_lot, limit=40)
    for line in draft.lines:
        if line.product_id == product.id and line.producer_lot == lot and line.best_before in (best_before, None):
            line.quantity, line.best_before = line.quantity + quantity, best_before or line.best_before
            db.session.flush()
            return line
    line = DeliveryDraftLine(
        n=max((line.n for line in draft.lines), default=0) + 1,
        product_id=product.id,
        product=product,
        quantity=quantity,
        amount=last_amount(draft, product),
        best_before=best_before,
        producer_lot=lot,
        papers="",
    )
    draft.lines.append(line)
    db.session.flush()
    return line


def last_amount(draft: DeliveryDraft, product: Product) -> Money | None:
    """What one unit cost the last time this producer brought it on the same kind of terms."""
    lot = db.session.scalar(
        select(Lot)
        .where(Lot.product_id == product.id, Lot.supplier_id == draft.supplier_id, Lot.terms == draft.terms)
        .order_by(Lot.id.desc())
        .limit(1)
    )
    return (lot.cost or lot.delivery_price) if lot is not None else None


def change_draft_line(
    line: DeliveryDraftLine,
    *,
    quantity: Quantity,
    amount: Money | None,
    best_before: date | None,
    producer_lot: str,
    papers: str,
) -> None:
    """Write what stands on the pack and on the slip."""
    check_receivable(line.product, today(), sell_by=best_before)
    line.quantity, line.amount, line.best_before = quantity, amount, best_before
    line.producer_lot, line.papers = clean(producer_lot, limit=40), clean(papers, limit=300)
    db.session.flush()


def remove_draft_line(line: DeliveryDraftLine) -> None:
    """Take a line out."""
    line.draft.lines.remove(line)
    db.session.flush()


def drop_draft(draft: DeliveryDraft) -> None:
    """Give the draft up; nothing of it is kept."""
    db.session.delete(draft)
    db.session.flush()


def post_draft(draft: DeliveryDraft, *, by: Staff) -> GoodsReceipt:
    """Accept what was entered: the draft becomes a goods receipt with its lots and moves."""
    if draft.supplier is None:
        raise SupplierMissing()
    arrivals = [arrival_of(draft, line) for line in draft.lines]
    receipt = receive_goods(supplier=draft.supplier, lines=arrivals, by=by, note=draft.note)
    drop_draft(draft)
    return receipt


def arrival_of(draft: DeliveryDraft, line: DeliveryDraftLine) -> Arrival:
    """A line as it is received."""
    if line.quantity <= NONE:
        raise QuantityMissing(product=line.product.name)
    return Arrival(
        product=line.product,
        quantity=line.quantity,
        terms=terms_of(draft, line),
        best_before=line.best_before,
        producer_lot=line.producer_lot,
        papers=line.papers,
    )


def terms_of(draft: DeliveryDraft, line: DeliveryDraftLine) -> Terms:
    """The terms that a line is received under."""
    if draft.terms is TermsKind.COMMISSION:
        if draft.commission is None:
            raise CommissionMissing()
        return Terms.on_commission(draft.commission)
    if line.amount is None:
        raise TermsMissing(product=line.product.name)
    if draft.terms is TermsKind.BOUGHT:
        return Terms.bought(line.amount)
    return Terms.at_delivery_price(line.amount)
