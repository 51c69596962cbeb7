"""Pages of counting: stocktakes, the sheets of those who count, what was posted, the list of the day."""

from core.i18n import N_
from core.journal.record import Kind
from core.web.document_name import DocumentKind, Documents
from core.web.shell import STOCK, MenuItem
from inventory.web.counting import accuracy, comparisons, daily, papers, posted, sheets, stocktakes

BLUEPRINTS = (
    stocktakes.bp,
    sheets.bp,
    comparisons.bp,
    posted.bp,
    daily.bp,
    accuracy.bp,
    papers.bp,
)
MENU = (
    MenuItem("stocktakes.index", N_("Stocktaking"), "", STOCK, in_bar=False),
    MenuItem("daily_counts.show", N_("List of the day"), "", STOCK, in_bar=False),
)
DOCUMENTS: Documents = {Kind.STOCK_COUNT: DocumentKind(N_("Stocktake %(number)s"), "stock_counts.show")}
