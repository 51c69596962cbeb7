"""What was done about invoices after they were made: rows that are only added, and a working list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import JournalRecord, write_record
from core.journal.record import Kind
from core.staff import Staff
from pos.invoice.invoice_table import Invoice, InvoiceStep, InvoiceStepTaken, Standing, UnsettledInvoice
from pos.invoice.issuing import set_standing

_STANDING = {
    InvoiceStep.PACKED: Standing.PACKED,
    InvoiceStep.SENT: Standing.SENT,
    InvoiceStep.ACCEPTED: Standing.ACCEPTED,
    InvoiceStep.REJECTED: Standing.REJECTED,
    InvoiceStep.AGAIN: Standing.MADE,
}
MAY_FOLLOW = {
    InvoiceStep.PACKED: {Standing.MADE},
    InvoiceStep.SENT: {Standing.PACKED},
    InvoiceStep.ACCEPTED: {Standing.PACKED, Standing.SENT},
    InvoiceStep.REJECTED: {Standing.PACKED, Standing.SENT},
    InvoiceStep.AGAIN: {Standing.PACKED, Standing.SENT, Standing.REJECTED},
}
"""From which standing a step leads on. An accepted invoice stays accepted; there is no way back, and no cancelling."""


class NotRejected(RuleBroken):
    """Only what the tax office refused goes out again."""

    message = N_("Invoice %(number)s was not rejected. There is nothing to send again.")


class WrongStep(RuntimeError):
    """Our own mistake: a step that cannot follow."""


def take_steps(
    record: JournalRecord,
    steps: Mapping[str, tuple[InvoiceStep, str]],
    *,
    message_id: str | None,
    by: Staff | None = None,
) -> None:
    """Write the steps of a record, by code with the reason, and let the invoices stand accordingly."""
    for code, (step, reason) in steps.items():
        before = standing_of(code)
        if before not in MAY_FOLLOW[step]:
            raise WrongStep(f"{step} cannot follow {before} ({code})")
        db.session.add(
            InvoiceStepTaken(
                record_seq=record.seq,
                code=code,
                step=step,
                message_id=message_id,
                reason=reason,
                at=record.ts,
                staff_code=by.code if by else None,
            )
        )
        set_standing(code, _STANDING[step])
    db.session.flush()


def standing_of(code: str) -> Standing:
    """How an invoice stands; what is not on the working list was accepted."""
    found = db.session.scalar(select(UnsettledInvoice.standing).where(UnsettledInvoice.code == code))
    return found or Standing.ACCEPTED


def send_again(invoice: Invoice, *, by: Staff) -> None:
    """Put a rejected invoice back among those to be sent, as it is: what was wrong lay elsewhere."""
    if standing_of(invoice.code) is not Standing.REJECTED:
        raise NotRejected(number=invoice.number)
    record = write_record(Kind.INVOICE, {"act": InvoiceStep.AGAIN.value, "codes": [invoice.code]}, by=by)
    take_steps(record, {invoice.code: (InvoiceStep.AGAIN, "")}, message_id=None, by=by)


def history_of(invoice: Invoice) -> Sequence[InvoiceStepTaken]:
    """Every step of an invoice, the first one first."""
    steps = select(InvoiceStepTaken).where(InvoiceStepTaken.code == invoice.code)
    return db.session.scalars(steps.order_by(InvoiceStepTaken.record_seq)).all()
