"""Practice: begin it, leave it, and for whoever trains a clerk the list of what was rung."""

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.database import db
from core.staff import Role
from core.web.access import for_role
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from pos.practising.practice import PracticeReceipt, clear_the_counter, practice_receipts
from pos.practising.practice_paper import draw_practice
from pos.web.counter import register_here
from pos.web.paper import picture_of
from pos.web.practice_mode import begin_practice, end_practice

bp = Blueprint("practice", __name__, url_prefix="/practice")


@bp.get("")
@for_role(Role.CLERK, Role.AUDITOR)
def show() -> str:
    """What practice is, the way in and out of it, and what was practised."""
    return render_template("pos/practice/page.html", receipts=practice_receipts())


@bp.post("/beginning")
@for_role(Role.CLERK)
@once
def begin() -> AnyResponse:
    """Practise at this browser, before an empty counter; customers' baskets stay where they are."""
    clear_the_counter(register_here())
    begin_practice()
    return redirect(url_for("till.show"), 303)


@bp.post("/end")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def end() -> AnyResponse:
    """Leave practice: its baskets are dropped, the till is as it was before."""
    clear_the_counter(register_here())
    end_practice()
    return redirect(url_for("till.show"), 303)


@bp.get("/<int:number>")
@for_role(Role.CLERK, Role.AUDITOR)
def receipt(number: int) -> str:
    """One practice receipt: the paper, and what was rung."""
    return render_template("pos/practice/receipt.html", practice=_receipt(number))


@bp.get("/<int:number>.png")
@for_role(Role.CLERK, Role.AUDITOR)
def picture(number: int) -> Response:
    """The practice receipt as the printer draws it."""
    return picture_of(draw_practice(_receipt(number).number, 0, False))


def _receipt(number: int) -> PracticeReceipt:
    found = db.session.get(PracticeReceipt, number)
    if found is None:
        raise NotFound
    return found
