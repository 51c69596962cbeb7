"""What both sides said of an accepted line besides its lot: the quantity on the producer's paper, the selling price."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base
from core.money import Money
from core.quantity import Quantity
from inventory.catalogue.price import prices_for
from inventory.catalogue.product import Product


class SlipLine(AppendOnly, Base):
    """The words on one line of a delivery slip; receipts of the time before slips have none.

    `announced` is None where the producer brought no paper. `price` is what one unit sold at when both confirmed, so
    that a copy says the same as the first paper; None where the product had no price yet.
    """

    __tablename__ = "delivery_slip_lines"
    __table_args__ = (
        CheckConstraint("announced >= 0", "announced_not_negative"),
        CheckConstraint("price > 0", "price_positive"),
    )

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    announced: Mapped[Quantity | None]
    price: Mapped[Money | None]


class Brought(Protocol):
    """As much of an arrival as a slip's words need."""

    @property
    def product(self) -> Product: ...
    @property
    def announced(self) -> Quantity | None: ...


def slip_lines_of(lines: Sequence[Brought], day: date, record_seq: int) -> list[SlipLine]:
    """The words on the lines of a delivery, with the selling prices of its day."""
    prices = prices_for([line.product.id for line in lines], day)
    return [
        SlipLine(record_seq=record_seq, line=n, announced=line.announced, price=prices.get(line.product.id))
        for n, line in enumerate(lines, start=1)
    ]
