"""How right the book is, month by month."""

from datetime import timedelta

from flask import Blueprint, render_template

from core.clock import today
from core.staff import Role
from core.web.access import for_role
from inventory.counting.accuracy import accuracy_by_month
from inventory.web.counting.words import words

bp = Blueprint("count_accuracy", __name__, url_prefix="/inventory/count-accuracy", template_folder="../../templates")
bp.context_processor(words)

_SHOWN = timedelta(days=366)


@bp.get("")
@for_role(Role.MANAGER, Role.AUDITOR)
def show() -> str:
    """The stocktakes of a year by month."""
    first, last = today() - _SHOWN, today()
    return render_template(
        "inventory/counting/accuracy.html", months=accuracy_by_month(first, last), first=first, last=last
    )
