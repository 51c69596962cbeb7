"""Words of counting on the screen, and what its pages ask of the till."""

from collections.abc import Callable, Collection

from flask import current_app

from config.reference.groups import product_group
from core.database import db
from core.i18n import N_, current_language, gettext
from core.quantity import NONE, Quantity
from inventory.catalogue.producer import producer_of
from inventory.catalogue.product import Product
from inventory.counting.comparison import Unsure
from inventory.counting.stock_count_table import StockCount
from inventory.counting.stocktake_table import SHOPS_OWN, ScopeKind, Stocktake
from inventory.location import SHELF, Location
from inventory.web import names

AtTill = Callable[[Collection[int]], dict[int, Quantity]]
EXTENSION = "goods_at_till"

SCOPE_NAMES = {
    ScopeKind.ALL: N_("Everything"),
    ScopeKind.GROUP: N_("One product group"),
    ScopeKind.PRODUCER: N_("The goods of one producer"),
    ScopeKind.LIST: N_("Some products"),
}
UNSURE_NAMES = {
    Unsure.MOVED: N_("sold or moved while it was counted"),
    Unsure.WHOSE: N_("of several owners, and nobody said whose"),
    Unsure.BASKET: N_("of several owners, and some lay in an open basket"),
    Unsure.CORRECTED: N_("corrected by another stocktake since"),
}


def words() -> dict[str, object]:
    """What templates of counting may say besides the words of goods."""
    return {
        **names.words(),
        "scope_name": scope_name,
        "scope_kind_name": lambda kind: gettext(SCOPE_NAMES[kind]),
        "unsure_name": lambda unsure: gettext(UNSURE_NAMES[unsure]),
        "place_name": place_name,
        "whose_name": whose_name,
    }


def scope_name(stocktake: Stocktake | StockCount) -> str:
    """Which goods a stocktake counts, in words."""
    if stocktake.scope is ScopeKind.GROUP:
        return product_group(stocktake.scope_code).name(current_language())
    if stocktake.scope is ScopeKind.PRODUCER:
        return producer_of(stocktake.scope_code).name
    if stocktake.rolling:
        return gettext(N_("List of the day"))
    return gettext(SCOPE_NAMES[stocktake.scope])


def place_name(code: str) -> str:
    """The name of a place, as it was written down."""
    place = db.session.get(Location, code)
    return place.name if place is not None else code


def whose_name(whose: str) -> str:
    """The same for what a counter was asked; empty where nobody asked."""
    if not whose:
        return ""
    return names.owner_name(None if whose == SHOPS_OWN else producer_of(whose))


def lying_at_till(product: Product, place: str) -> Quantity:
    """What lies of a product in open baskets; it has left the shelf, and the book does not know yet."""
    ask: AtTill | None = current_app.extensions.get(EXTENSION)
    if ask is None or place != SHELF:
        return NONE
    return ask([product.id]).get(product.id, NONE)
