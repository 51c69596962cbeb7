"""What answers a wrong invoice: another one that replaces it, or a notice. None is ever edited or cancelled.

TT 91/2026/TT-BTC, Điều 10: a wrong tax code, amount, rate or kind of goods: invoices from the till are replaced; only
name, address or wording: form 04/SS-HĐĐT, and no new invoice.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, func, select

from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff
from core.text import clean
from pos.invoice.buyer import take_down
from pos.invoice.invoice_table import Invoice, InvoiceBuyer, InvoiceKind, InvoiceNotice
from pos.invoice.issuing import Wanted, make, order_code_of, waiting

REASON_LIMIT = 200


class ReplacedAlready(RuleBroken):
    """Only the newest invoice of a sale is answered."""

    message = N_("Invoice %(number)s was replaced already. Work on the newer one.")


class AdjustedAlready(RuleBroken):
    """The way chosen first stays for later corrections."""

    message = N_("Invoice %(number)s was adjusted before. Law wants the same way again: it is not replaced any more.")


class ReasonMissing(RuleBroken):
    """Why an invoice was wrong stands beside the one that answers it."""

    message = N_("Say what was wrong.")


class MadeAlready(RuleBroken):
    """What is made is not edited."""

    message = N_("The invoice of receipt %(number)s is made already. Replace it instead.")


@dataclass(frozen=True, slots=True)
class BuyerData:
    """Who an invoice should have been made out to."""

    name: str
    tax_code: str = ""
    address: str = ""
    personal_id: str = ""
    phone: str = ""


def name_waiting_buyer(sale_number: int, data: BuyerData) -> InvoiceBuyer:
    """Take down who asks for an invoice after the sale, while it still waits for its code."""
    if sale_number not in {wait.sale_number for wait in waiting()}:
        raise MadeAlready(number=sale_number)
    return _taken_down(order_code_of(sale_number), data)


def replace_invoice(invoice: Invoice, *, reason: str, buyer: BuyerData | None, by: Staff) -> str | None:
    """Replace an invoice by one over the same goods, made out to the right buyer; its code, or None when it waits.

    Without data the new one is made out to whom the old one was.
    """
    said = need_reason(reason)
    need_newest(invoice)
    if is_adjusted(invoice):
        raise AdjustedAlready(number=invoice.number)
    wanted = Wanted(
        InvoiceKind.REPLACEMENT, invoice.sale_number, invoice.total, invoice.vat, corrects=invoice.code, reason=said
    )
    return make(wanted, _right_buyer(invoice, buyer), by=by)


def give_notice(invoice: Invoice, *, reason: str, buyer: BuyerData | None, by: Staff) -> InvoiceNotice:
    """Note that name, address or wording of an invoice were wrong, for form 04/SS-HĐĐT; the invoice stays."""
    said = need_reason(reason)
    need_newest(invoice)
    right = _right_buyer(invoice, buyer) if buyer is not None else None
    number = (db.session.scalar(select(func.max(InvoiceNotice.number))) or 0) + 1
    day = today()
    body = {
        "act": "notice",
        "no": number,
        "code": invoice.code,
        "day": day.isoformat(),
        "reason": said,
        "buyer": right.fingerprint if right else "",
    }
    record = write_record(Kind.INVOICE, body, by=by)
    notice = InvoiceNotice(
        number=number,
        code=invoice.code,
        buyer_id=right.id if right else None,
        buyer=body["buyer"],
        reason=said,
        day=day,
        staff_code=by.code,
        record_seq=record.seq,
    )
    db.session.add(notice)
    db.session.flush()
    return notice


def need_reason(text: str) -> str:
    """What was wrong, in a sentence."""
    said = clean(text, limit=REASON_LIMIT)
    if not said:
        raise ReasonMissing()
    return said


def need_newest(invoice: Invoice) -> None:
    """Refuse to answer an invoice that another one replaced."""
    if replaced_by(invoice) is not None:
        raise ReplacedAlready(number=invoice.number)


def replaced_by(invoice: Invoice) -> Invoice | None:
    """The invoice that replaced this one."""
    return db.session.scalars(_answers(invoice, InvoiceKind.REPLACEMENT)).first()


def is_adjusted(invoice: Invoice) -> bool:
    """Whether another invoice adjusts this one."""
    return db.session.scalars(_answers(invoice, InvoiceKind.ADJUSTMENT)).first() is not None


def _answers(invoice: Invoice, kind: InvoiceKind) -> Select[Invoice]:
    return select(Invoice).where(Invoice.corrects == invoice.code, Invoice.kind == kind)


def _right_buyer(invoice: Invoice, buyer: BuyerData | None) -> InvoiceBuyer | None:
    if buyer is None:
        return invoice.buyer_data
    return _taken_down(order_code_of(invoice.sale_number), buyer)


def _taken_down(order_code: str, data: BuyerData) -> InvoiceBuyer:
    return take_down(
        order_code,
        name=data.name,
        tax_code=data.tax_code,
        address=data.address,
        personal_id=data.personal_id,
        phone=data.phone,
    )
