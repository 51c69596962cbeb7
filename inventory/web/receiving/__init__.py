"""Pages of receiving: what producers bring, what goes back to them, and the slips that both sides hold."""

from core.i18n import N_
from core.web.shell import STOCK, MenuItem
from inventory.web.receiving import (
    counter_codes,
    deliveries,
    delivery_confirming,
    delivery_entry,
    goods_return_entry,
    goods_returns,
    slips,
)
from inventory.web.receiving.confirming import install_confirming

__all__ = ["BLUEPRINTS", "MENU", "install_confirming"]

# The first page of a noun holds its blueprint; these add their views to it.
_MORE_VIEWS = (delivery_entry, delivery_confirming, goods_return_entry)

BLUEPRINTS = tuple(page.bp for page in (deliveries, goods_returns, counter_codes, slips))
MENU = (
    MenuItem("deliveries.index", N_("Goods receipts"), "Alt+N", STOCK),
    MenuItem("goods_returns.index", N_("Goods sent back to producers"), "", STOCK, in_bar=False),
    MenuItem("slips.find", N_("Compare two slips"), "", STOCK, in_bar=False),
)
