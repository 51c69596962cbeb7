"""Who may open which page. What carries no mark is closed to everybody.

A view says who may use it: `@for_role(Role.CLERK)`, `@for_oneself`, `@for_the_shop` or `@public`. Clerk, manager and
owner stand above each other, so `for_role(Role.CLERK)` lets all three in and `for_role(Role.MANAGER)` two of them. The
auditor stands beside them: named with the others, and even then only to read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, make_response, redirect, request, session, url_for
from werkzeug.wrappers import Response

from core.clock import today
from core.sign_in import begin_sign_in, end_sign_in, signed_in
from core.staff import Role, Staff
from core.web.here import belongs_here, place_here
from core.web.idle import forget_acts, is_idle, note_act

View = TypeVar("View", bound=Callable[..., object])

EVERYBODY = "everybody"
THE_SHOP = "the shop"
_READING = {"GET", "HEAD", "OPTIONS"}
_ABOVE = {
    Role.CLERK: {Role.CLERK, Role.MANAGER, Role.OWNER},
    Role.MANAGER: {Role.MANAGER, Role.OWNER},
    Role.OWNER: {Role.OWNER},
    Role.AUDITOR: {Role.AUDITOR},
}


class NoAccessRule(Exception):
    """A view that says nobody who may use it: our own mistake, and closed until it is put right."""


def for_role(*roles: Role) -> Callable[[View], View]:
    """Let in the roles named and those above them."""
    allowed = frozenset().union(*(_ABOVE[role] for role in roles))

    def mark(view: View) -> View:
        view.access = allowed
        return view

    return mark


def for_oneself(view: View) -> View:
    """Let everybody in who is signed in, the auditor too: what it changes is their own."""
    view.access = frozenset(Role)
    view.own = True
    return view


def for_the_shop(view: View) -> View:
    """Let in every device of the shop, also before somebody signs in."""
    view.access = THE_SHOP
    return view


def public(view: View) -> View:
    """Let everybody in, also a stranger's device."""
    view.access = EVERYBODY
    return view


def access_of(app: Flask, endpoint: str) -> frozenset[Role] | str | None:
    """Who may use a view: roles, everybody, or None where nobody has decided it. Style and script files are public."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return EVERYBODY
    return getattr(app.view_functions[endpoint], "access", None)


def may(endpoint: str) -> bool:
    """Whether the person at the screen may open this page."""
    allowed, staff = access_of(current_app, endpoint), current_staff()
    return isinstance(allowed, str) or (staff is not None and allowed is not None and staff.role in allowed)


def install_access(app: Flask) -> None:
    """Ask before every request whether this person may make it."""
    app.before_request(_check)


def _check() -> Response | None:
    if request.endpoint is None:  # no such page: the answer is 404, for everybody alike
        return None
    allowed = _rule_of(request.endpoint)
    if allowed == EVERYBODY:
        return None
    staff = signed_in_staff()  # asked first: who is signed in sits at a device of the shop
    if staff is None and place_here() is None:
        return _to_enrolment()
    if isinstance(allowed, str):  # for the shop
        return None
    return _to_sign_in() if staff is None else _check_person(staff, allowed)


def _rule_of(endpoint: str) -> frozenset[Role] | str:
    allowed = access_of(current_app, endpoint)
    if allowed is None:
        if current_app.testing:
            raise NoAccessRule(endpoint)
        current_app.logger.error("view %s has no access rule and is closed", endpoint)
        abort(403)
    return allowed


def _check_person(staff: Staff, allowed: frozenset[Role]) -> Response | None:
    if is_locked():
        return _to_lock()
    if staff.role not in allowed or _changes_as_auditor(staff):
        abort(403)
    note_act(session["token"])
    return None


def _changes_as_auditor(staff: Staff) -> bool:
    own = getattr(current_app.view_functions[request.endpoint or ""], "own", False)
    return staff.role is Role.AUDITOR and request.method not in _READING and not own


def _to_enrolment() -> Response:
    if request.method not in _READING:
        abort(403)
    return redirect(url_for("enrolment.show"), 303)


def _to_sign_in() -> Response:
    back = request.full_path.rstrip("?") if request.method == "GET" and "HX-Request" not in request.headers else None
    return redirect(url_for("signin.show", back=back), 303)


def _to_lock() -> Response:
    """Ask for the PIN: over the page where a script can, else on a page that leads back to it."""
    if "HX-Request" in request.headers:
        answer = make_response("", 423)
        answer.headers["HX-Reswap"] = "none"
        return answer
    shown = request.full_path.rstrip("?") if request.method == "GET" else urlsplit(request.referrer or "").path
    return redirect(url_for("screen_lock.show", back=shown or None), 303)


def signed_in_staff() -> Staff | None:
    """Who signed in on this very device and works here, whether or not the screen is locked."""
    if "signed_in" not in g:
        found = signed_in(session.get("token"))
        here = found is not None and found.staff.works_here and belongs_here(found.device_token_hash)
        g.signed_in = found if here else None
    return g.signed_in.staff if g.signed_in is not None else None


def is_locked() -> bool:
    """Whether somebody signed in here, and nobody has touched the screen for too long."""
    if "locked" not in g:
        g.locked = signed_in_staff() is not None and is_idle(session["token"], g.signed_in.began_at)
    return g.locked


def current_staff() -> Staff | None:
    """The person at this screen; nobody once signed out or retired, and nobody while it is locked."""
    if "staff" not in g:
        g.staff = None if is_locked() else signed_in_staff()
    return g.staff


def person_here() -> Staff:
    """The person at this screen, on a page that is reached by nobody unsigned."""
    staff = current_staff()
    assert staff is not None, "the access rule lets nobody in unsigned"
    return staff


def sign_in(staff: Staff) -> None:
    """Put this person at the screen, inside a transaction. Nothing of the one before stays but the language."""
    place = place_here()
    assert place is not None, "the access rule lets no stranger sign in"
    _leave()
    session["token"] = begin_sign_in(staff, place.device)
    note_act(session["token"])
    if place.device is not None:
        place.device.seen_on = today()
    g.staff = staff


def open_again() -> None:
    """The person who signed in is back and has proved it: everything is as they left it."""
    note_act(session["token"])
    for known in ("locked", "staff"):
        g.pop(known, None)


def sign_out() -> None:
    """Nobody is at this screen any more, inside a transaction. A copy of the cookie opens nothing either."""
    _leave()


def _leave() -> None:
    token, language = session.get("token"), session.get("language")
    end_sign_in(token)
    if token:
        forget_acts(token)
    session.clear()
    if language:
        session["language"] = language
    for known in ("signed_in", "locked", "staff"):
        g.pop(known, None)
