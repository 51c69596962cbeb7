"""Who may open which page. What carries no mark is closed to everybody.

A view says who may use it: `@for_role(Role.CLERK)` or `@public`. Clerk, manager and owner stand above each other, so
`for_role(Role.CLERK)` lets all three in and `for_role(Role.MANAGER)` two of them. The auditor stands beside them: named
with the others, and even then only to read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, current_app, g, request, session, url_for
from werkzeug.wrappers import Response

from core.staff import Role, Staff
from core.web.sign_in_table import begin_sign_in, end_sign_in, signed_in

View = TypeVar("View", bound=Callable[..., object])

EVERYBODY = "everybody"
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
        view.access = allowed  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Let everybody in, also before they sign in."""
    view.access = EVERYBODY  # type: ignore[attr-defined]
    return view


def access_of(app: Flask, endpoint: str) -> frozenset[Role] | str | None:
    """Who may use a view: roles, everybody, or None where nobody has decided it. Style and script files are public."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return EVERYBODY
    return getattr(app.view_functions[endpoint], "access", None)


def may(endpoint: str) -> bool:
    """Whether the person at the screen may open this page."""
    allowed, staff = access_of(current_app, endpoint), current_staff()
    return allowed == EVERYBODY or (staff is not None and allowed is not None and staff.role in allowed)


def install_access(app: Flask) -> None:
    """Ask before every request whether this person may make it."""
    app.before_request(_check)


def _check() -> Response | None:
    if request.endpoint is None:  # no such page: the answer is 404, for everybody alike
        return None
    allowed = access_of(current_app, request.endpoint)
    if allowed is None:
        if current_app.testing:
            raise NoAccessRule(request.endpoint)
        current_app.logger.error("view %s has no access rule and is closed", request.endpoint)
        abort(403)
    if allowed == EVERYBODY:
        return None
    staff = current_staff()
    if staff is None:
        return _to_sign_in()
    if staff.role not in allowed or (staff.role is Role.AUDITOR and request.method not in _READING):
        abort(403)
    return None


def _to_sign_in() -> Response:
    back = request.full_path.rstrip("?") if request.method == "GET" and "HX-Request" not in request.headers else None
    return current_app.redirect(url_for("signin.show", back=back), 303)


def current_staff() -> Staff | None:
    """The person at this screen; nobody once signed out or retired."""
    if "staff" not in g:
        found = signed_in(session.get("token"))
        g.staff = found.staff if found is not None and found.staff.works_here else None
    return g.staff  # type: ignore[no-any-return]


def sign_in(staff: Staff) -> None:
    """Put this person at the screen, inside a transaction. Nothing of the one before stays but the language."""
    end_sign_in(session.get("token"))
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    session["token"] = begin_sign_in(staff)
    g.staff = staff


def sign_out() -> None:
    """Nobody is at this screen any more, inside a transaction. A copy of the cookie opens nothing either."""
    end_sign_in(session.get("token"))
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    g.staff = None
