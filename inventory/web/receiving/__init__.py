"""Pages of receiving: what producers bring, what goes back to them, and the slips that both sides hold."""

from core.i18n import N_
from core.journal.record import Kind
from core.web.document_name import DocumentKind, Documents
from core.web.shell import STOCK, STOCK_BOOKS, MenuItem
from inventory.web.receiving import (
    counter_codes,
    deliveries,
    delivery_confirming,
    delivery_entry,
    goods_return_entry,
    goods_returns,
    slips,
)

# The first page of a noun holds its blueprint; these add their views to it.
_MORE_VIEWS = (delivery_entry, delivery_confirming, goods_return_entry)

BLUEPRINTS = tuple(page.bp for page in (deliveries, goods_returns, counter_codes, slips))
MENU = (
    MenuItem("deliveries.index", N_("Goods receipts"), "Alt+N", STOCK),
    MenuItem("goods_returns.index", N_("Goods sent back to producers"), "", STOCK, in_bar=False),
    MenuItem("slips.find", N_("Compare two slips"), "", STOCK_BOOKS, in_bar=False),
)
DOCUMENTS: Documents = {
    Kind.GOODS_IN: DocumentKind(N_("Goods receipt %(number)s"), "deliveries.show"),
    Kind.CONSIGN_IN: DocumentKind(N_("Goods receipt %(number)s"), "deliveries.show"),
    Kind.GOODS_OUT: DocumentKind(N_("Goods sent back, slip %(number)s"), "goods_returns.show"),
    Kind.CONSIGN_OUT: DocumentKind(N_("Goods sent back, slip %(number)s"), "goods_returns.show"),
}
