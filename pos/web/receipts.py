"""Receipts: today's sales and what came back, one receipt on the screen, numbered copies of it."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from core.clock import today
from core.database import db
from core.i18n import gettext
from core.staff import Role
from core.web.access import for_role, person_here
from core.web.forms import read_day_if_given, read_text
from core.web.fragments import page_or_fragment
from core.web.list_file import at_most, table_file, wants_file
from core.web.once import once
from core.web.room_for_selling import goes_on_when_full
from pos.receipt import draw_receipt, reprint
from pos.reports.day_book_tables import table_of
from pos.returns.refund_table import refunds_of, refunds_on
from pos.sale import Sale
from pos.sale_search import MOST_SHOWN, find_sales, printing_of
from pos.web.counter import register_here
from pos.web.paper import picture_of
from printers.spool import PrintJob

bp = Blueprint("receipts", __name__, url_prefix="/receipts")


@bp.get("")
@for_role(Role.CLERK, Role.AUDITOR)
def index() -> AnyResponse:
    """The sales of a day; with a number, an amount or an order code, those that match on any day."""
    text = read_text(request.args, "text", required=False, limit=60)
    day = read_day_if_given(request.args, "day") or today()
    sales = find_sales(text, day, limit=at_most(MOST_SHOWN))
    refunds = [] if text else refunds_on(day)
    if wants_file():
        table = table_of(sales, refunds)
        return table_file(f"bien-lai-{day.isoformat()}", gettext("Sold receipts"), *table)
    return page_or_fragment(
        "pos/receipts/page.html", "pos/receipts/_list.html", sales=sales, refunds=refunds, text=text, asked_day=day
    )


@bp.get("/<int:number>")
@for_role(Role.CLERK, Role.AUDITOR)
def show(number: int) -> str:
    """One receipt as it was printed, and what became of its papers."""
    sale = _sale(number)
    return render_template("pos/receipts/receipt.html", sale=sale, papers=printing_of(number), refunds=refunds_of(sale))


@bp.get("/<int:number>.png")
@for_role(Role.CLERK, Role.AUDITOR)
def picture(number: int) -> Response:
    """The receipt as the printer draws it."""
    return picture_of(draw_receipt(_sale(number).number, 0, False))


@bp.get("/papers/<int:job_id>")
@for_role(Role.CLERK, Role.AUDITOR)
def paper_state(job_id: int) -> str:
    """Whether a paper came out; the page asks until that is known."""
    return render_template("pos/receipts/_paper.html", job=db.get_or_404(PrintJob, job_id))


@bp.post("/<int:number>/copies")
@for_role(Role.CLERK)
@goes_on_when_full
@once
def copy(number: int) -> AnyResponse:
    """Print a numbered copy: BẢN SAO n."""
    reprint(_sale(number), by=person_here(), at=register_here())
    return redirect(url_for(".show", number=number), 303)


def _sale(number: int) -> Sale:
    sale = db.session.get(Sale, number)
    if sale is None:
        raise NotFound
    return sale
