"""When something does not work: what happened, what was kept, what to do next; as a page or as a message.

A broken rule of the shop is 422 with its own sentence. Our own mistake is 500 with a short number that stands in the
log as well, so that someone on the telephone can find it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from core.errors import RuleBroken
from core.i18n import N_
from core.web.forms import trouble_sentence
from core.web.fragments import wants_fragment

MESSAGES = "#messages"
NUMBER_LETTERS = "ABCDEFGHKLMNPRSTUVWXYZ"  # no digits: the log strikes out six of them, as they may be a PIN


@dataclass(frozen=True)
class Trouble:
    """Three sentences, marked with N_."""

    happened: str
    kept: str
    next: str


_NOTHING_CHANGED = N_("Nothing was changed.")

TROUBLES = {
    400: Trouble(
        N_("The request could not be read."),
        _NOTHING_CHANGED,
        N_("Go back, reload the page and try again."),
    ),
    403: Trouble(
        N_("This page is not open to you."),
        _NOTHING_CHANGED,
        N_("Ask a manager, or sign in as someone who may open it."),
    ),
    404: Trouble(
        N_("There is no such page."),
        _NOTHING_CHANGED,
        N_("Check the address, or choose a page from the menu."),
    ),
    405: Trouble(
        N_("This page cannot be opened this way."),
        _NOTHING_CHANGED,
        N_("Choose a page from the menu."),
    ),
    409: Trouble(
        N_("This form was sent before with other content."),
        N_("What was sent first has been kept; what was sent now was not taken."),
        N_("Look at the page again before you send the form anew."),
    ),
    413: Trouble(
        N_("More was sent than this page takes."),
        _NOTHING_CHANGED,
        N_("Send a smaller file or a shorter text."),
    ),
    500: Trouble(
        N_("The program made a mistake."),
        N_("Everything confirmed before is kept; what you sent just now was not taken."),
        N_("Try once more. If it happens again, tell whoever looks after the program the number below."),
    ),
}
OLD_PAGE = Trouble(
    N_("This page has become too old, for example because someone else signed in."),
    N_("Everything confirmed before is kept; what you sent just now was not taken."),
    N_("Reload the page and send it again."),
)
RULE = Trouble("", N_("Nothing was changed."), N_("Go back and correct it."))


def install_trouble(app: Flask) -> None:
    """Answer broken rules, refused requests and our own mistakes in the language of the screen."""
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(CSRFError, lambda error: _answer(400, OLD_PAGE))
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(500, _our_mistake)


def _rule_broken(broken: RuleBroken) -> Response:
    return _answer(422, RULE, said=trouble_sentence(broken), field=getattr(broken, "field", ""))


def _refused(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:
        return error
    if isinstance(error, SecurityError):  # a name that is not ours: no page of ours has an address there
        return make_response("This address is not the shop's.", 400, {"Content-Type": "text/plain; charset=utf-8"})
    return _answer(status, TROUBLES.get(status, TROUBLES[400]), headers=error.get_headers())


def _our_mistake(error: Exception) -> Response:
    number = "".join(secrets.choice(NUMBER_LETTERS) for _ in range(6))
    # Flask has just logged where it came from.
    current_app.logger.error("that was mistake %s, at %s %s", number, request.method, request.path)
    g.staff = None  # the page is drawn without asking a database that may be what failed
    return _answer(500, TROUBLES[500], number=number)


def _answer(
    status: int, trouble: Trouble, *, headers: list[tuple[str, str]] | None = None, **context: object
) -> Response:
    """A page; for htmx a message in the page's region for messages, so that what was typed stays where it is."""
    if _sign_of_life():
        return make_response("", status)
    template = "trouble/_message.html" if wants_fragment() else "trouble/page.html"
    answer = make_response(render_template(template, status=status, trouble=trouble, **context), status)
    for name, value in headers or []:
        if name.lower() not in {"content-type", "content-length", "location"}:
            answer.headers[name] = value
    if wants_fragment():
        answer.headers["HX-Retarget"] = MESSAGES
        answer.headers["HX-Reswap"] = "afterbegin"
    return answer


def _sign_of_life() -> bool:
    """The foot bar asks every few seconds; its troubles are shown by the bar, not by a message each time."""
    return request.endpoint == "foot.show"
