"""The only page that a stranger's device sees: eight digits from a manager let it in. No name of anybody is shown."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.database import transaction
from core.devices import CODE_DIGITS, NoSuchCode, enrol
from core.i18n import N_
from core.web.access import public
from core.web.forms import read_text
from core.web.here import place_here, remember_device

bp = Blueprint("enrolment", __name__, url_prefix="/device")


@bp.get("")
@public
def show() -> str | Response:
    """Ask for the code; a device that is known already goes on to sign in."""
    if place_here() is not None:
        return redirect(url_for("signin.show"), 303)
    return render_template("signin/enrolment.html", digits=CODE_DIGITS)


@bp.post("")
@public
def let_in() -> Response:
    """Take the code once; this browser is known from now on, until a manager shuts it out."""
    typed = re.sub(r"[\s.-]", "", read_text(request.form, "code", limit=20, label=N_("Code")))
    if place_here() is not None:
        return redirect(url_for("signin.show"), 303)
    with transaction():
        enrolled = enrol(typed)
    if enrolled is None:
        raise NoSuchCode()
    remember_device(enrolled[1])
    return redirect(url_for("signin.show"), 303)
