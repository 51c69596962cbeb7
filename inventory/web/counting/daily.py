"""The list of the day: a five-minute task for whoever stands at the shelf."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from core.staff import Role
from core.web.access import for_role, person_here
from core.web.once import once
from inventory.counting.rolling import begin_list_of_the_day, list_being_counted, picks_of_the_day
from inventory.web.counting.words import words

bp = Blueprint("daily_counts", __name__, url_prefix="/inventory/daily-count", template_folder="../../templates")
bp.context_processor(words)


@bp.get("")
@for_role(Role.CLERK, Role.AUDITOR)
def show() -> str:
    """What to count today; the figures that chose it are not shown."""
    running = list_being_counted()
    picks = [] if running else picks_of_the_day()
    picks.sort(key=lambda pick: (pick.product.producer.name, pick.product.name_folded))
    return render_template("inventory/counting/daily.html", picks=picks, running=running)


@bp.post("")
@for_role(Role.CLERK)
@once
def begin() -> AnyResponse:
    """Begin with today's list, or go on with it."""
    return redirect(url_for("stocktakes.show", stocktake_id=begin_list_of_the_day(by=person_here()).id), 303)
