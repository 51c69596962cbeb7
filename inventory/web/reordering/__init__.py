"""Pages of reordering: what to ask producers for, what was asked, how goods come, and what another till sold before."""

from core.i18n import N_
from core.journal.record import Kind
from core.web.document_name import DocumentKind, Documents
from core.web.shell import STOCK, MenuItem
from inventory.web.reordering import past_sales, requests, suggestions, supply

BLUEPRINTS = (suggestions.bp, requests.bp, supply.bp, past_sales.bp)
MENU = (MenuItem("reorder.index", N_("Ordering goods"), "", STOCK, in_bar=False),)
DOCUMENTS: Documents = {
    Kind.REQUEST: DocumentKind(N_("Delivery request %(number)s"), "requests.show"),
    Kind.REQUEST_CLOSE: DocumentKind(N_("Delivery request %(number)s closed"), "requests.show"),
}
