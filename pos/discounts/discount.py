"""What was taken off a line (giảm giá), frozen with the sale: why, how much, and who bears it."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.money import ZERO, Money

SHOP = "shop"


class DiscountKind(enum.StrEnum):
    """Where a discount comes from, in the order in which one is taken off after the other."""

    PROMOTION = "promotion"
    LINE = "line"
    BASKET = "basket"
    ROUNDING = "rounding"


@dataclass(frozen=True, slots=True)
class Off:
    """One discount, or one line's part of it. `promotion` is the number of the promotion that gave it.

    `bearer` is a code: the shop, until agreements say otherwise.
    """

    kind: DiscountKind
    name: str
    amount: Money
    promotion: int | None = None
    bearer: str = SHOP

    def body(self) -> dict[str, Any]:
        """The discount as the line of a SALE keeps it."""
        body: dict[str, Any] = {
            "kind": self.kind.value,
            "name": self.name,
            "amt": self.amount.dong,
            "bearer": self.bearer,
        }
        return body if self.promotion is None else body | {"promo": self.promotion}


class LineDiscount(AppendOnly, Base):
    """One discount of a sale line; those of a line add up to its `discount`."""

    __tablename__ = "line_discounts"
    __table_args__ = (
        CheckConstraint("amount > 0", "amount_positive"),
        ForeignKeyConstraint(["sale_number", "n"], ["sale_lines.sale_number", "sale_lines.n"]),
    )

    sale_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(primary_key=True)
    k: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DiscountKind]
    name: Mapped[str]
    amount: Mapped[Money]
    bearer: Mapped[str]
    promotion: Mapped[int | None]


def sum_of_offs(offs: Iterable[Off]) -> Money:
    """All that is taken off together."""
    return sum((off.amount for off in offs), ZERO)


def borne_by_owner(offs: Iterable[Off]) -> Money:
    """What of it comes out of the owner's share: everything that the shop does not bear."""
    return sum_of_offs(off for off in offs if off.bearer != SHOP)


def discounts_of(sale_number: int) -> dict[int, list[LineDiscount]]:
    """The discounts of a sale by the number of their line, in their order."""
    rows = select(LineDiscount).where(LineDiscount.sale_number == sale_number)
    found: dict[int, list[LineDiscount]] = {}
    for row in db.session.scalars(rows.order_by(LineDiscount.n, LineDiscount.k)):
        found.setdefault(row.n, []).append(row)
    return found
