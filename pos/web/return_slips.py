"""Slips of goods brought back: one of them on the screen, its picture, numbered copies of it."""

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.database import db
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from pos.returns.refund import RETURN_SLIP
from pos.returns.refund_paper import draw_return_slip, reprint_slip
from pos.returns.refund_table import Refund
from pos.sale_search import papers_of
from pos.web.counter import register_here
from pos.web.paper import picture_of

bp = Blueprint("return_slips", __name__, url_prefix="/returns")


@bp.get("/<int:number>")
@for_role(Role.CLERK, Role.AUDITOR)
def show(number: int) -> str:
    """One slip as it was printed, where the goods went, and what became of its papers."""
    return render_template(
        "pos/receipts/return_slip.html",
        refund=_refund(number),
        papers=papers_of(RETURN_SLIP, number),
    )


@bp.get("/<int:number>.png")
@for_role(Role.CLERK, Role.AUDITOR)
def picture(number: int) -> Response:
    """The slip as the printer draws it."""
    return picture_of(draw_return_slip(_refund(number).number, 0, False))


@bp.post("/<int:number>/copies")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def copy(number: int) -> AnyResponse:
    """Print a numbered copy: BẢN SAO n."""
    reprint_slip(_refund(number), by=person_here(), at=register_here())
    return redirect(url_for(".show", number=number), 303)


def _refund(number: int) -> Refund:
    refund = db.session.get(Refund, number)
    if refund is None:
        raise NotFound
    return refund
