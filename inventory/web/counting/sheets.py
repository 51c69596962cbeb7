"""The sheet of whoever counts, made for a phone in one hand: scan, one more, one less, or type the number.

Blind: nothing on it says how many there should be, nor what others counted.
"""

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.clock import today
from core.database import db
from core.i18n import N_, gettext
from core.quantity import NONE, ONE, Quantity
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_quantity, read_scan, read_text, read_whole
from core.web.fragments import page_or_fragment
from core.web.once import once
from inventory.catalogue.product import Product, product_of
from inventory.catalogue.product_search import search_products
from inventory.counting.count_sheet import (
    NotYourSheet,
    count_goods,
    count_one_less,
    finish_sheet,
    moved_meanwhile,
    open_sheet_again,
    owners_at,
    owners_ever,
    set_counted,
    take_out,
)
from inventory.counting.stocktake import StocktakeOver
from inventory.counting.stocktake_table import NOBODY_ASKED, CountedLine, CountSheet
from inventory.counting.task_list import still_to_count
from inventory.web.counting.words import lying_at_till, words
from inventory.web.goods_scan import is_search, read_goods

bp = Blueprint("count_sheets", __name__, url_prefix="/inventory/count-sheets", template_folder="../../templates")
bp.context_processor(words)

_HITS = 9


@bp.get("/<int:sheet_id>")
@for_role(Role.CLERK)
def show(sheet_id: int, line_id: int | None = None) -> Response:
    """One's own sheet: what was scanned last, open for its number, and everything counted on it so far."""
    sheet = own_sheet(sheet_id)
    text = wanted_text()
    asked = g.pop("asked_whose", None)
    line = None if asked else chosen_line(sheet)
    return page_or_fragment(
        "inventory/counting/sheet.html",
        "inventory/counting/_sheet.html",
        sheet=sheet,
        chosen=line,
        lines=sorted(current_of(sheet), key=lambda one: (one.last_seq, one.counted_at, one.id), reverse=True),
        moved=moved_meanwhile(sheet),
        waiting=still_to_count(sheet.stocktake),
        hits=search_products(text, today(), limit=_HITS, retired=None) if text else None,
        text=text,
        asked=asked,
        others=owners_ever(line.product) if line is not None and len(owners_ever(line.product)) > 1 else [],
    )


def own_sheet(sheet_id: int) -> CountSheet:
    """The sheet of an id, if it belongs to whoever is here."""
    sheet = db.session.get(CountSheet, sheet_id)
    if sheet is None:
        raise StocktakeOver()
    if sheet.office:
        raise NotFound
    if sheet.staff_id != person_here().id:
        raise NotYourSheet(zone=sheet.zone, counter=sheet.counter.name)
    return sheet


def own_line(sheet_id: int, line_id: int) -> CountedLine:
    """A line of one's own sheet."""
    line = own_sheet(sheet_id).line(line_id)
    if line is None:
        raise NotFound
    return line


def current_of(sheet: CountSheet) -> list[CountedLine]:
    """The lines that count: not those set aside because their goods are counted again."""
    return [line for line in sheet.lines if line.round == sheet.stocktake.round_of(line.product_id)]


def chosen_line(sheet: CountSheet) -> CountedLine | None:
    """The line that is open: the one asked for, else the one touched last."""
    asked = request.args.get("line", "")
    chosen = sheet.line(int(asked)) if asked.isdecimal() and len(asked) < 18 else None
    mine = current_of(sheet)
    return chosen or max(mine, key=lambda line: (line.last_seq, line.counted_at, line.id), default=None)


def wanted_text() -> str:
    """What was typed to search by; scans are numbers and leave it empty."""
    text = request.form.get("code", "") if request.method == "POST" else request.args.get("text", "")
    return text.strip()[:100] if is_search(text) else ""


@bp.post("/<int:sheet_id>/scan")
@for_role(Role.CLERK)
@once(again=".show")
def scan(sheet_id: int) -> None:
    """A scanned label counts one more of its product, or what it says; words are searched."""
    text = read_scan(request.form)
    sheet = own_sheet(sheet_id)
    if is_search(text):
        return
    found = read_goods(text)
    quantity = found.quantity or None  # of what is weighed nothing is counted until somebody has weighed it
    if found.lot is not None:
        count_goods(sheet, found.product, quantity, lot=found.lot, at_till=at_till(sheet, found.product))
    else:
        count_or_ask(sheet, found.product, quantity)


