"""The goods on an invoice: as they were sold, what is left of them after returns, or what came back."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from sqlalchemy import select

from core.database import db
from core.money import ZERO
from pos.invoice.document import InvoiceLine
from pos.invoice.invoice_table import Invoice, InvoiceKind
from pos.returns.refund_table import Refund, RefundLine
from pos.sale import Sale, SaleLine


def lines_of(invoice: Invoice) -> tuple[InvoiceLine, ...]:
    """What stands on an invoice."""
    if invoice.kind is InvoiceKind.ADJUSTMENT and invoice.refund_number is not None:
        return back_lines(db.session.get_one(Refund, invoice.refund_number))
    return kept_lines(invoice.sale, last_refund_on(invoice))


def last_refund_on(invoice: Invoice) -> int:
    """Up to which refund an invoice takes returns into account; 0: none. A replaced buyer changes nothing of it."""
    while invoice.refund_number is None and invoice.corrects is not None:
        invoice = db.session.query(Invoice).filter_by(code=invoice.corrects).one()
    return invoice.refund_number or 0


def kept_lines(sale: Sale, up_to: int) -> tuple[InvoiceLine, ...]:
    """The lines of a sale less what came back of each up to a refund; lines of which nothing is left are gone."""
    back = _back_of(sale, up_to) if up_to else {}
    kept = (_kept(line, back.get(line.n, [])) for line in sale.lines)
    return tuple(line for line in kept if line.quantity.thousandths)


def back_lines(refund: Refund) -> tuple[InvoiceLine, ...]:
    """What came back with a refund, below zero."""
    return tuple(
        InvoiceLine(
            line.product.sku, line.name, line.unit_label, line.quantity, line.amount, ZERO, line.vat, line.rate
        ).taken_back()
        for line in refund.lines
    )


def _back_of(sale: Sale, up_to: int) -> dict[int, list[RefundLine]]:
    wanted = (
        select(RefundLine)
        .join(Refund, Refund.number == RefundLine.refund_number)
        .where(Refund.sale_number == sale.number, Refund.number <= up_to, RefundLine.sale_n.is_not(None))
    )
    found: dict[int, list[RefundLine]] = defaultdict(list)
    for line in db.session.scalars(wanted):
        assert line.sale_n is not None
        found[line.sale_n].append(line)
    return found


def _kept(line: SaleLine, back: list[RefundLine]) -> InvoiceLine:
    quantity, amount, vat = line.quantity, line.amount, line.vat
    for one in back:
        quantity, amount, vat = quantity - one.quantity, amount - one.amount, vat - one.vat
    part = Fraction(quantity.thousandths, line.quantity.thousandths)
    return InvoiceLine(
        sku=line.product.sku,
        name=line.name,
        unit=line.unit_label,
        quantity=quantity,
        amount=amount,
        discount=line.discount.share(part) if back else line.discount,
        vat=vat,
        rate=line.rate,
    )
