"""Buyers' data: found by whole phone or name, masked, given out, corrected, erased; and what buyers asked for.

Phone numbers never stand in an address: searches are sent as forms.
"""

from __future__ import annotations

import json

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from config.reference.data_purposes import purpose_as_of, purposes_on, wording
from core.clock import today
from core.current_settings import current_settings
from core.database import after_commit
from core.i18n import N_, current_language, gettext, written_day
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.download import download
from core.web.forms import read_choice, read_one_of, read_text
from core.web.once import once
from pos.buyers.consent import acts_on, agreed_to
from pos.buyers.customer import (
    correct_customer,
    customer_of,
    erase_customer,
    export_customer,
    find_customers,
    kept_until,
    purchases_of,
    show_customer,
    withdraw,
)
from pos.buyers.customer_table import ConsentAct
from pos.buyers.data_request import Wish, answer, ask, open_requests

bp = Blueprint("customers", __name__, url_prefix="/customers")

WISH_NAMES = {
    Wish.SEE: N_("See what is kept"),
    Wish.CORRECT: N_("Correct it"),
    Wish.WITHDRAW: N_("Take consent back"),
    Wish.ERASE: N_("Erase it"),
    Wish.OTHER: N_("Something else"),
}
ACT_NAMES = {
    ConsentAct.GIVEN: N_("Agreed"),
    ConsentAct.WITHDRAWN: N_("Took consent back"),
    ConsentAct.CORRECTED: N_("Corrected"),
    ConsentAct.SHOWN: N_("Shown whole"),
    ConsentAct.EXPORTED: N_("Given out"),
    ConsentAct.ERASED: N_("Erased"),
    ConsentAct.KEPT: N_("Erased but for the invoice"),
    ConsentAct.ASKED: N_("Asked"),
    ConsentAct.ANSWERED: N_("Answered"),
}


@bp.context_processor
def _words() -> dict[str, object]:
    day, language = today(), current_language()
    return {
        "wish_names": WISH_NAMES,
        "consent_act_names": ACT_NAMES,
        "purpose_name": lambda code: purpose_as_of(code, day).name(language),
        "words_of": lambda act: wording(act.purpose, act.wording).words(act.language, current_settings().shop.name),
    }


@bp.get("")
@for_role(Role.MANAGER)
def index() -> str:
    """Search, and the wishes that wait for an answer."""
    return page_of_search()


@bp.get("/found")
@for_role(Role.MANAGER)
def found() -> str:
    """What a search found; opened by hand it is the empty search."""
    text = read_text(request.form, "text", limit=120) if request.method == "POST" else ""
    return page_of_search(text)


@bp.post("/search")
@for_role(Role.MANAGER)
@once(again=".found")
def search() -> None:
    """Look for buyers by a whole phone number or by words of a name."""
    read_text(request.form, "text", limit=120, label=N_("Phone or name"))


def page_of_search(text: str = "") -> str:
    """The page with what was found."""
    return render_template(
        "pos/customers/page.html",
        customers=find_customers(text) if text else None,
        requests=open_requests(),
        purposes=purposes_on(today()),
        language=current_language(),
    )


@bp.get("/<who>")
@for_role(Role.MANAGER)
def show(who: str) -> str:
    """One buyer, masked unless it was asked for; purposes, acts, purchases."""
    customer = customer_of(who)
    return render_template(
        "pos/customers/customer.html",
        customer=customer,
        whole=g.get("whole", False),
        agreed=agreed_to(who),
        acts=acts_on(who),
        purchases=purchases_of(customer),
        kept_until=kept_until(customer),
        wishes=list(Wish),
        waiting=[one for one in open_requests() if one.customer.id == customer.id],
    )


@bp.post("/<who>/showing")
@for_role(Role.MANAGER)
@once(again=".show")
def show_whole(who: str) -> None:
    """Show name and number whole, once; who looked is written down."""
    show_customer(customer_of(who), by=person_here())
    g.whole = True


@bp.post("/<who>/correction")
@for_role(Role.MANAGER)
@once
def correct(who: str) -> Response:
    """Put name or number right."""
    correct_customer(
        customer_of(who),
        name=read_text(request.form, "name", required=False, limit=120),
        phone=read_text(request.form, "phone", limit=20, label=N_("Phone")),
        by=person_here(),
    )
    return _back(who)


@bp.post("/<who>/withdrawal")
@for_role(Role.MANAGER)
@once
def take_back(who: str) -> Response:
    """Take consent to one purpose back; data that no purpose holds goes with the last one."""
    customer = customer_of(who)
    withdraw(customer, read_one_of(request.form, "purpose", list(agreed_to(who))), by=person_here())
    empty_log_soon()
    return _back(who) if agreed_to(who) or is_still_here(who) else _erased()


@bp.post("/<who>/erasure")
@for_role(Role.MANAGER)
@once
def erase(who: str) -> Response:
    """Erase what is kept of a buyer, but for what an invoice keeps."""
    until = erase_customer(customer_of(who), why="asked", by=person_here())
    empty_log_soon()
    if until is None:
        return _erased()
    said = N_("Law keeps what stands on an invoice until %(day)s. Everything else is erased.")
    flash(gettext(said, day=written_day(until)), "warn")
    return _back(who)


@bp.post("/<who>/requests")
@for_role(Role.MANAGER)
@once
def enter_wish(who: str) -> Response:
    """Write down what a buyer asks for."""
    ask(customer_of(who), read_choice(request.form, "wish", Wish), by=person_here())
    return _back(who)


@bp.post("/<who>/answers")
@for_role(Role.MANAGER)
@once
def answered(who: str) -> Response:
    """Write down that a buyer was answered."""
    answer(customer_of(who), by=person_here())
    return _back(who)


@bp.get("/<who>/given-out")
@for_role(Role.MANAGER)
def given_out(who: str) -> Response | str:
    """What was just given out, to print or as a file; opened by hand it leads back to the buyer."""
    if "export" not in g:
        return redirect(url_for(".show", who=who), 303)
    if request.form.get("as") == "file":
        return download(json.dumps(g.export, ensure_ascii=False, indent=1), f"{who}.json")
    return render_template("pos/customers/given_out.html", told=g.export, customer=customer_of(who))


@bp.post("/<who>/export")
@for_role(Role.MANAGER)
@once(again=".given_out")
def give_out(who: str) -> None:
    """Give a buyer everything that is kept of them; that it was given out is written down."""
    g.export = export_customer(customer_of(who), shop=current_settings().shop.name, by=person_here())


def is_still_here(who: str) -> bool:
    """Whether an invoice keeps somebody after their last consent went."""
    acts = acts_on(who)
    return bool(acts) and acts[0].act is not ConsentAct.ERASED


def empty_log_soon() -> None:
    """Have the worker empty the write-ahead log once this is committed; where none works, the daily sweep does."""
    erased = current_app.extensions.get("erased")
    if erased is not None:
        after_commit(erased.set)


def _back(who: str) -> Response:
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".show", who=who), 303)


def _erased() -> Response:
    flash(gettext("Erased. Copies in backups go when those are rotated out."), "ok")
    return redirect(url_for(".index"), 303)
