"""A discount on the chosen line or on the whole basket, and a price set by right: one panel, three keys."""

from collections.abc import Mapping
from enum import StrEnum

from flask import Blueprint, g, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.approval import Act
from core.i18n import N_, gettext
from core.money import Money
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_choice, read_money, read_text, read_whole
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from pos.basket import Basket, BasketLine, current_basket
from pos.basket_table import discounts_in
from pos.discounts.basket_discount import discount_basket, discount_line, needs_a_manager, remove_discount
from pos.discounts.price_by_right import set_price_by_right
from pos.web.counter import register_here
from pos.web.lines import read_reason
from pos.web.percentage import LONGEST, read_percent
from pos.web.practice_mode import need_word
from pos.web.till_screen import panel_answer

bp = Blueprint("discounts", __name__, url_prefix="/till/discount")

PANEL = "pos/till/_discount.html"
DISCOUNT_REASONS = (N_("Regular customer"), N_("Damaged or near its last day"), N_("Many at once"))
PRICE_REASONS = (N_("Agreed with the customer"), N_("Damaged or near its last day"), N_("Sold at a fair"))


class Scope(StrEnum):
    """What is made cheaper: the chosen line, the whole basket, or the price of one unit of the line."""

    LINE = "line"
    BASKET = "basket"
    PRICE = "price"


def _basket_here() -> Basket:
    """The basket on the screen; 404 when another window finished it meanwhile."""
    basket = current_basket(register_here())
    if basket is None or not basket.lines:
        raise NotFound
    return basket


def _line_in(basket: Basket) -> BasketLine:
    """The line that the form names; 404 when another window took it out meanwhile."""
    line = basket.line(read_whole(request.values, "line"))
    if line is None:
        raise NotFound
    g.touched = line.n
    return line


@bp.get("")
@for_role(Role.CLERK)
def show() -> Response:
    """Ask what is made cheaper, by how much, and why."""
    scope = read_choice(request.args, "scope", Scope) if "scope" in request.args else Scope.LINE
    basket = _basket_here()
    line = _line_in(basket)
    n = None if scope is Scope.BASKET else line.n
    given = next((row for row in discounts_in(basket) if row.line == n), None)
    reasons = PRICE_REASONS if scope is Scope.PRICE else DISCOUNT_REASONS
    return panel_answer(
        PANEL, scope=scope, basket=basket, line=line, given=given, reasons=[gettext(reason) for reason in reasons]
    )


@bp.post("")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def give() -> None:
    """Take something off the chosen line or the whole basket; beyond a clerk's right with a manager's PIN."""
    basket, by = _basket_here(), person_here()
    percent, amount = read_off(request.form)
    how = {"percent": percent, "amount": amount}
    if read_choice(request.form, "scope", Scope) is Scope.BASKET:
        given = discount_basket(basket, reason=read_reason(), by=by, **how)
    else:
        given = discount_line(_line_in(basket), reason=read_reason(), by=by, **how)
    if needs_a_manager(given, by):
        need_word(Act.DISCOUNT, basket)


@bp.post("/price")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def set_price() -> None:
    """Sell the chosen line at another price than the shop's; the shop's own price needs nobody."""
    basket = _basket_here()
    line = _line_in(basket)
    price = read_money(request.form, "price", label=N_("Price of one"))
    set_price_by_right(line, price, reason=read_reason(), by=person_here())
    if line.is_priced_by_right:
        need_word(Act.SET_PRICE, basket)


@bp.post("/removal")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def remove() -> None:
    """Take back what was given on the line or on the basket."""
    basket = _basket_here()
    whole = read_choice(request.form, "scope", Scope) is Scope.BASKET
    remove_discount(basket, None if whole else _line_in(basket).n)


def read_off(form: Mapping[str, str]) -> tuple[int | None, Money | None]:
    """How much: hundredths of a percent, or an amount. A percent sign that was typed says so, too."""
    label = N_("How much is taken off?")
    if form.get("unit") == "dong" and not read_text(form, "off", limit=LONGEST, label=label).endswith("%"):
        return None, read_money(form, "off", label=label)
    return read_percent(form, "off", label=label), None
