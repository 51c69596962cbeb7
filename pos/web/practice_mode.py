"""Practice at a browser: switched on by a person, seen on every page, over when they leave it or sign out.

It is kept in the browser's own session, so it ends with the person's sign-in and reaches no other browser. Every page
tells with each request in which mode it was drawn; one that lies in another window from before acts in neither.
"""

from flask import Flask, g, make_response, request, session
from werkzeug.wrappers import Response

from core.approval import Act
from core.errors import RuleBroken
from core.i18n import N_, gettext
from core.practice import is_practising, practise
from core.web.access import current_staff, person_here
from core.web.approval import asks_for, need_approval
from core.web.fragments import wants_fragment
from core.web.once import KEY_FIELD
from pos.basket import Basket
from pos.basket_table import need_shift

_SESSION_KEY = "practice"
MODE_HEADER, MODE_FIELD = "X-Practice", "practice"  # written by shell.html and macros.html


class PageOfOtherMode(RuleBroken):
    """A window still shows the till as it was before practice began or ended in another one."""

    message = N_("Practice was switched on or off in another window, so nothing was done. Load the page again (F5).")


def install_practice(app: Flask) -> None:
    """Know for each request whether it is practice; afterwards the thread works on for others."""
    app.before_request(_choose_mode)
    app.teardown_request(_work_again)
    app.extensions.setdefault("banners", []).append("pos/practice/_banner.html")


def begin_practice() -> None:
    """From the next page on this browser practises."""
    session[_SESSION_KEY] = True


def end_practice() -> None:
    """From the next page on this browser sells."""
    session.pop(_SESSION_KEY, None)


def need_word(act: Act, basket: Basket) -> None:
    """A manager's word for what was done to a basket; in practice it is only said that it would be asked for."""
    if not basket.practice:
        need_approval(act, about=basket.order_code, shift=need_shift(basket))
    elif asks_for(act, person_here()):
        g.practice_hint = gettext("With a customer a manager would have to type their PIN here.")


def _choose_mode() -> Response | None:
    practise(_SESSION_KEY in session and current_staff() is not None)
    if _drawn_in() is is_practising():
        return None
    if request.method == "POST" and KEY_FIELD in request.form:
        raise PageOfOtherMode()
    return _drawn_anew() if request.method == "GET" and wants_fragment() else None


def _drawn_in() -> bool:
    """Whether the page that asks was drawn for practice."""
    told = request.headers if "HX-Request" in request.headers else request.form
    return (MODE_HEADER if told is request.headers else MODE_FIELD) in told


def _drawn_anew() -> Response:
    """The part that was asked for belongs into another page: the whole page is loaded."""
    answer = make_response("")
    answer.headers["HX-Refresh"] = "true"
    return answer


def _work_again(error: BaseException | None) -> None:
    practise(False)
