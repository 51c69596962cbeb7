"""The sticker at the counter: scanned before the shift opens, acknowledged when wrong, printed when worn."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from core.approval import Act
from core.current_settings import current_settings
from core.i18n import gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.approval import need_approval
from core.web.forms import read_scan, read_text
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from pos.transfers.sticker import (
    acknowledge_wrong_sticker,
    asks_for_sticker,
    look_at_sticker,
    skip_sticker,
    waiting_wrong,
)
from pos.transfers.sticker_paper import print_sticker, sticker_of
from pos.transfers.sticker_table import Look, looks_since_last_opening
from pos.web.counter import register_here
from pos.web.paper import picture_of
from printers.layouts.sticker import lay_out_sticker

bp = Blueprint("stickers", __name__, url_prefix="/shift/sticker")


@bp.app_context_processor
def _standing() -> dict[str, object]:
    return {"sticker_here": sticker_here}


def sticker_here() -> dict[str, object] | None:
    """How the sticker of this counter stands before its shift opens; None where the shop does not ask."""
    if not asks_for_sticker():
        return None
    looks = looks_since_last_opening(register_here())
    wrong = waiting_wrong(looks)
    newest = next((look for look in reversed(looks) if look.act is not Look.WRONG), None)
    return {"wrong": wrong, "newest": None if wrong else newest}


@bp.post("")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def look() -> Response:
    """Compare what was scanned with the shop's account; a wrong one is written down before anybody is told."""
    look_at_sticker(register_here(), read_scan(request.form), by=person_here())
    return redirect(url_for("shifts.show"), 303)


@bp.post("/skipping")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def skip() -> Response:
    """Open without a look, with the reason."""
    skip_sticker(register_here(), reason=read_text(request.form, "reason", required=False), by=person_here())
    return redirect(url_for("shifts.show"), 303)


@bp.post("/acknowledgement")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def acknowledge() -> Response:
    """A manager has seen the wrong sticker and says what was done."""
    register = register_here()
    reason = read_text(request.form, "reason", required=False)
    acknowledge_wrong_sticker(register, reason=reason, by=person_here())
    need_approval(Act.WRONG_STICKER, about=register.code)
    return redirect(url_for("shifts.show"), 303)


@bp.get("/picture.png")
@for_role(Role.MANAGER, Role.AUDITOR)
def picture() -> Response:
    """The sticker as the printer draws it."""
    return picture_of(lay_out_sticker(sticker_of(current_settings())))


@bp.post("/papers")
@for_role(Role.MANAGER)
@once
def print_() -> Response:
    """Print a sticker at the counter where it is asked for."""
    print_sticker(register_here(), by=person_here())
    flash(gettext("The sticker is on its way. Scan it once with your own phone before you put it up."), "ok")
    return redirect(url_for("settings.bank"), 303)
