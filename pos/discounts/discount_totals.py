"""What was taken off over a span, by kind and by who bears it: lines of the X and Z reports and of the day book."""

from sqlalchemy import func, select

from core.database import db
from pos.discounts.discount import DiscountKind, LineDiscount
from pos.reports.span import Span
from pos.sale import Sale
from printers.day_documents import DiscountTotal


def discounts_in(span: Span) -> tuple[DiscountTotal, ...]:
    """One total a kind and bearer, in the order in which discounts are taken off; `count` is of sales, not of lines."""
    rows = db.session.execute(
        select(
            LineDiscount.kind,
            LineDiscount.bearer,
            func.count(LineDiscount.sale_number.distinct()),
            func.sum(LineDiscount.amount),
        )
        .join(Sale, Sale.number == LineDiscount.sale_number)
        .where(span(Sale))
        .group_by(LineDiscount.kind, LineDiscount.bearer)
    )
    order = list(DiscountKind)
    totals = sorted(rows.all(), key=lambda row: (order.index(row[0]), row[1]))
    return tuple(DiscountTotal(kind.value, bearer, count, amount) for kind, bearer, count, amount in totals)
