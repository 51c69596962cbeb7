"""Finding a sale again: by receipt number, amount or order code, or among those of a day."""

from datetime import date

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from core.clock import today
from core.database import db
from core.money import Money
from core.text import fold
from pos.receipt import RECEIPT
from pos.sale import Sale
from printers.spool import PrintJob

MOST_SHOWN = 200
ORDER_ENDING = 3


def find_sales(text: str, day: date, *, limit: int | None = MOST_SHOWN) -> list[Sale]:
    """Sales that a number fits, newest first, of whatever day; without a number, the sales of the day.

    The number may be a receipt's, an amount ("245.000 ₫") or an order code or its last digits.
    """
    digits = "".join(character for character in text if character.isascii() and character.isdigit())
    if text and not digits:
        return []
    sales = _newest_first().limit(limit).where(_fits(digits) if digits else Sale.day == day)
    return list(db.session.scalars(sales))


def find_sales_with(text: str, day: date | None, goods: str) -> list[Sale]:
    """Sales that fit all that is known: a number as in `find_sales`, the day, part of the name of something in them."""
    found, words = find_sales(text, day or today()), fold(goods).split()
    return [sale for sale in found if (day is None or sale.day == day) and _holds(sale, words)]


def _holds(sale: Sale, words: list[str]) -> bool:
    return not words or any(all(word in fold(line.name) for word in words) for line in sale.lines)


def _newest_first() -> Select[Sale]:
    related = (joinedload(Sale.staff), joinedload(Sale.register), selectinload(Sale.tenders))
    return select(Sale).options(*related).order_by(Sale.number.desc())


def _fits(digits: str) -> ColumnElement[bool]:
    number = int(digits[:18])
    fits = (Sale.number == number) | (Sale.total == Money(number))
    return fits | Sale.order_code.endswith(digits, autoescape=True) if len(digits) >= ORDER_ENDING else fits


def printing_of(sale_number: int) -> list[PrintJob]:
    """Every paper that was asked for of a sale, newest first."""
    return papers_of(RECEIPT, sale_number)


def papers_of(kind: str, number: int) -> list[PrintJob]:
    """Every paper that was asked for of a document, newest first."""
    return list(db.session.scalars(_PAPERS_OF, {"kind": kind, "number": number}))


# Made once: the till asks after every sale.
_PAPERS_OF = (
    select(PrintJob)
    .where(PrintJob.kind == bindparam("kind"), PrintJob.number == bindparam("number"))
    .order_by(PrintJob.id.desc())
)
