"""Papers of counting as PDF: the sheet to count on, with or without the book, and the minutes to sign."""

from flask import Blueprint, Response, request
from sqlalchemy import select

from core.database import db
from core.i18n import N_, gettext
from core.staff import Role, Staff
from core.web.access import for_role
from inventory.catalogue.product import Product
from inventory.counting.count_paper import Titles, minutes_of, sheet_to_count
from inventory.counting.scope import products_in
from inventory.counting.stocktake import PLACES, stocktake_of
from inventory.location import SHELF
from inventory.web.counting.posted import count_of
from inventory.web.counting.words import place_name, scope_name
from printers.web.pdf_answer import answer_document

bp = Blueprint("count_papers", __name__, url_prefix="/inventory/count-papers")


@bp.get("/stocktakes/<int:stocktake_id>.pdf")
@for_role(Role.CLERK, Role.AUDITOR)
def blind(stocktake_id: int) -> Response:
    """The goods of a stocktake to count by hand; it does not say how many there should be."""
    stocktake = stocktake_of(stocktake_id)
    titles = Titles(place_name(stocktake.place), scope_name(stocktake))
    sheet = sheet_to_count(titles, products_in(stocktake), stocktake.place, with_book=False)
    return answer_document(sheet, name=f"dem {stocktake.id}")


@bp.get("/book.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def with_book() -> Response:
    """Everything at a place by owner, with what the book has now: for an inspector who counts."""
    place = request.args.get("place", SHELF)
    place = place if place in PLACES else SHELF
    goods = db.session.scalars(select(Product.id).where(Product.service.is_(False))).all()
    titles = Titles(place_name(place), gettext(N_("Everything")))
    return answer_document(sheet_to_count(titles, goods, place, with_book=True), name=f"kiem ke {place}")


@bp.get("/stock-counts/<int:number>.pdf")
@for_role(Role.MANAGER, Role.AUDITOR)
def minutes(number: int) -> Response:
    """The minutes of a posted stocktake."""
    count = count_of(number)
    people = dict(db.session.execute(select(Staff.code, Staff.name)).all())
    titles = Titles(place_name(count.place), scope_name(count))
    return answer_document(minutes_of(count, titles, people=people), name=f"bien ban kiem ke {number}")
