"""The bar at the foot of every page: printer, unsent records, shift. Red only when someone must act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, make_response, render_template, request

from core.staff import Role
from core.web.access import for_role, may

bp = Blueprint("foot", __name__)


Colour = Literal["ok", "warn", "act", "unknown"]


@dataclass(frozen=True)
class FootItem:
    """One thing the bar tells: its words in the language of the screen, how it stands, and where to see more."""

    label: str
    state: Colour = "ok"
    url: str | None = None


Teller = Callable[[], FootItem | None]


def foot_items() -> list[FootItem]:
    """What the packages have to tell now (one that has nothing to tell gives None), with the links that are open to
    whoever is signed in."""
    told = _told("foot_bar")
    return [item if item.url and _is_open(item.url) else replace(item, url=None) for item in told]


def home_items() -> list[FootItem]:
    """What stands above the tiles of the menu page: things to look at today, told to those who may open their page."""
    return [item for item in _told("home_lines") if item.url and _is_open(item.url)]


def _told(place: str) -> list[FootItem]:
    tellers: list[Teller] = current_app.extensions[place]
    return [item for item in (tell() for tell in tellers) if item is not None]


def _is_open(url: str) -> bool:
    pages = current_app.create_url_adapter(request)
    assert pages is not None
    endpoint, _ = pages.match(urlsplit(url).path, method="GET")
    return may(endpoint)


@bp.get("/foot")
@for_role(Role.CLERK, Role.AUDITOR)
def show() -> Response:
    """The bar alone; the page asks for it every five seconds."""
    return make_response(render_template("_foot.html", items=foot_items()))
