"""The QR on an invoice: fields of EMVCo with a check at the end, as QĐ 1271/QĐ-CT, Phụ lục XIII, shows one.

Only what names the invoice is written. The example also holds fields of a payment (02, 04, 26): a QR that a bank's app
could pay by would ask a customer who has paid to pay again.
"""

from __future__ import annotations

from core.vietqr import purpose_text, with_crc
from pos.invoice.document import InvoiceDocument

_TAX_OFFICE = "A000000775"


def invoice_qr(invoice: InvoiceDocument) -> str:
    """The text of the QR."""
    about = (
        ("00", _TAX_OFFICE),
        ("01", invoice.seller.tax_code.replace("-", "")),
        ("02", str(invoice.form)),
        ("03", invoice.series),
        ("04", str(invoice.number)),
        ("05", f"{invoice.day:%Y%m%d}"),
        ("06", str(invoice.total.dong)),
    )
    fields = (
        ("00", "01"),
        ("01", "12"),
        ("53", "704"),
        ("54", str(invoice.total.dong)),
        ("58", "VN"),
        ("59", purpose_text(invoice.seller.name)),
        ("99", joined(about)),
    )
    return with_crc(joined(fields))


def joined(fields: tuple[tuple[str, str], ...]) -> str:
    """Fields one after the other: tag, two digits of length, value."""
    return "".join(f"{tag}{len(value):02}{value}" for tag, value in fields if value)
