"""The shop's clock when it was turned: what goods are judged by, and a manager's word that it is right."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from core import clock
from core.i18n import gettext, written_day, written_instant
from core.journal.selling_day import call_clock_right, clock_in_doubt, selling_day
from core.staff import Role
from core.web.access import for_role, may, person_here
from core.web.foot import FootItem
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full

bp = Blueprint("clock", __name__, url_prefix="/clock")


@bp.get("")
@for_role(Role.MANAGER)
def show() -> str:
    """What the clock says, what it should say, and the button of who has looked."""
    return render_template("pos/clock/page.html", doubt=clock_in_doubt(), now=clock.now(), day=selling_day())


@bp.post("/confirmation")
@for_role(Role.MANAGER)
@goes_on_when_full
@once
def confirm() -> Response:
    """The clock is right as it is; from now on goods are judged by it again."""
    call_clock_right(by=person_here())
    flash(gettext("Goods are judged by the clock again: %(now)s.", now=written_instant(clock.now())))
    return redirect(url_for(".show"), 303)


def clock_item() -> FootItem | None:
    """Nothing while the clock goes right; else that it was turned, and what goods are judged by."""
    if clock_in_doubt() is None:
        return None
    said = gettext("The clock was turned: goods are judged by %(day)s", day=written_day(selling_day()))
    return FootItem(said, "act", url_for("clock.show") if may("clock.show") else None)
