"""Signing in: a name and a PIN of six digits, by keyboard alone or by touch."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from core.database import db, transaction
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Staff, check_pin
from core.web import access
from core.web.access import public
from core.web.forms import read_text, read_whole
from core.web.once import forget_old_answers
from core.web.safety import local_path

bp = Blueprint("signin", __name__)

PIN_LENGTH = 6


class WrongPin(RuleBroken):
    """Name and PIN do not belong together; it is not said which of them is wrong."""

    message = N_("Name and PIN do not match. Choose your name and type your six digits again.")


@bp.get("/sign-in")
@public
def show() -> str:
    """Tiles with the names of those who work here, and a pad for the PIN."""
    back = local_path(request.args.get("back", ""))
    return render_template("signin/page.html", people=_people(), back=back, pin_length=PIN_LENGTH)


@bp.post("/sign-in")
@public
def sign_in() -> Response:
    """Check the PIN and start with a new session; nothing of the person before stays."""
    staff_id = read_whole(request.form, "staff", label=N_("Name"))
    pin = read_text(request.form, "pin", limit=20, label=N_("PIN"))
    staff = db.session.get(Staff, staff_id)
    if not check_pin(staff, pin):  # an unknown person takes as long as a known one
        current_app.logger.warning("sign-in refused")
        raise WrongPin
    with transaction():
        access.sign_in(db.session.get_one(Staff, staff_id))
        forget_old_answers()
    return redirect(local_path(request.form.get("back", "")), 303)


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """Leave the screen to the next person; baskets stay as they are."""
    with transaction():
        access.sign_out()
    return redirect(url_for("signin.show"), 303)


def _people() -> list[Staff]:
    return list(db.session.scalars(select(Staff).where(Staff.retired_at.is_(None)).order_by(Staff.code)))
