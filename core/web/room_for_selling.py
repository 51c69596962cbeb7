"""When the disk is almost full, what is left of it belongs to selling.

A shop that cannot sell because somebody entered goods on a full disk has its priorities wrong. So below the second
mark only marked views write: selling, paying, closing the shift, printing, recalling a lot; and what the shop's
devices may do before somebody signs in, for who cannot sign in cannot sell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request

from core.errors import RuleBroken
from core.free_space import Room, current_free_space
from core.i18n import N_
from core.web.access import EVERYBODY, THE_SHOP, access_of

View = TypeVar("View", bound=Callable[..., object])
_READING = {"GET", "HEAD", "OPTIONS"}


class DiskAlmostFull(RuleBroken):
    """Room is kept for selling."""

    message = N_("The disk has only %(left)s MB left. Selling goes on; everything else waits until there is room "
                 "again. Call whoever looks after the shop's computer.")  # fmt: skip


def goes_on_when_full(view: View) -> View:
    """Mark a view that belongs to selling: it writes even when the disk is almost full."""
    view.goes_on_when_full = True
    return view


def goes_on(app: Flask, endpoint: str) -> bool:
    """Whether a view writes even then."""
    marked = getattr(app.view_functions[endpoint], "goes_on_when_full", False)
    return bool(marked) or access_of(app, endpoint) in (EVERYBODY, THE_SHOP)


def install_room_for_selling(app: Flask) -> None:
    """Ask before every request that writes whether the disk has room for more than selling."""
    app.before_request(_keep_room)


def _keep_room() -> None:
    if request.method in _READING or request.endpoint is None or goes_on(current_app, request.endpoint):
        return
    space = current_free_space()
    if space is not None and space.room is Room.ONLY_SELLING:
        raise DiskAlmostFull(left=space.megabytes)
