"""Pages that follow goods: a lot and everything that happened to it, recalls, and what ends soon."""

from core.i18n import N_
from core.journal.record import Kind
from core.web.document_name import DocumentKind, Documents
from core.web.shell import STOCK, MenuItem
from inventory.web.tracing import expiry, lots, recalls
from inventory.web.tracing.expiry import ending_item
from inventory.web.tracing.words import HOLD

BLUEPRINTS = (lots.bp, recalls.bp, expiry.bp)
MENU = (
    MenuItem("lots.index", N_("Lots"), "", STOCK, in_bar=False),
    MenuItem("expiry.show", N_("Ends soon"), "", STOCK, in_bar=False),
    MenuItem("recalls.index", N_("Recalls"), "", STOCK, in_bar=False),
)
DOCUMENTS: Documents = {
    Kind.HOLD: HOLD,
    Kind.RECALL: DocumentKind(N_("Recall"), "recalls.show", lambda body: {"uid": body["uid"]}),
    Kind.RECALL_ACK: DocumentKind(N_("Recalled goods found"), "recalls.show", lambda body: {"uid": body["uid"]}),
}
HOME_LINES = (ending_item,)
