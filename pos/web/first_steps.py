"""The page a new shop begins with: what to do next, and what is done."""

from flask import Blueprint, render_template

from core.staff import Role
from core.web.access import for_role
from pos.founding.first_steps import first_steps

bp = Blueprint("first_steps", __name__, url_prefix="/first-steps")


@bp.get("")
@for_role(Role.MANAGER)
def show() -> str:
    """The list; the first thing that is not done stands out."""
    steps = first_steps()
    following = next((step for step in steps if step.needed and not step.done), None)
    return render_template("pos/first_steps.html", steps=steps, following=following)
