"""Pages of goods that people move: slips that are entered, slips as they stand, and goods sent to other points."""

from collections.abc import Callable

from core.i18n import N_
from core.journal.record import Kind
from core.web.document_name import Body, DocumentKind, Documents
from core.web.shell import STOCK, MenuItem
from inventory.moving.move_names import NUMBERED
from inventory.moving.move_slip import SlipKind
from inventory.web.moving import slips, transfers
from inventory.web.moving.entry import entry_pages

BLUEPRINTS = (slips.bp, transfers.bp, *entry_pages())
MENU = (
    MenuItem("refill.draft", N_("Refill the shelf"), "", STOCK, in_bar=False),
    MenuItem("moves.index", N_("Moved, written off, used"), "", STOCK, in_bar=False),
    MenuItem("point_transfers.index", N_("Goods between points"), "", STOCK, in_bar=False),
)
_TRANSFERS = {
    "sent": N_("Transfer %(number)s sent"),
    "answered": N_("Transfer closed by the answer"),
    "received": N_("Transfer %(number)s of another point"),
}


def _slip(kind: SlipKind) -> Callable[[Body], Body]:
    return lambda body: {"kind": kind.value, "number": body["no"]}


DOCUMENTS: Documents = {
    Kind.TRANSFER: DocumentKind(lambda body: _TRANSFERS[body["act"]], address=lambda body: None),
    Kind.POINT: DocumentKind(N_("Key of another point")),
    **{kind.record: DocumentKind(words, "moves.show", address=_slip(kind)) for kind, words in NUMBERED.items()},
}
