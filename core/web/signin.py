"""Signing in: a name and a PIN of six digits, by keyboard alone or by touch."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from core.database import db, transaction
from core.errors import RuleBroken
from core.i18n import N_
from core.pin_tries import PinTries, WrongPin, locked_out, prove, unlock
from core.sign_in import end_old_sign_ins
from core.staff import Staff
from core.web import access
from core.web.access import for_the_shop, public
from core.web.forms import read_text, read_whole
from core.web.here import place_here
from core.web.once import forget_old_answers
from core.web.safety import local_path

__all__ = ["PIN_LENGTH", "WrongPin", "bp"]

bp = Blueprint("signin", __name__)

PIN_LENGTH = 6


class NotAManager(RuleBroken):
    """The PIN was right, and the person is no manager."""

    message = N_("%(name)s is not a manager. Ask a manager or the owner to type their PIN.")


@bp.get("/sign-in")
@for_the_shop
def show() -> str:
    """Tiles with the names of those who work here, and a pad for the PIN."""
    back = local_path(request.args.get("back", ""))
    locked = {tries.person for tries in _locked_here()}
    return render_template("signin/page.html", people=people_at_work(), back=back, locked=locked)


@bp.post("/sign-in")
@for_the_shop
def sign_in() -> Response:
    """Check the PIN and start with a new session; nothing of the person before stays."""
    staff = prove_by(request.form.get("staff", ""), read_text(request.form, "pin", limit=20, label=N_("PIN")))
    with transaction():
        access.sign_in(db.session.get_one(Staff, staff.id))
        forget_old_answers()
        end_old_sign_ins()
    return redirect(local_path(request.form.get("back", "")), 303)


@bp.get("/sign-in/unlocking/<code>")
@for_the_shop
def unlocking(code: str) -> str:
    """Where a manager unlocks, on the spot, somebody who typed ten wrong PINs."""
    person = next((person for person in people_at_work() if person.code == code), None)
    if person is None:
        abort(404)
    return render_template("signin/unlocking.html", person=person, people=managers_at_work())


@bp.post("/sign-in/unlocking/<code>")
@for_the_shop
def unlock_here(code: str) -> Response:
    """Give the person their tries back on this device; the manager is not signed in by it."""
    manager = prove_by(request.form.get("staff", ""), read_text(request.form, "pin", limit=20, label=N_("PIN")))
    if not manager.may_approve:
        raise NotAManager(name=manager.name)
    with transaction():
        unlock(code, _code_here(), by=manager)
    return redirect(url_for(".show"), 303)


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """Leave the screen to the next person; baskets stay as they are."""
    with transaction():
        access.sign_out()
    return redirect(url_for("signin.show"), 303)


def prove_by(staff_id: str, pin: str) -> Staff:
    """The person of a number typed or chosen, proved by a PIN; wrong ones count on this device."""
    number = read_whole({"staff": staff_id}, "staff", label=N_("Name"))
    return prove(db.session.get(Staff, number), pin, device=_code_here())


def people_at_work() -> list[Staff]:
    """Those who may sign in, in the order they came."""
    return list(db.session.scalars(select(Staff).where(Staff.retired_at.is_(None)).order_by(Staff.code)))


def managers_at_work() -> list[Staff]:
    """Those whose PIN approves."""
    return [person for person in people_at_work() if person.may_approve]


def _locked_here() -> list[PinTries]:
    here = _code_here()
    return [tries for tries in locked_out() if tries.device == here]


def _code_here() -> str:
    place = place_here()
    assert place is not None, "the access rule lets no stranger try a PIN"
    return place.code
