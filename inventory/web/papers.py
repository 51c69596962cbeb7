"""Papers of the goods: what is missing and what ends within 90, 60 and 30 days; to look at and to print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from core.clock import today
from core.database import db
from core.i18n import N_, current_language
from core.quantity import NONE, Quantity
from core.staff import Role
from core.text import fold, sort_key
from core.web.access import for_role
from core.web.forms import read_text
from core.web.fragments import page_or_fragment
from core.web.list_file import Columns, list_file, wants_file
from inventory.catalogue.licence import all_licences
from inventory.catalogue.paper_list import HORIZON_DAYS, PaperState, paper_states
from inventory.catalogue.price import prices_for
from inventory.catalogue.product import Product
from inventory.catalogue.tax import tax_classes_for
from inventory.stock_level import on_hand_by_product
from inventory.web.licences import kind_name
from inventory.web.names import words

bp = Blueprint("papers", __name__, url_prefix="/inventory/papers", template_folder="../templates")
bp.context_processor(words)

STATE_NAMES = {
    "90": N_("Missing, or ending within 90 days"),
    "60": N_("Missing, or ending within 60 days"),
    "30": N_("Missing, or ending within 30 days"),
    "missing": N_("Missing today"),
    "all": N_("All products"),
}
ORDER_NAMES = {"day": N_("What ends first"), "product": N_("Product"), "producer": N_("Producer")}
"""How the list is sorted."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One product on the list: how its papers stand, what else the till needs, how much is on the shelf."""

    state: PaperState
    priced: bool
    taxed: bool
    on_shelf: Quantity

    @property
    def is_missing(self) -> bool:
        """Whether the till refuses it today for something that the manager can enter."""
        return self.state.days_left == 0 or not (self.priced and self.taxed)

    def ends_within(self, days: int) -> bool:
        """Whether something is missing or ends within so many days."""
        return self.is_missing or (self.state.ends_in is not None and self.state.ends_in <= days)


COLUMNS: Columns[PaperRow] = (
    (N_("Product code"), lambda row: row.state.product.sku),
    (N_("Product"), lambda row: row.state.product.full_name),
    (N_("Producer"), lambda row: row.state.product.producer.name),
    (N_("Stars today"), lambda row: row.state.stars),
    (N_("Stars until"), lambda row: row.state.stars_until),
    (N_("Basis"), lambda row: row.state.basis.basis.name(current_language()) if row.state.basis else None),
    (N_("Days left"), lambda row: row.state.days_left),
    (N_("Price"), lambda row: row.priced),
    (N_("Tax class"), lambda row: row.taxed),
    (N_("On the shelf"), lambda row: row.on_shelf),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> Response:
    """The products whose papers are missing or end soon, and the licences of the shop."""
    text = read_text(request.args, "text", required=False, limit=100)
    state, order = request.args.get("state", "90"), request.args.get("order", "day")
    state, order = state if state in STATE_NAMES else "90", order if order in ORDER_NAMES else "day"
    on_shelf = "on_shelf" in request.args
    rows = paper_rows()
    shown = [row for row in rows if _is_wanted(row, text, state) and (row.on_shelf > NONE or not on_shelf)]
    if wants_file():
        return list_file("giay-to", N_("Papers"), COLUMNS, sorted(shown, key=_ORDERS[order]))
    return page_or_fragment(
        "inventory/papers/page.html",
        "inventory/papers/_list.html",
        rows=sorted(shown, key=_ORDERS[order]),
        counts={name: sum(_is_wanted(row, "", name) for row in rows) for name in STATE_NAMES},
        licences=all_licences(),
        kind_name=kind_name,
        today=today(),
        text=text,
        state=state,
        order=order,
        on_shelf=on_shelf,
        state_names=STATE_NAMES,
        order_names=ORDER_NAMES,
        horizon=HORIZON_DAYS,
    )


def paper_rows() -> list[PaperRow]:
    """Every product in the range, in a fixed number of queries."""
    in_range_with_papers = Product.retired_on.is_(None) & Product.service.is_(False)
    products: Sequence[Product] = list(db.session.scalars(select(Product).where(in_range_with_papers)))
    ids = [product.id for product in products]
    prices, classes, shelf = prices_for(ids, today()), tax_classes_for(ids, today()), on_hand_by_product(ids)
    return [
        PaperRow(state, state.product.id in prices, state.product.id in classes, shelf.get(state.product.id, NONE))
        for state in paper_states(products, today())
    ]


def _is_wanted(row: PaperRow, text: str, state: str) -> bool:
    product = row.state.product
    if not all(fold(word) in f"{product.sku} {product.search_folded}" for word in text.split()):
        return False
    if state == "all":
        return True
    return row.is_missing if state == "missing" else row.ends_within(int(state))


def _by_day(row: PaperRow) -> tuple[object, ...]:
    days = row.state.ends_in
    return not row.is_missing, HORIZON_DAYS + 1 if days is None else days, sort_key(row.state.product.full_name)


_ORDERS: dict[str, Callable[[PaperRow], tuple[object, ...]]] = {
    "day": _by_day,
    "product": lambda row: (sort_key(row.state.product.full_name),),
    "producer": lambda row: (sort_key(row.state.product.producer.name), sort_key(row.state.product.full_name)),
}
