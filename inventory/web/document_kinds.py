"""How the records of goods are called wherever they are listed, and on which page their documents stand."""

from collections.abc import Callable

from core.i18n import N_
from core.journal.record import Kind
from core.web.document_name import Body, DocumentKind
from inventory.moving.move_names import NUMBERED
from inventory.moving.move_slip import SlipKind


def _slip(kind: SlipKind) -> Callable[[Body], Body]:
    return lambda body: {"kind": kind.value, "number": body["no"]}


DOCUMENTS = {
    Kind.GOODS_IN: DocumentKind(N_("Goods receipt %(number)s"), "deliveries.show"),
    Kind.CONSIGN_IN: DocumentKind(N_("Goods receipt %(number)s"), "deliveries.show"),
    Kind.REQUEST: DocumentKind(N_("Delivery request %(number)s"), "requests.show"),
    Kind.REQUEST_CLOSE: DocumentKind(N_("Delivery request %(number)s closed"), "requests.show"),
    **{kind.record: DocumentKind(words, "moves.show", address=_slip(kind)) for kind, words in NUMBERED.items()},
}
