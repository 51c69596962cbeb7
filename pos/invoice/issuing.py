"""Making invoices: with the sale, in its own transaction; or later, when a sale waited for a number.

A sale is never stopped: without a number the invoice waits, and is made when the manager enters the next block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from config.reference.invoice_codes import invoice_code
from core.current_settings import current_settings
from core.database import db
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.selling_day import selling_day
from core.money import Money
from core.staff import Staff
from pos.invoice.block import next_code, next_number
from pos.invoice.buyer import buyer_of_invoice
from pos.invoice.invoice_list import newest_of_sale
from pos.invoice.invoice_table import (
    Invoice,
    InvoiceBuyer,
    InvoiceKind,
    InvoiceWait,
    Standing,
    UnsettledInvoice,
)
from pos.invoice.number import TaxOfficeCode, till_series
from pos.sale import Sale

NO_BLOCK, NO_NUMBER, BEHIND = "no_block", "no_number", "behind_original"

_INVOICES: Any = Invoice.__table__
_WAITS: Any = InvoiceWait.__table__
_UNSETTLED: Any = UnsettledInvoice.__table__
_INSERT_INVOICE, _INSERT_WAIT, _INSERT_UNSETTLED = insert(_INVOICES), insert(_WAITS), insert(_UNSETTLED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An invoice that should be there: of which sale, over how much, in answer to what."""

    kind: InvoiceKind
    sale: int
    total: Money
    vat: Money
    refund: int | None = None
    corrects: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """What an invoice is known by."""

    form: int
    series: str
    number: int
    code: TaxOfficeCode


def invoice_sale(sale: int, order_code: str, *, total: Money, vat: Money, by: Staff, shift: int) -> None:
    """Make the invoice of a sale that was just written, where the shop has the duty; what is given away has one too."""
    if not current_settings().invoice.is_due:
        return
    make(Wanted(InvoiceKind.ORIGINAL, sale, total, vat), buyer_of_invoice(order_code), by=by, shift=shift)


def make(
    wanted: Wanted, buyer: InvoiceBuyer | None, *, by: Staff | None, shift: int | None = None, waited: int | None = None
) -> str | None:
    """Make an invoice and give its code; or let it wait, and give None, when it cannot be numbered now."""
    day = selling_day()
    numbered = _number(day)
    if isinstance(numbered, str):
        if waited is None:
            _let_wait(wanted, numbered, day, by=by, shift=shift)
        return None
    body = _body(wanted, numbered, day, buyer)
    record = write_record(Kind.INVOICE, body | ({"waited": waited} if waited else {}), by=by, shift=shift)
    code = str(numbered.code)
    row = {
        "record_seq": record.seq,
        "kind": wanted.kind,
        "sale_number": wanted.sale,
        "refund_number": wanted.refund,
        "corrects": wanted.corrects,
        "waited": waited,
        "form": numbered.form,
        "series": numbered.series,
        "number": numbered.number,
        "day": day,
        "code": code,
        "code_number": numbered.code.number,
        "total": wanted.total,
        "vat": wanted.vat,
        "buyer_id": buyer.id if buyer else None,
        "buyer": buyer.fingerprint if buyer else "",
        "reason": wanted.reason,
        "made_at": record.ts,
        "staff_code": by.code if by else None,
    }
    connection = db.session.connection()
    connection.execute(_INSERT_INVOICE, row)
    _note(connection, code, day, waited)
    return code


def make_or_wait(wanted: Wanted, buyer: InvoiceBuyer | None, *, by: Staff, shift: int) -> None:
    """Make an invoice that answers another one; it waits where that other one waits itself."""
    if wanted.corrects is None:
        _let_wait(wanted, BEHIND, selling_day(), by=by, shift=shift)
    else:
        make(wanted, buyer, by=by, shift=shift)


def make_what_waits(*, by: Staff | None) -> int:
    """Make the invoices that waited, the oldest first, as far as there are numbers; says how many were made."""
    made = 0
    for wait in waiting():
        corrects = wait.corrects or _code_answered_by(wait)
        wanted = Wanted(wait.kind, wait.sale_number, wait.total, wait.vat, wait.refund_number, corrects, wait.reason)
        buyer = buyer_of_invoice(order_code_of(wait.sale_number))
        if make(wanted, buyer, by=by, waited=wait.record_seq) is None:
            break
        made += 1
    return made


