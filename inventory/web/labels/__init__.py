"""Pages of labels: what is to be printed, on what, and what was printed."""

from core.i18n import N_
from core.journal.record import Kind
from core.web.document_name import DocumentKind, Documents
from core.web.shell import SHOP, STOCK, MenuItem
from inventory.web.labels import command_sheet, label_list, label_runs

BLUEPRINTS = (label_list.bp, label_runs.bp, command_sheet.bp)
MENU = (
    MenuItem("labels.index", N_("Labels"), "", STOCK, in_bar=False),
    MenuItem("command_sheet.show", N_("Command barcodes"), "", SHOP, in_bar=False),
)
DOCUMENTS: Documents = {Kind.LABELS: DocumentKind(N_("Labels %(number)s"), "label_runs.show")}
