"""How the records of goods are called wherever they are listed, and on which page their documents stand."""

from core.i18n import N_
from core.journal.record import Kind
from core.web.document_name import DocumentKind

DOCUMENTS = {
    Kind.GOODS_IN: DocumentKind(N_("Goods receipt %(number)s"), "deliveries.show"),
    Kind.CONSIGN_IN: DocumentKind(N_("Goods receipt %(number)s"), "deliveries.show"),
    Kind.REQUEST: DocumentKind(N_("Delivery request %(number)s"), "requests.show"),
    Kind.REQUEST_CLOSE: DocumentKind(N_("Delivery request %(number)s closed"), "requests.show"),
}
