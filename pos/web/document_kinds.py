"""How the records of selling are called wherever they are listed, and on which page their documents stand."""

from core.i18n import N_
from core.journal.record import Kind
from core.web.document_name import DocumentKind

DOCUMENTS = {
    Kind.SALE: DocumentKind(N_("Receipt %(number)s"), "receipts.show"),
    Kind.REFUND: DocumentKind(N_("Return slip %(number)s"), "return_slips.show"),
}
