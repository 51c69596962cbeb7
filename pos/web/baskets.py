"""Several customers at once: park a basket, take it up again, give it up."""

from flask import Blueprint, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_text
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from pos.basket import (
    Basket,
    basket_of,
    current_basket,
    park_basket,
    parked_baskets,
    reprice_basket,
    resume_basket,
    void_basket,
)
from pos.quote import quote, totals_of
from pos.web.counter import register_here
from pos.web.lines import read_reason
from pos.web.till_screen import panel_answer

bp = Blueprint("baskets", __name__, url_prefix="/till/baskets")

VOID_REASONS = (
    N_("The customer changed their mind"),
    N_("The customer has not enough money"),
    N_("Scanned by mistake"),
)


def _basket_here() -> Basket:
    """The basket on the screen; 404 when another window finished it meanwhile."""
    basket = current_basket(register_here())
    if basket is None:
        raise NotFound
    return basket


@bp.get("/label")
@for_role(Role.CLERK)
def label() -> Response:
    """Ask for a word by which the clerk will know the customer again."""
    return panel_answer("pos/till/_label.html")


@bp.post("/parking")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def park() -> None:
    """Set the basket aside for a customer who comes back."""
    park_basket(_basket_here(), read_text(request.form, "label", limit=40, required=False))


@bp.get("/waiting")
@for_role(Role.CLERK)
def waiting() -> Response:
    """The baskets that wait at this register."""
    waiting = parked_baskets(register_here())
    return panel_answer("pos/till/_waiting.html", parked_baskets=waiting, totals=totals_of(waiting))


@bp.post("/resumption")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def resume() -> None:
    """Take a parked basket up again; the one on the screen waits in its turn."""
    basket = basket_of(read_text(request.form, "order"))
    if basket is None:
        raise NotFound
    resume_basket(basket)


@bp.post("/prices")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def take_todays_prices() -> None:
    """Bring the basket to the prices of today; the clerk has told the customer."""
    reprice_basket(_basket_here())


@bp.get("/giving-up")
@for_role(Role.CLERK)
def giving_up() -> Response:
    """Ask why the basket is given up."""
    reasons, basket = [gettext(reason) for reason in VOID_REASONS], _basket_here()
    return panel_answer("pos/till/_giving_up.html", basket=basket, offer=quote(basket), reasons=reasons)


@bp.post("/giving-up")
@for_role(Role.CLERK)
@goes_on_when_full
@once(again="till.show")
def give_up() -> None:
    """Give the basket up, with the reason; it stands in the journal and in the Z report."""
    basket = _basket_here()
    if basket.order_code != read_text(request.form, "order"):
        raise NotFound
    void_basket(basket, reason=read_reason(), by=person_here())