def _code_answered_by(wait: InvoiceWait) -> str | None:
    """The code of the invoice that an answer waited behind; an original answers none."""
    if wait.kind is InvoiceKind.ORIGINAL:
        return None
    answered = newest_of_sale(wait.sale_number)
    return answered.code if answered is not None else None


def waiting() -> Sequence[InvoiceWait]:
    """Invoices that have no number yet, the oldest first."""
    open_ones = select(UnsettledInvoice.wait_seq).where(UnsettledInvoice.standing == Standing.WAITING)
    wanted = select(InvoiceWait).where(InvoiceWait.record_seq.in_(open_ones)).order_by(InvoiceWait.record_seq)
    return db.session.scalars(wanted).all()


def order_code_of(sale_number: int) -> str:
    """The order code of a sale, by which its buyer is known."""
    return db.session.execute(select(Sale.order_code).where(Sale.number == sale_number)).scalar_one()


def _number(day: date) -> Numbered | str:
    """The next number and code, or why there is none."""
    settings = current_settings()
    form = int(invoice_code("form", settings.shop.tax_method, day).value)
    series = till_series(day, settings.invoice.letters)
    number = next_number(form, series, day)
    if number is None:
        return NO_NUMBER
    code = next_code()
    if code is None:
        return NO_BLOCK
    return Numbered(form, series, number, TaxOfficeCode(form, day.year, code.given, code.number))


def _body(wanted: Wanted, numbered: Numbered, day: date, buyer: InvoiceBuyer | None) -> dict[str, Any]:
    """The invoice as the journal keeps it (docs/journal.md, INVOICE)."""
    return {
        "act": "made",
        "kind": wanted.kind.value,
        "form": numbered.form,
        "series": numbered.series,
        "no": numbered.number,
        "code": str(numbered.code),
        "day": day.isoformat(),
        "sale": wanted.sale,
        "refund": wanted.refund,
        "corrects": wanted.corrects,
        "total": wanted.total.dong,
        "vat": wanted.vat.dong,
        "buyer": buyer.fingerprint if buyer else "",
        "reason": wanted.reason,
    }


def _let_wait(wanted: Wanted, why: str, day: date, *, by: Staff | None, shift: int | None) -> None:
    body = {
        "act": "waits",
        "kind": wanted.kind.value,
        "sale": wanted.sale,
        "refund": wanted.refund,
        "corrects": wanted.corrects,
        "total": wanted.total.dong,
        "vat": wanted.vat.dong,
        "reason": wanted.reason,
        "why": why,
    }
    record = write_record(Kind.INVOICE, body, by=by, shift=shift)
    row = {
        "record_seq": record.seq,
        "kind": wanted.kind,
        "sale_number": wanted.sale,
        "refund_number": wanted.refund,
        "corrects": wanted.corrects,
        "total": wanted.total,
        "vat": wanted.vat,
        "reason": wanted.reason,
        "why": why,
    }
    connection = db.session.connection()
    connection.execute(_INSERT_WAIT, row)
    connection.execute(
        _INSERT_UNSETTLED, {"code": None, "wait_seq": record.seq, "day": day, "standing": Standing.WAITING}
    )


def _note(connection: Any, code: str, day: date, waited: int | None) -> None:
    """Put the invoice on the list of what the tax office has not accepted; it takes the place of what waited."""
    if waited is not None:
        connection.execute(delete(_UNSETTLED).where(_UNSETTLED.c.wait_seq == waited))
    connection.execute(_INSERT_UNSETTLED, {"code": code, "wait_seq": None, "day": day, "standing": Standing.MADE})


def set_standing(code: str, standing: Standing) -> None:
    """Let an invoice stand otherwise; an accepted one is off the list."""
    if standing is Standing.ACCEPTED:
        db.session.execute(delete(_UNSETTLED).where(_UNSETTLED.c.code == code))
        return
    changed = update(_UNSETTLED).where(_UNSETTLED.c.code == code).values(standing=standing)
    if not db.session.connection().execute(changed).rowcount:
        day = db.session.execute(select(Invoice.day).where(Invoice.code == code)).scalar_one()
        db.session.execute(_INSERT_UNSETTLED, {"code": code, "wait_seq": None, "day": day, "standing": standing})
