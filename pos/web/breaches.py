"""A breach of personal data: entered in a minute, two clocks, what law asks, what was done; to print for the file."""

from __future__ import annotations

from datetime import datetime, time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.clock import VIETNAM, now
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_choice, read_day, read_text
from core.web.once import once
from pos.buyers.breach import Breach, BreachStep, breaches, clocks_of, notice_breach, take_step

bp = Blueprint("breaches", __name__, url_prefix="/breaches")

STEP_NAMES = {
    BreachStep.CONTAINED: N_("Stopped it: pulled the cable, locked the device, changed PINs and passphrases"),
    BreachStep.KEPT_TRACES: N_("Kept the traces: a backup made at once, nothing deleted"),
    BreachStep.TOLD_CONSUMER_BODY: N_("Told the authority for consumer protection (department of industry and trade)"),
    BreachStep.TOLD_DATA_BODY: N_("Told the body in charge of personal data (Ministry of Public Security, A05)"),
    BreachStep.TOLD_BUYERS: N_("Told the buyers whose data it was"),
    BreachStep.PUT_RIGHT: N_("Put right what let it happen"),
    BreachStep.NOTE: N_("Something else"),
    BreachStep.CLOSED: N_("Everything is done; the breach is closed"),
}
LAWS = {
    BreachStep.TOLD_CONSUMER_BODY: N_(
        "24 hours, to the department of industry and trade: when the shop's computers were attacked and buyers may be "
        "harmed. Law on consumer protection 19/2023, article 19."
    ),
    BreachStep.TOLD_DATA_BODY: N_(
        "72 hours, to the Ministry of Public Security (A05): when personal data was lost, shown or taken. "
        "Law on personal data 91/2025, article 23. Small shops are not exempt."
    ),
}


class NotATime(RuleBroken):
    message = N_("“%(text)s” is not a time of day. Type it like 14:05.")


@bp.context_processor
def _words() -> dict[str, object]:
    return {"step_names": STEP_NAMES, "laws": LAWS, "duration": duration}


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def index() -> str:
    """Every breach with its clocks, and the form for a new one."""
    found = [(breach, clocks_of(breach)) for breach in breaches()]
    return render_template("pos/breaches/page.html", found=found, now=now().astimezone(VIETNAM))


@bp.post("")
@for_role(Role.MANAGER)
@once
def notice() -> Response:
    """Write a breach down; the clocks run from the minute it was noticed."""
    day = read_day(request.form, "day", label=N_("Noticed on"))
    moment = read_time(read_text(request.form, "time", limit=5, label=N_("at")))
    breach = notice_breach(
        noticed_at=datetime.combine(day, moment, VIETNAM),
        what=read_text(request.form, "what", limit=500, label=N_("What happened")),
        by=person_here(),
    )
    return redirect(url_for(".show", number=breach.number), 303)


def read_time(text: str) -> time:
    """A time of day as 14:05."""
    try:
        return time.fromisoformat(text if len(text) == 5 else f"0{text}")
    except ValueError:
        raise NotATime(text=text) from None


@bp.get("/<int:number>")
@for_role(Role.MANAGER, Role.AUDITOR)
def show(number: int) -> str:
    """One breach: its clocks to the minute, what law asks, what was done."""
    breach = breach_of(number)
    return render_template("pos/breaches/breach.html", breach=breach, clocks=clocks_of(breach), steps=list(STEP_NAMES))


@bp.post("/<int:number>/steps")
@for_role(Role.MANAGER)
@once
def step(number: int) -> Response:
    """Write down what was done."""
    taken = read_choice(request.form, "step", BreachStep)
    take_step(
        breach_of(number), taken, note=read_text(request.form, "note", required=False, limit=500), by=person_here()
    )
    flash(gettext("Recorded."), "ok")
    return redirect(url_for(".show", number=number), 303)


def breach_of(number: int) -> Breach:
    """The breach of a number."""
    breach = db.session.get(Breach, number)
    if breach is None:
        raise NotFound
    return breach


def duration(minutes: int) -> str:
    """Minutes as hours and minutes: 23:05."""
    return f"{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
