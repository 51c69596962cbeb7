"""Finding invoices: those that are not accepted, those of a day, those that stand in one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from core.database import db
from pos.invoice.invoice_table import Invoice, InvoiceKind, InvoiceWait, Standing, UnsettledInvoice

MOST_FOUND = 500
MOST_NAMED = 30


@dataclass(frozen=True, slots=True)
class Found:
    """An invoice and how it stands."""

    invoice: Invoice
    standing: Standing


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """How many of a day, and which: those with a number, and the sales that still wait for one."""

    count: int
    invoices: list[Found]
    waiting_sales: list[int]

    @property
    def unnamed(self) -> int:
        """How many more there are than are named."""
        return self.count - len(self.invoices) - len(self.waiting_sales)


def find_invoices(asked: str, day: date, *, limit: int | None = MOST_FOUND) -> Sequence[Found]:
    """`open`: what the tax office has not accepted; `day`: all of a day; else those of a day that stand so."""
    wanted = (
        select(Invoice, UnsettledInvoice.standing)
        .outerjoin(UnsettledInvoice, UnsettledInvoice.code == Invoice.code)
        .order_by(Invoice.record_seq.desc())
        .limit(limit)
    )
    if asked == "open":
        wanted = wanted.where(UnsettledInvoice.standing.is_not(None))
    elif asked == "day":
        wanted = wanted.where(Invoice.day == day)
    elif asked == Standing.ACCEPTED:
        wanted = wanted.where(Invoice.day == day, UnsettledInvoice.standing.is_(None))
    else:
        wanted = wanted.where(UnsettledInvoice.standing == Standing(asked))
    return [Found(invoice, standing or Standing.ACCEPTED) for invoice, standing in db.session.execute(wanted)]


def invoice_of_code(code: str) -> Invoice | None:
    """The invoice of a code of the tax office, or None."""
    return db.session.scalars(select(Invoice).where(Invoice.code == code)).one_or_none()


def newest_of_sale(sale_number: int) -> Invoice | None:
    """The invoice of a sale that is in force: the first one, or the last that replaced one."""
    in_force = Invoice.kind.in_([InvoiceKind.ORIGINAL, InvoiceKind.REPLACEMENT])
    found = select(Invoice).where(Invoice.sale_number == sale_number, in_force)
    return db.session.scalars(found.order_by(Invoice.record_seq.desc()).limit(1)).first()


def all_of_sale(sale_number: int) -> list[Invoice]:
    """Every invoice of a sale, the first one first."""
    found = select(Invoice).where(Invoice.sale_number == sale_number).order_by(Invoice.record_seq)
    return list(db.session.scalars(found))


def not_accepted_of(day: date) -> NotAccepted:
    """What of a day the tax office has not accepted: for the day's close, which names the first of them."""
    rows = (
        select(UnsettledInvoice, Invoice, InvoiceWait.sale_number)
        .outerjoin(Invoice, Invoice.code == UnsettledInvoice.code)
        .outerjoin(InvoiceWait, InvoiceWait.record_seq == UnsettledInvoice.wait_seq)
        .where(UnsettledInvoice.day == day)
        .order_by(UnsettledInvoice.id)
    )
    found = db.session.execute(rows.limit(MOST_NAMED)).all()
    return NotAccepted(
        count=db.session.scalar(select(func.count()).where(UnsettledInvoice.day == day)) or 0,
        invoices=[Found(invoice, row.standing) for row, invoice, _ in found if invoice is not None],
        waiting_sales=[sale for _, _, sale in found if sale is not None],
    )
