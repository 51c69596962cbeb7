"""How right the book is, month by month."""

from datetime import timedelta

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from core.clock import today
from core.i18n import N_
from core.staff import Role
from core.web.access import for_role
from core.web.list_file import Columns, list_file, wants_file
from inventory.counting.accuracy import Month, accuracy_by_month
from inventory.web.counting.words import words
from inventory.web.names import percent

bp = Blueprint("count_accuracy", __name__, url_prefix="/inventory/count-accuracy", template_folder="../../templates")
bp.context_processor(words)

_SHOWN = timedelta(days=366)
COLUMNS: Columns[Month] = (
    (N_("Month"), lambda month: month.name),
    (N_("Stocktakes"), lambda month: month.counts),
    (N_("Lots counted"), lambda month: month.lots),
    (N_("As in the book"), lambda month: month.right),
    (N_("Share"), lambda month: percent(month.share)),
    (N_("Too few"), lambda month: month.missing),
    (N_("Too many"), lambda month: month.found),
)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def show() -> str | Response:
    """The stocktakes of a year by month."""
    first, last = today() - _SHOWN, today()
    months = accuracy_by_month(first, last)
    if wants_file():
        return list_file("do-dung-cua-so", N_("How right the book is"), COLUMNS, months)
    return render_template("inventory/counting/accuracy.html", months=months, first=first, last=last)
