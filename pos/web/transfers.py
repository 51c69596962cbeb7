"""Transfers that are waited for, and money that nobody waits for: listed until somebody has settled each of them."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.approval import Act
from core.clock import now, today
from core.current_settings import current_settings
from core.i18n import N_, gettext, ngettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.approval import need_approval
from core.web.forms import read_choice, read_money, read_text
from core.web.list_file import Columns, list_file, wants_file
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from pos.basket import Basket, BasketState, basket_of, resume_basket
from pos.sale import Sale, sale_of_order
from pos.shifts.shift import open_shift_of
from pos.tender import TenderKind
from pos.transfers.arrival import requests_for, sort_out, write_arrival
from pos.transfers.arrival_table import Arrival, Outcome, Source, arrival_of, is_matched, to_sort_out
from pos.transfers.request import give_up_request
from pos.transfers.request_table import (
    Ending,
    RequestEnding,
    TransferRequest,
    confirmed_on,
    open_requests,
    request_of,
    requests_of,
)
from pos.web.counter import register_here
from pos.web.lines import read_reason

bp = Blueprint("transfers", __name__, url_prefix="/transfers")

GIVE_UP_REASONS = (
    N_("The customer pays another way"),
    N_("The customer left"),
    N_("The money never came"),
)
SOURCES = {
    Source.WEBHOOK: N_("Told by the bank"),
    Source.FILE: N_("Told by the bank, fed in by hand"),
    Source.BY_HAND: N_("Seen at the counter"),
    Source.EXCESS: N_("More than the order asked for"),
    Source.TAKEN_OUT: N_("Taken for a basket and taken out again"),
    Source.GIVEN_UP: N_("Had come when its order was given up"),
}
OUTCOMES = {
    Outcome.COUNTED: N_("Counted at the till already"),
    Outcome.SENT_BACK: N_("Sent back by the bank"),
    Outcome.NOT_OURS: N_("Has nothing to do with selling"),
    Outcome.MISTAKE: N_("Never came: entered by mistake"),
}


@dataclass(frozen=True)
class Waiting:
    """A transfer that is waited for, as the page shows it."""

    request: TransferRequest
    basket: Basket | None
    minutes: int
    has_come: bool

    @property
    def is_here(self) -> bool:
        """Whether its basket can be taken up at this counter."""
        return self.basket is not None and self.basket.is_live and self.basket.register_id == register_here().id


@dataclass(frozen=True)
class Unsorted:
    """A sum that nobody has made anything of, with what the shop knows of the order that it names."""

    arrival: Arrival
    sale: Sale | None
    ending: RequestEnding | None
    fitting: list[TransferRequest]


@bp.context_processor
def _words() -> dict[str, object]:
    return {"sources": SOURCES, "outcomes": OUTCOMES, "states": BasketState, "said_age": said_age}


@bp.get("")
@for_role(Role.CLERK, Role.AUDITOR)
def index() -> str | Response:
    """What is waited for; for managers and auditors also the money to be sorted out."""
    person = person_here()
    sees_all = person.may_approve or person.role is Role.AUDITOR
    notices = current_settings().bank_notices.enabled
    waited, to_sort = open_requests(), to_sort_out() if sees_all else []
    if wants_file():
        return list_file("chuyen-khoan", N_("Transfers"), COLUMNS, [*waited, *to_sort])
    return render_template(
        "pos/transfers/page.html",
        waiting=[_waiting(one) for one in waited],
        reasons=[gettext(reason) for reason in GIVE_UP_REASONS],
        unsorted=[_unsorted(one) for one in to_sort],
        sees_all=sees_all,
        only_word=[one for one in confirmed_on(today()) if not is_matched(one)] if sees_all and notices else [],
    )


# Nothing of the words that came with the money: names and account numbers stand in them.
COLUMNS: Columns[TransferRequest | Arrival] = (
    (N_("State"), lambda one: gettext(N_("Waited for") if isinstance(one, TransferRequest) else SOURCES[one.source])),
    (N_("Order"), lambda one: one.order_code),
    (N_("Amount"), lambda one: one.amount),
    (N_("Time"), lambda one: one.asked_at if isinstance(one, TransferRequest) else one.booked_at or one.told_at),
    (N_("Person"), lambda one: one.staff.name if one.staff else None),
)


@bp.post("/<uid>/resumption")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def resume(uid: str) -> Response:
    """Take the basket of a request up again, with the payment panel open."""
    asked = _request(uid)
    basket = basket_of(asked.order_code)
    if basket is None:
        raise NotFound
    resume_basket(basket)
    return redirect(url_for("payment.show", order=asked.order_code, kind=TenderKind.TRANSFER.value), 303)


@bp.post("/<uid>/giving-up")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def give_up(uid: str) -> Response:
    """Wait no longer, with the reason; what has come already, a clerk gives up only with a manager."""
    asked, shift = _request(uid), open_shift_of(register_here())
    had_come = is_matched(asked)
    number = shift.number if shift else None
    give_up_request(asked, reason=read_reason(), by=person_here(), shift=number)
    if had_come:
        need_approval(Act.MONEY_BACK, about=asked.order_code, shift=number)
    flash(gettext("Recorded. If the money comes after all, the manager finds it here."), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/money")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def enter_money() -> Response:
    """Enter money that was seen to arrive and that no order waits for."""
    amount = read_money(request.form, "amount", label=N_("Amount that has come"))
    order = read_text(request.form, "order", limit=20, required=False, label=N_("Order"))
    shift = open_shift_of(register_here())
    write_arrival(
        amount, source=Source.BY_HAND, order_code=order or None, by=person_here(), shift=shift.number if shift else None
    )
    flash(gettext("Recorded. The manager sorts it out."), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/money/<uid>/sorting")
@for_role(Role.MANAGER)
@once
def sort(uid: str) -> Response:
    """Say what became of a sum: it belongs to an order that waits, or what was done with it."""
    arrival = arrival_of(uid)
    if arrival is None:
        raise NotFound
    outcome = read_choice(request.form, "outcome", Outcome, label=N_("What became of the money"))
    reason = read_text(request.form, "reason", required=False, label=N_("Reason"))
    order = read_text(request.form, "order", limit=20, required=False)
    sort_out(arrival, outcome, reason=reason, order_code=order, by=person_here())
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".index"), 303)


def said_age(minutes: int) -> str:
    """How long something has been waited for, as people say it."""
    if minutes < 1:
        return gettext("less than a minute")
    if minutes < 60:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if minutes < 48 * 60:
        return ngettext("%(num)s hour", "%(num)s hours", minutes // 60)
    return ngettext("%(num)s day", "%(num)s days", minutes // (24 * 60))


def minutes_since(instant: datetime) -> int:
    """Whole minutes since an instant; a clock that was set back makes none of them negative."""
    return max(0, int((now() - instant).total_seconds() // 60))


def _request(uid: str) -> TransferRequest:
    asked = request_of(uid)
    if asked is None:
        raise NotFound
    return asked


def _waiting(asked: TransferRequest) -> Waiting:
    return Waiting(asked, basket_of(asked.order_code), minutes_since(asked.asked_at), is_matched(asked))


def _unsorted(arrival: Arrival) -> Unsorted:
    order = arrival.order_code
    asked = [one for one in requests_of(order) if one.amount == arrival.amount] if order else []
    given_up = [one.ending for one in asked if one.ending and one.ending.how is Ending.GIVEN_UP]
    ending = given_up[-1] if given_up else None
    return Unsorted(arrival, sale_of_order(order) if order else None, ending, requests_for(arrival))
