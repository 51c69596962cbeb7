"""The first page, and the menu in tiles large enough for a thumb."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from core.staff import Role
from core.web.access import for_role, may
from core.web.foot import home_items
from core.web.shell import menu, menu_groups
from pos.founding.first_steps import has_sold
from pos.shifts.shift import open_shift_of
from pos.web.counter import register_here

bp = Blueprint("home", __name__)


@bp.get("/")
@for_role(Role.CLERK, Role.AUDITOR)
def first() -> Response:
    """The first page of the menu that this person may open: for a clerk the till.

    Who may set up a shop that never sold begins with what is to be done.
    """
    if may("first_steps.show") and not has_sold():
        return redirect(url_for("first_steps.show"), 303)
    return redirect(url_for(next(item.endpoint for item in menu())), 303)


@bp.get("/menu")
@for_role(Role.CLERK, Role.AUDITOR)
def show() -> str:
    """Tiles of the pages that this person may open, and whether the shift runs."""
    register = register_here()
    return render_template(
        "pos/home.html", groups=menu_groups(), register=register, shift=open_shift_of(register), told=home_items()
    )
