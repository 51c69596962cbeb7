"""Deliveries while they are entered, as rows: they survive a power cut, and several may wait."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.attached_file import KeptFile
from core.database import Base
from core.money import Money
from core.quantity import Quantity
from core.staff import Staff
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.lot import TermsKind
from inventory.receiving.refusal import RefusalReason


class DeliveryDraft(Base):
    """What a producer brought, while it is looked through.

    `agreed`: the terms are those of his agreement; else `terms` and `commission` (hundredths of a percent) hold for
    every line. `target` is where the goods go unless a line says otherwise.
    """

    __tablename__ = "delivery_drafts"
    __table_args__ = (
        CheckConstraint("commission BETWEEN 0 AND 10000", "commission_within_whole"),
        CheckConstraint("terms IN ('bought', 'commission', 'delivery_price')", "known_terms"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    supplier_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    agreed: Mapped[bool]
    terms: Mapped[TermsKind]
    commission: Mapped[int | None]
    target: Mapped[str] = mapped_column(ForeignKey("locations.code"))
    note: Mapped[str]
    opened_at: Mapped[datetime]

    staff: Mapped[Staff] = relationship(viewonly=True)
    supplier: Mapped[Producer] = relationship(viewonly=True, lazy="joined", innerjoin=True)
    lines: Mapped[list["DeliveryDraftLine"]] = relationship(
        order_by="DeliveryDraftLine.n", back_populates="draft", cascade="all, delete-orphan"
    )
    files: Mapped[list["DeliveryDraftFile"]] = relationship(
        order_by="DeliveryDraftFile.n", back_populates="draft", cascade="all, delete-orphan"
    )

    def line(self, n: int) -> "DeliveryDraftLine | None":
        """The line of a number, or None when it was taken out."""
        return next((line for line in self.lines if line.n == n), None)


class DeliveryDraftLine(Base):
    """One line: `quantity` is accepted, `refused` goes home again, `announced` stands on the producer's paper.

    `amount` is the cost or the delivery price of one unit, by the draft's terms; `price` a new selling price.
    """

    __tablename__ = "delivery_draft_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 0", "quantity_not_negative"),
        CheckConstraint("refused >= 0", "refused_not_negative"),
        CheckConstraint("refused = 0 OR reason IS NOT NULL", "refused_for_a_reason"),
    )

    draft_id: Mapped[int] = mapped_column(ForeignKey("delivery_drafts.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    announced: Mapped[Quantity | None]
    quantity: Mapped[Quantity]
    refused: Mapped[Quantity]
    reason: Mapped[RefusalReason | None]
    refusal_note: Mapped[str]
    amount: Mapped[Money | None]
    price: Mapped[Money | None]
    best_before: Mapped[date | None]
    producer_lot: Mapped[str]
    papers: Mapped[str]
    target: Mapped[str | None] = mapped_column(ForeignKey("locations.code"))

    draft: Mapped[DeliveryDraft] = relationship(back_populates="lines")
    product: Mapped[Product] = relationship(lazy="joined", innerjoin=True, viewonly=True)

    @property
    def differs(self) -> bool:
        """Whether more or less came than the producer's paper says."""
        return self.announced is not None and self.announced != self.quantity + self.refused


class DeliveryDraftFile(Base):
    """A photo or scan of the papers that came with the goods."""

    __tablename__ = "delivery_draft_files"

    draft_id: Mapped[int] = mapped_column(ForeignKey("delivery_drafts.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("attached_files.sha256"))
    name: Mapped[str]

    draft: Mapped[DeliveryDraft] = relationship(back_populates="files")
    kept: Mapped[KeptFile] = relationship(viewonly=True, lazy="joined", innerjoin=True)
