"""The screen locks when nobody has touched it for some minutes: the same person opens it again by the PIN.

Basket and page stay. The shell shows the lock over the page it is on; without a script it is a page of its own.
"""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.errors import RuleBroken
from core.i18n import N_
from core.web import access
from core.web.access import for_the_shop
from core.web.forms import read_text, trouble_sentence
from core.web.fragments import wants_fragment
from core.web.safety import local_path
from core.web.signin import prove_by

bp = Blueprint("screen_lock", __name__, url_prefix="/lock")


@bp.get("")
@for_the_shop
def show() -> str | Response:
    """The lock as a page, with the way back to what was open."""
    back, person = local_path(request.args.get("back", "")), access.signed_in_staff()
    if person is None:
        return redirect(url_for("signin.show", back=back), 303)
    return render_template("signin/lock.html", person=person, back=back)


@bp.post("")
@for_the_shop
def open_() -> Response:
    """Open the screen for the person who signed in; over a page nothing else changes."""
    person = access.signed_in_staff()
    if person is None:
        return redirect(url_for("signin.show"), 303)
    try:
        prove_by(str(person.id), read_text(request.form, "pin", limit=20, label=N_("PIN")))
    except RuleBroken as broken:
        if _over_a_page():
            return make_response(render_template("signin/_refused.html", said=trouble_sentence(broken)), 422)
        raise
    access.open_again()
    return make_response("", 204) if _over_a_page() else redirect(local_path(request.form.get("back", "")), 303)


def _over_a_page() -> bool:
    return wants_fragment() and "back" not in request.form
