"""What came back of a sale so far, line by line."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from core.database import db
from core.quantity import Quantity
from pos.returns.refund_share import Part
from pos.returns.refund_table import Refund, RefundLine
from pos.sale import Sale, SaleLine


@dataclass(frozen=True, slots=True)
class LineLeft:
    """A line of a receipt, and what of it came back."""

    line: SaleLine
    back: Part

    @property
    def left(self) -> Quantity:
        """How much may still come back."""
        return self.line.quantity - self.back.quantity


def sold_part(line: SaleLine) -> Part:
    """A line of a receipt as goods and money."""
    return Part(line.quantity, line.amount, line.due, line.vat)


_BACK = (
    select(
        RefundLine.sale_n,
        func.sum(RefundLine.quantity),
        func.sum(RefundLine.amount),
        func.sum(RefundLine.due),
        func.sum(RefundLine.vat),
    )
    .join(Refund, Refund.number == RefundLine.refund_number)
    .where(Refund.sale_number == bindparam("sale"), RefundLine.sale_n.is_not(None))
    .group_by(RefundLine.sale_n)
)


def back_by_line(sale_number: int) -> dict[int, Part]:
    """What came back of each line of a receipt; lines of which nothing did are left out."""
    rows = db.session.execute(_BACK, {"sale": sale_number}).all()
    return {n: Part(quantity, amount, due, vat) for n, quantity, amount, due, vat in rows if n is not None}


def lines_left(sale: Sale) -> list[LineLeft]:
    """The lines of a receipt, each with what came back of it."""
    back = back_by_line(sale.number)
    return [LineLeft(line, back.get(line.n, Part())) for line in sale.lines]
