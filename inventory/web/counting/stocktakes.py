"""Stocktakes: those that go on and those posted, open one, take a sheet in it, drop it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from config.reference.groups import all_groups
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_choice, read_one_of, read_text
from core.web.list_file import Columns, at_most, list_file, wants_file
from core.web.once import once
from inventory.catalogue.producer import producers_at_work
from inventory.catalogue.product import Product, product_of
from inventory.counting.count_sheet import open_sheet
from inventory.counting.stock_count_table import StockCount
from inventory.counting.stocktake import PLACES, drop_stocktake, open_stocktake, open_stocktakes, stocktake_of
from inventory.counting.stocktake_table import ScopeKind
from inventory.counting.task_list import asked_again, still_to_count
from inventory.web.counting.words import place_name, scope_name, words

bp = Blueprint(
    "stocktakes",
    __name__,
    url_prefix="/inventory/stocktakes",
    template_folder="../../templates",
    static_folder="../../static",
    static_url_path="/static",
)
bp.context_processor(words)

_LATEST = 50
_MOST_LISTED = 200
COLUMNS: Columns[StockCount] = (
    (N_("Stocktake"), lambda count: count.number),
    (N_("Day"), lambda count: count.day),
    (N_("Place"), lambda count: place_name(count.place)),
    (N_("Goods"), scope_name),
    (N_("Note"), lambda count: count.note),
)


class ListEmpty(RuleBroken):
    """A list without products."""

    message = N_("The list is empty. Type at least one product code, one on each line.")


class ListTooLong(RuleBroken):
    """Longer than anybody types."""

    message = N_("The list has more than %(most)s products. Count a group or a producer instead.")


@bp.get("")
@for_role(Role.CLERK, Role.AUDITOR)
def index() -> str | AnyResponse:
    """Those that go on, and the latest that were posted."""
    newest_first = select(StockCount).order_by(StockCount.number.desc())
    posted = list(db.session.scalars(newest_first.limit(at_most(_LATEST))))
    if wants_file():
        return list_file("kiem-ke", N_("Stocktaking"), COLUMNS, posted)
    return render_template("inventory/counting/page.html", stocktakes=open_stocktakes(), posted=posted)


@bp.get("/new")
@for_role(Role.MANAGER)
def new() -> str:
    """What is to be counted: where, and which goods."""
    return render_template(
        "inventory/counting/new.html",
        kinds=list(ScopeKind),
        place_options=[(place, place_name(place)) for place in PLACES],
        producers=producers_at_work(),
        groups=[group for group in all_groups() if group.goods],
    )


@bp.post("")
@for_role(Role.MANAGER)
@once
def begin() -> AnyResponse:
    """Open a stocktake; selling goes on."""
    scope = read_choice(request.form, "scope", ScopeKind)
    stocktake = open_stocktake(
        place=read_one_of(request.form, "place", PLACES),
        scope=scope,
        code=scope_code(scope),
        products=listed_products() if scope is ScopeKind.LIST else (),
        note=read_text(request.form, "note", required=False, limit=300),
        by=person_here(),
    )
    return redirect(url_for(".show", stocktake_id=stocktake.id), 303)


def scope_code(scope: ScopeKind) -> str:
    """The group's or the producer's code; fields of lists begin with it and go on with the name."""
    if scope is ScopeKind.GROUP:
        return read_text(request.form, "group", label=N_("Product group")).split(" ")[0]
    if scope is ScopeKind.PRODUCER:
        return read_text(request.form, "producer", label=N_("Producer")).split(" ")[0]
    return ""


def listed_products() -> list[Product]:
    """The products whose codes were typed, one on each line or with blanks between."""
    codes = request.form.get("products", "").split()
    if not codes:
        raise ListEmpty()
    if len(codes) > _MOST_LISTED:
        raise ListTooLong(most=_MOST_LISTED)
    return [product_of(code[:40]) for code in codes]


@bp.get("/<int:stocktake_id>")
@for_role(Role.CLERK, Role.AUDITOR)
def show(stocktake_id: int) -> str:
    """One that goes on: who counts where, what is still to be counted. No figures stand here."""
    stocktake = stocktake_of(stocktake_id)
    return render_template(
        "inventory/counting/stocktake.html",
        stocktake=stocktake,
        sheets=[sheet for sheet in stocktake.sheets if not sheet.office],
        waiting=still_to_count(stocktake),
        again=asked_again(stocktake),
    )


@bp.post("/<int:stocktake_id>/sheets")
@for_role(Role.CLERK)
@once
def take_sheet(stocktake_id: int) -> AnyResponse:
    """Take a sheet for a zone, or go on with one's own."""
    zone = read_text(request.form, "zone", limit=60, label=N_("Zone"))
    sheet = open_sheet(stocktake_of(stocktake_id), zone=zone, by=person_here())
    return redirect(url_for("count_sheets.show", sheet_id=sheet.id), 303)


@bp.post("/<int:stocktake_id>/dropping")
@for_role(Role.MANAGER)
@once
def drop(stocktake_id: int) -> AnyResponse:
    """Give it up; the book stays as it is."""
    drop_stocktake(stocktake_of(stocktake_id))
    flash(gettext("The stocktake was dropped. The book stays as it is."), "ok")
    return redirect(url_for(".index"), 303)