def count_or_ask(sheet: CountSheet, product: Product, quantity: Quantity | None, whose: str = NOBODY_ASKED) -> None:
    """Count it, or have the page ask whose it is; one after the other of the same owner is asked once."""
    last = chosen_line(sheet)
    if not whose and last is not None and last.product_id == product.id and last.lot_id is None:
        whose = last.whose
    choices = owners_at(product, sheet.stocktake.place)
    if not whose and len(choices) > 1:
        g.asked_whose = {"product": product, "quantity": quantity, "choices": choices}
        return
    count_goods(sheet, product, quantity, whose=whose, at_till=at_till(sheet, product))


def at_till(sheet: CountSheet, product: Product) -> Quantity:
    """What lies of it in open baskets while it is counted."""
    return lying_at_till(product, sheet.stocktake.place)


@bp.post("/<int:sheet_id>/lines")
@for_role(Role.CLERK)
@once(again=".show")
def add(sheet_id: int) -> None:
    """Count a product that was searched for, or say whose the goods are that were just scanned."""
    product = product_of(read_text(request.form, "sku"))
    grams = read_whole(request.form, "thousandths", most=100_000_000) if request.form.get("thousandths") else 0
    quantity = Quantity(grams) if grams else None if product.unit.divisible else ONE
    whose = read_text(request.form, "whose", required=False, limit=20)
    count_or_ask(own_sheet(sheet_id), product, quantity, whose)


@bp.post("/<int:sheet_id>/lines/<int:line_id>")
@for_role(Role.CLERK)
@once(again=".show")
def type_number(sheet_id: int, line_id: int) -> None:
    """Type the whole number that stands there: what was counted of it before is forgotten."""
    line = own_line(sheet_id, line_id)
    quantity = read_quantity(request.form, "quantity", line.product.unit, label=N_("Quantity"))
    set_counted(line, quantity, at_till=at_till(line.sheet, line.product))


@bp.post("/<int:sheet_id>/lines/<int:line_id>/more")
@for_role(Role.CLERK)
@once(again=".show")
def one_more(sheet_id: int, line_id: int) -> None:
    """One more of what was scanned last."""
    line = own_line(sheet_id, line_id)
    count_goods(
        line.sheet, line.product, ONE, whose=line.whose, lot=line.lot, at_till=at_till(line.sheet, line.product)
    )


@bp.post("/<int:sheet_id>/lines/<int:line_id>/less")
@for_role(Role.CLERK)
@once(again=".show")
def one_less(sheet_id: int, line_id: int) -> None:
    """One less: the scanner read a jar twice."""
    line = own_line(sheet_id, line_id)
    count_one_less(line, at_till=at_till(line.sheet, line.product))


@bp.post("/<int:sheet_id>/lines/<int:line_id>/owner")
@for_role(Role.CLERK)
@once(again=".show")
def other_owner(sheet_id: int, line_id: int) -> None:
    """Begin a line for the goods of another owner of the same product."""
    line = own_line(sheet_id, line_id)
    whose = read_text(request.form, "whose", limit=20)
    quantity = None if line.product.unit.divisible else NONE
    count_goods(line.sheet, line.product, quantity, whose=whose, at_till=at_till(line.sheet, line.product))


@bp.post("/<int:sheet_id>/lines/<int:line_id>/removal")
@for_role(Role.CLERK)
@once(again=".show")
def remove(sheet_id: int, line_id: int) -> None:
    """Take a line off the sheet."""
    take_out(own_line(sheet_id, line_id))


@bp.post("/<int:sheet_id>/handing-in")
@for_role(Role.CLERK)
@once
def hand_in(sheet_id: int) -> AnyResponse:
    """Everything in the zone is counted."""
    sheet = own_sheet(sheet_id)
    finish_sheet(sheet)
    flash(gettext("The sheet of %(zone)s is handed in.", zone=sheet.zone), "ok")
    return redirect(url_for("stocktakes.show", stocktake_id=sheet.stocktake_id), 303)


@bp.post("/<int:sheet_id>/reopening")
@for_role(Role.CLERK)
@once
def reopen(sheet_id: int) -> AnyResponse:
    """Go on with a sheet that was handed in."""
    sheet = own_sheet(sheet_id)
    open_sheet_again(sheet)
    return redirect(url_for(".show", sheet_id=sheet.id), 303)
