"""An invoice as its rows make it: seller as of its record, buyer as taken down, lines as sold or as given back."""

from __future__ import annotations

from collections.abc import Iterable

from config.reference.invoice_codes import invoice_code
from config.settings import Settings
from core.database import db
from core.i18n import written_day
from pos.invoice.document import InvoiceDocument, Party, Related
from pos.invoice.goods_lines import lines_of
from pos.invoice.invoice_table import Invoice, InvoiceBuyer, InvoiceKind
from pos.returns.refund_table import Refund
from pos.settings.in_force import settings_as_of
from pos.tender import TenderKind


def document_of(invoice: Invoice) -> InvoiceDocument:
    """The whole invoice, from what was frozen when it was made."""
    settings, day = settings_as_of(invoice.record_seq, invoice.day), invoice.day
    sale = invoice.sale
    return InvoiceDocument(
        form=invoice.form,
        form_name=invoice_code("form", settings.shop.tax_method, day).vi,
        series=invoice.series,
        number=invoice.number,
        day=day,
        code=invoice.code,
        seller=seller_of(settings),
        buyer=buyer_party(invoice.buyer_data, invoice),
        lines=lines_of(invoice),
        payment=payment_of(invoice),
        receipt=f"{settings.shop.code}-{sale.number:06d}",
        sold=sale.day,
        related=related_to(invoice),
    )


def seller_of(settings: Settings) -> Party:
    """The shop as it stands on an invoice."""
    shop = settings.shop
    return Party(
        name=shop.name,
        tax_code=shop.tax_code,
        address=shop.address,
        phone=shop.phone,
        location_code=shop.location_code,
        location_name=shop.name if shop.location_code else "",
    )


def buyer_party(buyer: InvoiceBuyer | None, invoice: Invoice) -> Party:
    """Who asked for the invoice, or the words that law has for a buyer who told nothing."""
    if buyer is None or not buyer.name:
        return Party(name=invoice_code("text", "nobody", invoice.day).value)
    return Party(buyer.name, buyer.tax_code, buyer.address, buyer.phone, buyer.personal_id)


def payment_of(invoice: Invoice) -> str:
    """How it was paid, or how money went back, as a key of the table of codes."""
    if invoice.kind is InvoiceKind.ADJUSTMENT and invoice.refund_number is not None:
        return payment_key(tender.kind for tender in db.session.get_one(Refund, invoice.refund_number).tenders)
    return payment_key(tender.kind for tender in invoice.sale.tenders)


def payment_key(kinds: Iterable[TenderKind]) -> str:
    """Cash, transfer, both, or something else."""
    known = {TenderKind.CASH: "cash", TenderKind.TRANSFER: "transfer"}
    said = {known.get(kind, "other") for kind in kinds}
    if said == {"cash", "transfer"}:
        return "both"
    return said.pop() if len(said) == 1 else "other"


def related_to(invoice: Invoice) -> Related | None:
    """The invoice that this one answers, with the words of law."""
    if invoice.corrects is None:
        return None
    first = invoice_of(invoice.corrects)
    relation = "adjustment" if invoice.kind is InvoiceKind.ADJUSTMENT else "replacement"
    words = invoice_code("text", relation, invoice.day).value % {
        "form": first.form,
        "series": first.series,
        "number": first.number,
        "day": written_day(first.day),
    }
    return Related(relation, first.form, first.series, first.number, first.day, words)


def invoice_of(code: str) -> Invoice:
    """The invoice of a code."""
    return db.session.query(Invoice).filter_by(code=code).one()
