"""What the receipt of a sale says of its invoice."""

from __future__ import annotations

from sqlalchemy import select

from config.settings import Settings
from core.database import db
from pos.invoice.drawing_up import document_of
from pos.invoice.invoice_list import newest_of_sale
from pos.invoice.invoice_qr import invoice_qr
from pos.invoice.invoice_table import InvoiceWait
from pos.invoice.packing import BY_TEST
from pos.sale import Sale
from printers.documents import InvoiceMark


def invoice_mark_of(sale: Sale, settings: Settings) -> InvoiceMark | None:
    """The newest invoice of a sale, or that one follows; None for a sale without one."""
    invoice = newest_of_sale(sale.number)
    if invoice is None:
        waits = db.session.scalar(select(InvoiceWait.record_seq).where(InvoiceWait.sale_number == sale.number).limit(1))
        return InvoiceMark() if waits is not None else None
    return InvoiceMark(
        series=invoice.full_series,
        number=invoice.number,
        code=invoice.code,
        qr=invoice_qr(document_of(invoice)),
        lookup=settings.invoice.lookup,
        is_trial=settings.demo or settings.invoice.signed_by == BY_TEST,
    )
