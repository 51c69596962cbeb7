"""Who buys this basket: name and phone for a purpose, after the words were read out; never in the way of a sale."""

from flask import Blueprint, flash, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from config.reference.data_purposes import purposes_on, wording_on
from core.clock import today
from core.current_settings import current_settings
from core.i18n import N_, current_language, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_one_of, read_text
from core.web.once import once
from pos.basket import Basket, current_basket
from pos.buyers.customer import leave_nobody, name_buyer
from pos.buyers.customer_table import buyer_of
from pos.web.counter import register_here
from pos.web.till_screen import panel_answer

bp = Blueprint("buyer", __name__, url_prefix="/till/buyer")


def _basket_here() -> Basket:
    """The basket on the screen; 404 when another window finished it meanwhile."""
    basket = current_basket(register_here())
    if basket is None:
        raise NotFound
    return basket


@bp.get("")
@for_role(Role.CLERK)
def show() -> Response:
    """The words to read out, and two fields; or who was taken down already, masked."""
    basket, day = _basket_here(), today()
    purposes = purposes_on(day)
    shop, language = current_settings().shop.name, current_language()
    return panel_answer(
        "pos/till/_buyer.html",
        basket=basket,
        buyer=buyer_of(basket.order_code),
        purposes=[(one, wording_on(one.code, day).words(language, shop)) for one in purposes],
        language=language,
    )


@bp.post("")
@for_role(Role.CLERK)
@once(again="till.show")
def take() -> None:
    """Take down who buys the basket; the customer has said yes to the words that were read out."""
    customer = name_buyer(
        _basket_here(),
        phone=read_text(request.form, "phone", limit=20, label=N_("Phone")),
        name=read_text(request.form, "name", required=False, limit=120),
        purpose=read_one_of(request.form, "purpose", [one.code for one in purposes_on(today())]),
        by=person_here(),
    )
    flash(gettext("%(phone)s stands on this basket.", phone=customer.masked_phone), "ok")


@bp.post("/removal")
@for_role(Role.CLERK)
@once(again="till.show")
def leave() -> None:
    """Take the buyer off the basket again."""
    leave_nobody(_basket_here())
