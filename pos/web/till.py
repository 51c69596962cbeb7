"""The till: the basket of the customer at the counter, by scanner, keyboard or touch."""

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response

from core.journal.selling_day import selling_day
from core.quantity import ONE
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_quantity, read_scan, read_text
from core.web.fragments import page_or_fragment
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from inventory.catalogue.product import Product, product_of
from inventory.catalogue.product_search import search_products
from inventory.lot import Lot, lot_of
from pos.basket import add_product, open_basket, scan_into
from pos.receipt_seal import read_seal, sale_of_seal
from pos.shifts.shift import NoOpenShift
from pos.shifts.visitor import count_visitor
from pos.web.counter import register_here
from pos.web.returns import RECEIPT_PANEL, receipt_context
from pos.web.till_screen import till_answer

bp = Blueprint("till", __name__, url_prefix="/till")


@bp.get("")
@for_role(Role.CLERK)
def show() -> Response:
    """The till; before the shift is opened, the page that opens it."""
    asked, brought_back = g.pop("ask_quantity", None), g.pop("return_of", None)
    try:
        if asked is not None:
            return till_answer("pos/till/_weigh.html", product=asked[0], lot=asked[1])
        if brought_back is not None:
            return till_answer(RECEIPT_PANEL, **receipt_context(brought_back))
        return till_answer()
    except NoOpenShift:
        return redirect(url_for("shifts.show"), 303)


@bp.post("/scans")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again=".show")
def scan() -> None:
    """Put in what the scanner read, or what was typed as a number; a receipt's QR opens the return of that receipt."""
    clerk, text = person_here(), read_scan(request.form)
    seal = read_seal(text)
    if seal is not None:
        g.return_of = sale_of_seal(seal)
        return
    scanned = scan_into(open_basket(register_here()), text, by=clerk)
    if scanned.needs_quantity:
        g.ask_quantity = (scanned.product, scanned.lot)
    elif scanned.line is not None:
        g.touched = scanned.line.n


@bp.get("/search")
@for_role(Role.CLERK)
def search() -> Response:
    """Products by name, producer or number; marks may be left out."""
    text = read_text(request.args, "code", required=False)
    hits = search_products(text, selling_day(), limit=8) if text else []
    return page_or_fragment("pos/till/search.html", "pos/till/_found.html", hits=hits, text=text)


@bp.post("/lines")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again=".show")
def add() -> None:
    """Put a product in by hand; what is sold by weight asks for its weight first."""
    product, lot = _product_asked(), _lot_asked()
    if product.unit.divisible and "quantity" not in request.form:
        g.ask_quantity = (product, lot)
        return
    quantity = read_quantity(request.form, "quantity", product.unit) if "quantity" in request.form else ONE
    basket = open_basket(register_here())
    g.touched = add_product(basket, product, quantity, by=person_here(), lot=lot).n


@bp.post("/visitors")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again=".show")
def visitor() -> None:
    """Count a person who came in, buying or not."""
    count_visitor(register_here(), by=person_here())


def _product_asked() -> Product:
    return product_of(read_text(request.form, "sku"))


def _lot_asked() -> Lot | None:
    number = read_text(request.form, "lot", required=False)
    return lot_of(number) if number else None
