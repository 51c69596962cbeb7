"""Invoices in the words of the screen."""

from core.errors import RuleBroken
from core.i18n import N_
from pos.invoice.invoice_table import InvoiceKind, InvoiceStep, Standing

STANDINGS = {
    Standing.WAITING: N_("waits for a code"),
    Standing.MADE: N_("made, not sent yet"),
    Standing.PACKED: N_("packed, not answered"),
    Standing.SENT: N_("with the provider"),
    Standing.ACCEPTED: N_("accepted"),
    Standing.REJECTED: N_("rejected"),
}
KINDS = {
    InvoiceKind.ORIGINAL: N_("Invoice"),
    InvoiceKind.REPLACEMENT: N_("Replacement"),
    InvoiceKind.ADJUSTMENT: N_("Adjustment"),
}
STEPS = {
    InvoiceStep.PACKED: N_("packed into a message"),
    InvoiceStep.SENT: N_("the provider has it"),
    InvoiceStep.ACCEPTED: N_("accepted by the tax office"),
    InvoiceStep.REJECTED: N_("rejected by the tax office"),
    InvoiceStep.AGAIN: N_("to be sent again"),
}
HEADINGS = (
    N_("Series"),
    N_("Number"),
    N_("Code of the tax office"),
    N_("Day"),
    N_("Receipt"),
    N_("Total"),
    N_("VAT"),
    N_("State"),
    N_("Answers"),
    N_("Reason"),
)


class AnswerNotRead(RuleBroken):
    """A file that is no answer of the tax office."""

    message = N_("This file is not the tax office's answer to an invoice of this shop (%(why)s). Nothing was changed.")
