"""The page of a shop that stays closed: what is wrong, what is safe, what to do. It never asks the database."""

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Flask, current_app, g, make_response, redirect, render_template
from werkzeug.wrappers import Response

from config.settings import Settings
from core.current_settings import install_settings
from core.errors import RuleBroken
from core.i18n import gettext
from core.web.access import public
from core.web.manual import install_manual
from core.web.shell import install_shell
from pos.app import MANUAL
from pos.closed_shop.copy_aside import copies_aside, copy_aside
from pos.start_up_check import DamagedShop

bp = Blueprint("closed_shop", __name__, template_folder="templates")
COPY_ASIDE, LANGUAGE = "/set-aside", "/language"
ASKS_NO_DATABASE = ("/static/", "/help")
_DAMAGED = "damaged_shop"


def create_closed_shop(damaged: DamagedShop, settings: Settings) -> Flask:
    """An app that answers every address with the one page, status 503: also those that open tills still ask for."""
    app = Flask(__name__, static_folder=None)
    app.secret_key = secrets.token_hex(32)  # nobody is signed in, and old cookies mean nothing here
    app.extensions[_DAMAGED] = damaged
    install_settings(app, settings)
    app.before_request(_nobody_is_here)
    install_shell(app)
    install_manual(app, MANUAL)
    app.register_blueprint(bp)
    # How Flask says it is done; mypy knows only that a method is replaced.
    app.wsgi_app = everything_is_one_page(app.wsgi_app)  # type: ignore[method-assign]
    return app


def everything_is_one_page(pages: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Whatever is asked for, the first page is meant; but its files, its language, its one button and the manual."""

    def answer(asked: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = asked.get("PATH_INFO", "")
        if not path.startswith(ASKS_NO_DATABASE) and path not in {COPY_ASIDE, LANGUAGE}:
            asked = {**asked, "PATH_INFO": "/", "REQUEST_METHOD": "GET"}
        return pages(asked, start)

    return answer


def _nobody_is_here() -> None:
    g.staff = None  # else the shell would ask the database who is signed in


@bp.get("/")
@public
def show() -> Response:
    """The page."""
    return _page(503)


@bp.post(COPY_ASIDE)
@public
def set_aside() -> Response:
    """Copy the damaged files as they lie, into a folder of their own."""
    try:
        copy_aside(_damaged().folder)
    except RuleBroken as refused:
        return _page(422, said=refused.sentence(gettext))
    except OSError as trouble:
        return _page(500, said=gettext("The files could not be copied: %(trouble)s", trouble=trouble))
    return redirect("/", 303)


def _damaged() -> DamagedShop:
    damaged = current_app.extensions[_DAMAGED]
    assert isinstance(damaged, DamagedShop)
    return damaged


def _page(status: int, said: str = "") -> Response:
    damaged = _damaged()
    copies = copies_aside(damaged.folder)
    page = render_template("closed_shop/page.html", damaged=damaged, copies=copies, said=said)
    return make_response(page, status, {"Retry-After": "60"})
