"""Pages of consignment: agreements with producers, their consents to markdowns, goods to fetch, claims."""

from core.i18n import N_
from core.journal.record import Kind
from core.web.document_name import Body, DocumentKind, Documents
from core.web.shell import STOCK_BOOKS, MenuItem
from inventory.web.consignment import agreement_acts, agreements, claims, consents, goods_to_fetch

BLUEPRINTS = (agreements.bp, agreement_acts.bp, goods_to_fetch.bp, consents.bp, claims.bp)
MENU = (
    MenuItem("agreements.index", N_("Consignment agreements"), "", STOCK_BOOKS, in_bar=False),
    MenuItem("claims.index", N_("Claims for lost goods"), "", STOCK_BOOKS, in_bar=False),
)


def _of_producer(body: Body) -> Body | None:
    """A consent stands on the page of its producer's; the end of one does not say whose it was."""
    return {"producer": body["producer"]} if "producer" in body else None


DOCUMENTS: Documents = {
    Kind.AGREEMENT: DocumentKind(N_("Agreement %(number)s"), "agreements.show"),
    Kind.MARKDOWN_CONSENT: DocumentKind(N_("Consent to a markdown"), "consents.index", address=_of_producer),
}
