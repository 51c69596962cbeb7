"""Delivery requests: what was asked, what came of it, and every way in which it leaves the shop."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.download import download
from core.web.forms import read_text
from core.web.list_file import Columns, at_most, list_file, wants_file
from core.web.once import once
from inventory.reordering.delivery_request import DeliveryRequest, close_request, request_of
from inventory.reordering.fulfilment import Fulfilment, LineFulfilment, State, fulfilments
from inventory.reordering.reason import weekday_name
from inventory.reordering.request_paper import mail_file, mail_link, message_of, name_of, print_request, request_pdf
from inventory.web.names import words
from printers.web.pdf_answer import answer_pdf

bp = Blueprint("requests", __name__, url_prefix="/inventory/requests", template_folder="../../templates")
bp.context_processor(words)

_LATEST = 100
STATE_NAMES = {
    State.OPEN: N_("Awaited"),
    State.LATE: N_("Late"),
    State.CAME: N_("All of it came"),
    State.CLOSED: N_("Closed"),
}
COLUMNS: Columns[Fulfilment] = (
    (N_("Number"), lambda one: one.request.number),
    (N_("Producer"), lambda one: one.request.producer.name),
    (N_("Day"), lambda one: one.request.day),
    (N_("Wanted on"), lambda one: one.request.wanted_on),
    (N_("State"), lambda one: gettext(STATE_NAMES[one.state])),
    (N_("Days late"), lambda one: one.days_late),
    (N_("Goods receipts"), lambda one: ", ".join(map(str, one.receipts))),
    (N_("Note"), lambda one: one.request.note),
)
LINES: Columns[LineFulfilment] = (
    (N_("Product code"), lambda one: one.line.product.sku),
    (N_("Product"), lambda one: one.line.product.full_name),
    (N_("Unit"), lambda one: one.line.product.unit_label),
    (N_("Suggested"), lambda one: one.line.suggested),
    (N_("Quantity asked for"), lambda one: one.line.quantity),
    (N_("Came"), lambda one: one.came),
    (N_("Missing"), lambda one: one.missing),
)
STATE_CHIPS = {State.OPEN: "", State.LATE: "chip-act", State.CAME: "chip-ok", State.CLOSED: "chip-warn"}


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str | AnyResponse:
    """The latest requests, the newest first, with how far each got."""
    found = fulfilments()[::-1][: at_most(_LATEST)]
    if wants_file():
        return list_file("de-nghi-giao-hang", N_("Delivery requests"), COLUMNS, found)
    return render_template("inventory/reordering/requests.html", requests=found, **_state_words())


@bp.get("/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str | AnyResponse:
    """One request: asked, came, missing; the text for a chat, the way to paper and mail."""
    asked = _request(number)
    came = _fulfilment(asked)
    if wants_file():
        return list_file(f"de-nghi-giao-hang-{number}", N_("Delivery request"), LINES, came.lines)
    return render_template(
        "inventory/reordering/request.html",
        request_=asked,
        came=came,
        by=name_of(asked.staff_code),
        message=message_of(asked),
        mail_link=mail_link(asked),
        weekday_name=weekday_name,
        **_state_words(),
    )


def _state_words() -> dict[str, object]:
    return {
        "state_name": lambda state: gettext(STATE_NAMES[state]),
        "state_chip": STATE_CHIPS.__getitem__,
        "states": State,
    }


@bp.get("/<int:number>.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def pdf(number: int) -> Response:
    """The request on A4."""
    return answer_pdf(request_pdf(_request(number)), name=f"de nghi giao hang {number}")


@bp.get("/<int:number>.eml")
@for_role(Role.MANAGER, Role.AUDITOR)
def mail(number: int) -> AnyResponse:
    """An e-mail that is still to be sent, the PDF in it."""
    return download(mail_file(_request(number)), f"de-nghi-giao-hang-{number}.eml")


@bp.post("/<int:number>/prints")
@for_role(Role.MANAGER)
@once
def print_(number: int) -> AnyResponse:
    """Print it on the till roll; a second paper says that it is a copy."""
    print_request(_request(number), by=person_here())
    flash(gettext("Delivery request %(number)s is being printed.", number=number), "ok")
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<int:number>/closing")
@for_role(Role.MANAGER)
@once
def close(number: int) -> AnyResponse:
    """Expect nothing more of it."""
    reason = read_text(request.form, "reason", required=False, limit=300, label=N_("Reason"))
    close_request(_request(number), reason=reason, by=person_here())
    flash(gettext("Nothing more is expected of delivery request %(number)s.", number=number), "ok")
    return redirect(url_for(".show", number=number), 303)


def _request(number: int) -> DeliveryRequest:
    asked = request_of(number)
    if asked is None:
        raise NotFound
    return asked


def _fulfilment(asked: DeliveryRequest) -> Fulfilment:
    return next(one for one in fulfilments(asked.producer_id) if one.request.number == asked.number)
