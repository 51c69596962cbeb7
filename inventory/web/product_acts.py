"""What a manager enters for a product: prices and tax classes with their first day, numbers."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from config.settings import WeightLayout
from core.current_settings import current_settings
from core.database import db
from core.i18n import N_, gettext
from core.journal.history import history_of
from core.journal.record import Kind
from core.quantity import Unit
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_day, read_money, read_quantity, read_reason, read_text
from core.web.history import refuse_stale
from core.web.once import once
from inventory.catalogue.price import last_word_on_price, set_price, take_back_price
from inventory.catalogue.product import Product, product_of
from inventory.catalogue.product_number import (
    ProductNumber,
    add_in_store_number,
    add_number,
    add_scale_item,
    withdraw_number,
)
from inventory.catalogue.tax import last_word_on_tax_class, set_tax_class, take_back_tax_class
from inventory.web.history_words import product_words

bp = Blueprint("product_acts", __name__, url_prefix="/inventory/products")


def back_to(sku: str) -> Response:
    """The product's page again."""
    flash(gettext("Recorded."), "ok")
    return redirect(url_for("products.show", sku=sku), 303)


def _as_seen(sku: str, kind: Kind, last_word: Callable[[Product], int]) -> Product:
    """The product, unless somebody set another price or class while the page was open."""
    product = product_of(sku)
    refuse_stale(last_word(product), request.form, lambda: history_of(kind, sku=sku), product_words())
    return product


@bp.post("/<sku>/prices")
@for_role(Role.MANAGER)
@once
def price(sku: str) -> Response:
    """Set the price from a day on."""
    product = _as_seen(sku, Kind.PRICE, last_word_on_price)
    amount = read_money(request.form, "amount", label=N_("Price"))
    set_price(product, amount, from_day=read_day(request.form, "from_day", label=N_("From day")), by=person_here())
    return back_to(sku)


@bp.post("/<sku>/prices/<first_day>/taking-back")
@for_role(Role.MANAGER)
@once
def price_back(sku: str, first_day: str) -> Response:
    """Take back a price that has not begun."""
    day = read_day({"day": first_day}, "day")
    take_back_price(product_of(sku), first_day=day, reason=read_reason(request.form), by=person_here())
    return back_to(sku)


@bp.post("/<sku>/tax-classes")
@for_role(Role.MANAGER)
@once
def tax_class(sku: str) -> Response:
    """Put the product into a tax class from a day on."""
    product = _as_seen(sku, Kind.TAX_CLASS, last_word_on_tax_class)
    chosen = read_text(request.form, "tax_class", label=N_("Tax class"))
    set_tax_class(product, chosen, from_day=read_day(request.form, "from_day", label=N_("From day")), by=person_here())
    return back_to(sku)


@bp.post("/<sku>/tax-classes/<first_day>/taking-back")
@for_role(Role.MANAGER)
@once
def tax_class_back(sku: str, first_day: str) -> Response:
    """Take back a tax class that has not begun."""
    day = read_day({"day": first_day}, "day")
    take_back_tax_class(product_of(sku), first_day=day, reason=read_reason(request.form), by=person_here())
    return back_to(sku)


@bp.post("/<sku>/numbers")
@for_role(Role.MANAGER)
@once
def number(sku: str) -> Response:
    """Enter a number; left empty, the shop gives one of its own."""
    product, typed = product_of(sku), read_text(request.form, "number", required=False, limit=20)
    prefix = current_settings().scan.in_store_prefix
    if not typed or (len(typed) in (8, 13) and typed.startswith(prefix)):
        add_in_store_number(product, prefix=prefix, number=typed or None, by=person_here())
    else:
        pack = read_quantity(request.form, "pack", Unit.PIECE, label=N_("How many a carton holds"))
        add_number(product, typed, pack=pack, by=person_here())
    return back_to(sku)


@bp.post("/<sku>/scale-numbers")
@for_role(Role.MANAGER)
@once
def scale_number(sku: str) -> Response:
    """Let labels of the scale name the product, by the number it has on the scale or by its own code."""
    layout = layout_of(read_text(request.form, "layout", limit=20))
    item = read_text(request.form, "item", required=False, limit=10, label=N_("Number on the scale"))
    add_scale_item(product_of(sku), layout, item=item or None, by=person_here())
    return back_to(sku)


def layout_of(prefix: str) -> WeightLayout:
    """The layout of the scale's labels that begins with these digits."""
    for layout in current_settings().scan.weight_layouts:
        if layout.prefix == prefix:
            return layout
    raise NotFound


@bp.post("/<sku>/numbers/<int:number_id>/withdrawal")
@for_role(Role.MANAGER)
@once
def drop_number(sku: str, number_id: int) -> Response:
    """Let a number mean nothing any more."""
    row = db.session.get(ProductNumber, number_id)
    if row is None or row.product.sku != sku:
        raise NotFound
    withdraw_number(row, by=person_here())
    return back_to(sku)
