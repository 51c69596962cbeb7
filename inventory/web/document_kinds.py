"""How the records of goods are called wherever they are listed, and on which page their documents stand."""

from collections.abc import Callable

from core.i18n import N_
from core.journal.record import Kind
from core.web.document_name import Body, DocumentKind
from inventory.moving.move_names import NUMBERED
from inventory.moving.move_slip import SlipKind


def _slip(kind: SlipKind) -> Callable[[Body], Body]:
    return lambda body: {"kind": kind.value, "number": body["no"]}


def _of_producer(body: Body) -> Body | None:
    """A consent stands on the page of its producer's; the end of one does not say whose it was."""
    return {"producer": body["producer"]} if "producer" in body else None


_TRANSFERS = {
    "sent": N_("Transfer %(number)s sent"),
    "answered": N_("Transfer closed by the answer"),
    "received": N_("Transfer %(number)s of another point"),
}

DOCUMENTS = {
    Kind.GOODS_IN: DocumentKind(N_("Goods receipt %(number)s"), "deliveries.show"),
    Kind.AGREEMENT: DocumentKind(N_("Agreement %(number)s"), "agreements.show"),
    Kind.MARKDOWN_CONSENT: DocumentKind(N_("Consent to a markdown"), "consents.index", address=_of_producer),
    Kind.CONSIGN_IN: DocumentKind(N_("Goods receipt %(number)s"), "deliveries.show"),
    Kind.REQUEST: DocumentKind(N_("Delivery request %(number)s"), "requests.show"),
    Kind.REQUEST_CLOSE: DocumentKind(N_("Delivery request %(number)s closed"), "requests.show"),
    Kind.TRANSFER: DocumentKind(lambda body: _TRANSFERS[body["act"]], address=lambda body: None),
    Kind.POINT: DocumentKind(N_("Key of another point")),
    **{kind.record: DocumentKind(words, "moves.show", address=_slip(kind)) for kind, words in NUMBERED.items()},
    Kind.GOODS_OUT: DocumentKind(N_("Goods sent back, slip %(number)s"), "goods_returns.show"),
    Kind.CONSIGN_OUT: DocumentKind(N_("Goods sent back, slip %(number)s"), "goods_returns.show"),
}
