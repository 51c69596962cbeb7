"""Invoices in the words of the screen."""

from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.web.list_file import Columns
from pos.invoice.invoice_list import Found
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
# No buyer's data: neither whether there was any, nor whose.
COLUMNS: Columns[Found] = (
    (N_("Series"), lambda found: found.invoice.full_series),
    (N_("Number"), lambda found: found.invoice.number),
    (N_("Code of the tax office"), lambda found: found.invoice.code),
    (N_("Day"), lambda found: found.invoice.day),
    (N_("Receipt"), lambda found: found.invoice.sale_number),
    (N_("Total"), lambda found: found.invoice.total),
    (N_("VAT"), lambda found: found.invoice.vat),
    (N_("State"), lambda found: gettext(STANDINGS[found.standing])),
    (N_("Answers"), lambda found: found.invoice.corrects),
    (N_("Reason"), lambda found: found.invoice.reason),
)


class AnswerNotRead(RuleBroken):
    """A file that is no answer of the tax office."""

    message = N_("This file is not the tax office's answer to an invoice of this shop (%(why)s). Nothing was changed.")
