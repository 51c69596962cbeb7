"""Pages of stock as a book: the movement ledger, and the stock of any day with what it was worth."""

from core.i18n import N_
from core.web.shell import STOCK_BOOKS, MenuItem
from inventory.web.ledger import stock_ledger, stock_on_day

BLUEPRINTS = (stock_ledger.bp, stock_on_day.bp)
MENU = (
    MenuItem("stock_ledger.index", N_("Movement ledger"), "", STOCK_BOOKS, in_bar=False),
    MenuItem("stock_on_day.show", N_("Stock of a day"), "", STOCK_BOOKS, in_bar=False),
)
