"""The tables of invoices: what was made is never changed; how it stands with the tax office is a row of its own.

Who a buyer is stands in `invoice_buyers` alone and can be blanked there when the years of law are over; the journal
holds a salted hash of it.
"""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base
from core.money import Money
from core.private_mark import fingerprint
from pos.sale import Sale


class InvoiceKind(enum.StrEnum):
    """What an invoice is: the first of a sale, or one that stands in for another, or adds to it."""

    ORIGINAL = "original"
    REPLACEMENT = "replacement"
    ADJUSTMENT = "adjustment"


class InvoiceStep(enum.StrEnum):
    """What was done about an invoice after it was made."""

    PACKED = "packed"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    AGAIN = "again"  # back among those to be sent: a person said so, or the tax office did not speak of it


class Standing(enum.StrEnum):
    """How an invoice stands with the tax office now."""

    WAITING = "waiting"  # the sale is there, the invoice has no number and code yet
    MADE = "made"
    PACKED = "packed"
    SENT = "sent"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class InvoiceBuyer(Base):
    """Who asked for an invoice, as it stands on it. Blanked when its years are over."""

    __tablename__ = "invoice_buyers"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_code: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    tax_code: Mapped[str]
    address: Mapped[str]
    personal_id: Mapped[str]
    phone: Mapped[str]
    mark: Mapped[str]
    day: Mapped[date]

    @property
    def fingerprint(self) -> str:
        """What the journal says of this buyer."""
        return fingerprint(self.mark)


class InvoiceBlock(AppendOnly, Base):
    """Numbers of the tax office's code that are this shop's alone: no other till or shop of the taxpayer uses them."""

    __tablename__ = "invoice_blocks"
    __table_args__ = (CheckConstraint("first > 0 AND last >= first", "whole"),)

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    given: Mapped[str]
    first: Mapped[int] = mapped_column(unique=True)
    last: Mapped[int] = mapped_column(unique=True)
    entered_at: Mapped[datetime]
    staff_code: Mapped[str]


class InvoiceWait(AppendOnly, Base):
    """An invoice that should be there and could not be numbered: the sale went on without it."""

    __tablename__ = "invoice_waits"

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[InvoiceKind]
    sale_number: Mapped[int] = mapped_column(ForeignKey("sales.number"), index=True)
    refund_number: Mapped[int | None]
    corrects: Mapped[str | None]
    total: Mapped[Money]
    vat: Mapped[Money]
    reason: Mapped[str]
    why: Mapped[str]


class Invoice(AppendOnly, Base):
    """One invoice; series, number and code were given once and are never given again.

    Its lines are those of its sale; of an adjustment those of the refund; of a replacement what is left of the sale
    after the refunds up to `refund_number`. `corrects` is the code of the invoice it answers.
    """

    __tablename__ = "invoices"
    __table_args__ = (
        UniqueConstraint("form", "series", "number"),
        CheckConstraint("number BETWEEN 1 AND 99999999", "eight_digits"),
        CheckConstraint("(kind = 'original') = (corrects IS NULL)", "answers_another"),
        Index(
            "uq_invoices_original", "sale_number", unique=True,
            sqlite_where=text("kind = 'original'"), postgresql_where=text("kind = 'original'"),
        ),
        Index(
            "uq_invoices_of_refund", "refund_number", unique=True,
            sqlite_where=text("refund_number IS NOT NULL"), postgresql_where=text("refund_number IS NOT NULL"),
        ),
        Index("ix_invoices_sale", "sale_number"),
        Index("ix_invoices_day", "day"),
    )  # fmt: skip

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[InvoiceKind]
    sale_number: Mapped[int] = mapped_column(ForeignKey("sales.number"))
    refund_number: Mapped[int | None]
    corrects: Mapped[str | None] = mapped_column(ForeignKey("invoices.code"), index=True)
    waited: Mapped[int | None] = mapped_column(ForeignKey("invoice_waits.record_seq"), unique=True)
    form: Mapped[int]
    series: Mapped[str]
    number: Mapped[int]
    day: Mapped[date]
    code: Mapped[str] = mapped_column(unique=True)
    code_number: Mapped[int] = mapped_column(unique=True)
    total: Mapped[Money]
    vat: Mapped[Money]
    buyer_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_buyers.id"))
    buyer: Mapped[str]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    staff_code: Mapped[str | None]

    sale: Mapped[Sale] = relationship(viewonly=True)
    buyer_data: Mapped[InvoiceBuyer | None] = relationship(viewonly=True)

    @property
    def full_series(self) -> str:
        """Form and series as people write them together: 1C26MAA."""
        return f"{self.form}{self.series}"


class InvoiceStepTaken(AppendOnly, Base):
    """One step of one invoice; several steps of one record are those of a message."""

    __tablename__ = "invoice_steps"
    __table_args__ = (Index("ix_invoice_steps_code", "code", "record_seq"),)

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(ForeignKey("invoices.code"), primary_key=True)
    step: Mapped[InvoiceStep]
    message_id: Mapped[str | None]
    reason: Mapped[str]
    at: Mapped[datetime]
    staff_code: Mapped[str | None]


class UnsettledInvoice(Base):
    """What the tax office has not accepted yet, and sales without an invoice: a short working list."""

    __tablename__ = "unsettled_invoices"
    __table_args__ = (CheckConstraint("(code IS NULL) = (standing = 'waiting')", "numbered"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(ForeignKey("invoices.code"), unique=True)
    wait_seq: Mapped[int | None] = mapped_column(ForeignKey("invoice_waits.record_seq"), unique=True)
    day: Mapped[date]
    standing: Mapped[Standing]


class InvoiceMessage(Base):
    """A message that was packed: its exact bytes, which are sent again unchanged until it is answered."""

    __tablename__ = "invoice_messages"

    message_id: Mapped[str] = mapped_column(primary_key=True)
    packed_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str]
    signed_by: Mapped[str]
    provider: Mapped[str]
    tries: Mapped[int]
    next_try_at: Mapped[datetime | None] = mapped_column(index=True)
    received: Mapped[bool]
    trouble: Mapped[str]


class InvoiceNotice(AppendOnly, Base):
    """Form 04/SS-HĐĐT: name, address or wording of an invoice were wrong; no new invoice is made."""

    __tablename__ = "invoice_notices"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(ForeignKey("invoices.code"), index=True)
    buyer_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_buyers.id"))
    buyer: Mapped[str]
    reason: Mapped[str]
    day: Mapped[date]
    staff_code: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    buyer_data: Mapped[InvoiceBuyer | None] = relationship(viewonly=True)


class ProviderOutage(AppendOnly, Base):
    """The provider could not be reached from here on, or could be again (`why` is empty)."""

    __tablename__ = "invoice_outages"

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    why: Mapped[str]
    at: Mapped[datetime]
