"""What answers goods brought back: the invoice is replaced by one over what was kept, or adjusted by what came back.

Which of the two the sources leave open (docs/invoices.md): a setting says it. The way chosen first stays for later
returns of the same sale; when nothing was kept there is nothing to replace by, and the rest is adjusted away.
"""

from __future__ import annotations

from sqlalchemy import select

from core.current_settings import current_settings
from core.database import db
from core.money import ZERO, Money
from core.staff import Staff
from pos.invoice.buyer import buyer_of_invoice
from pos.invoice.correction import is_adjusted
from pos.invoice.goods_lines import kept_lines
from pos.invoice.invoice_list import newest_of_sale
from pos.invoice.invoice_table import Invoice, InvoiceKind, InvoiceWait
from pos.invoice.issuing import Wanted, make_or_wait, order_code_of
from pos.returns.refund_table import Refund


def invoice_refund(refund: Refund, *, by: Staff, shift: int) -> None:
    """Answer the invoice of the sale that goods came back from; nothing where the sale has none, or nothing went back.

    Where the sale's own invoice still waits for its code, the answer waits behind it.
    """
    if refund.sale_number is None or not refund.total:
        return
    invoice = newest_of_sale(refund.sale_number)
    if invoice is None and not _waits(refund.sale_number):
        return
    wanted = _wanted(refund, invoice)
    buyer = buyer_of_invoice(order_code_of(refund.sale_number))
    make_or_wait(wanted, buyer, by=by, shift=shift)


def _wanted(refund: Refund, invoice: Invoice | None) -> Wanted:
    assert refund.sale is not None, "a refund without a receipt has no invoice"
    kept = kept_lines(refund.sale, refund.number)
    corrects = invoice.code if invoice is not None else None
    if kept and _replaces(invoice, refund):
        total = sum((line.amount for line in kept), ZERO)
        vat = sum((line.vat for line in kept), ZERO)
        return Wanted(InvoiceKind.REPLACEMENT, refund.sale.number, total, vat, refund.number, corrects, refund.reason)
    vat = _vat_of(refund)
    return Wanted(
        InvoiceKind.ADJUSTMENT, refund.sale.number, -refund.total, -vat, refund.number, corrects, refund.reason
    )


def _replaces(invoice: Invoice | None, refund: Refund) -> bool:
    """Whether the invoice is replaced: as the first answer to it was, else as the setting says."""
    if invoice is not None and is_adjusted(invoice):
        return False
    first = _first_answer(refund)
    if first is not None:
        return first is InvoiceKind.REPLACEMENT
    return current_settings().invoice.after_return == "replace"


def _first_answer(refund: Refund) -> InvoiceKind | None:
    """How the first return of this sale was answered, made or waiting."""
    made = select(Invoice.kind).where(Invoice.sale_number == refund.sale_number, Invoice.refund_number.is_not(None))
    found = db.session.scalars(made.order_by(Invoice.record_seq).limit(1)).first()
    if found is not None:
        return found
    waits = select(InvoiceWait.kind).where(
        InvoiceWait.sale_number == refund.sale_number, InvoiceWait.refund_number.is_not(None)
    )
    return db.session.scalars(waits.order_by(InvoiceWait.record_seq).limit(1)).first()


def _vat_of(refund: Refund) -> Money:
    return sum((line.vat for line in refund.lines), ZERO)


def _waits(sale_number: int) -> bool:
    waits = select(InvoiceWait.record_seq).where(InvoiceWait.sale_number == sale_number).limit(1)
    return db.session.scalar(waits) is not None
