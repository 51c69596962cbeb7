"""Who the invoice of this basket is made out to, when the buyer asks; never in the way of a sale."""

from flask import Blueprint, current_app, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from config.reference.data_purposes import wording_on
from core.clock import today
from core.current_settings import current_settings
from core.database import after_commit
from core.i18n import N_, current_language
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_text
from core.web.once import once
from pos.basket import Basket, current_basket
from pos.invoice.buyer import FOR_INVOICE, buyer_of_invoice, leave_invoice_buyer, name_invoice_buyer
from pos.invoice.invoice_list import all_of_sale, not_accepted_of
from pos.web.counter import register_here
from pos.web.till_screen import panel_answer

bp = Blueprint("invoice_buyer", __name__, url_prefix="/till/invoice-buyer")


@bp.app_context_processor
def _duty() -> dict[str, object]:
    return {
        "invoice_is_due": current_settings().invoice.is_due,
        "invoices_of": lambda sale: all_of_sale(sale.number),
        "invoices_not_accepted": lambda shift: not_accepted_of(shift.day),
    }


def _basket_here() -> Basket:
    basket = current_basket(register_here())
    if basket is None:
        raise NotFound
    return basket


@bp.get("")
@for_role(Role.CLERK)
def show() -> Response:
    """The fields of the invoice's buyer, or who was taken down already."""
    basket = _basket_here()
    shop, language = current_settings().shop.name, current_language()
    return panel_answer(
        "pos/till/_invoice_buyer.html",
        basket=basket,
        buyer=buyer_of_invoice(basket.order_code),
        words=wording_on(FOR_INVOICE, today()).words(language, shop),
    )


@bp.post("")
@for_role(Role.CLERK)
@once(again="till.show")
def take() -> None:
    """Take down who the invoice is made out to."""
    name_invoice_buyer(
        _basket_here(),
        name=read_text(request.form, "name", limit=400, label=N_("Name on the invoice")),
        tax_code=read_text(request.form, "tax_code", required=False, limit=20, label=N_("Tax code")),
        address=read_text(request.form, "address", required=False, limit=400, label=N_("Address")),
        personal_id=read_text(request.form, "personal_id", required=False, limit=20, label=N_("Personal number")),
        phone=read_text(request.form, "phone", required=False, limit=20, label=N_("Phone")),
        by=person_here(),
    )


@bp.post("/removal")
@for_role(Role.CLERK)
@once(again="till.show")
def leave() -> None:
    """Make the invoice out to nobody again."""
    leave_invoice_buyer(_basket_here())
    erased = current_app.extensions.get("erased")
    if erased is not None:
        after_commit(erased.set)
