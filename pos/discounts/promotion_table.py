"""The tables of promotions (chương trình khuyến mãi), what one takes off, and which are in force on a day."""

import enum
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, bindparam, exists, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.money import ZERO, Money
from core.quantity import ONE, Quantity
from core.staff import Staff
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from pos.pricing import percent_of


class PromotionKind(enum.StrEnum):
    """How a promotion lowers what the customer pays."""

    PERCENT = "percent"
    PRICE = "price"
    FREE = "free"


class Promotion(AppendOnly, Base):
    """From a first to a last day, for one product, one group of products or the goods of one producer.

    `percent` is in hundredths: 1500 is 15 %. Of every `buy` + `free` of a product, `free` cost nothing.
    """

    __tablename__ = "promotions"
    __table_args__ = (
        CheckConstraint("number > 0", "number_positive"),
        CheckConstraint("kind IN ('percent', 'price', 'free')", "known_kind"),
        CheckConstraint("(kind = 'percent') = (percent IS NOT NULL)", "percent_has_a_rate"),
        CheckConstraint("(kind = 'price') = (price IS NOT NULL)", "price_has_a_price"),
        CheckConstraint("(kind = 'free') = (buy IS NOT NULL)", "free_says_how_many_to_buy"),
        CheckConstraint("(kind = 'free') = (free IS NOT NULL)", "free_says_how_many_are_free"),
        CheckConstraint("percent BETWEEN 1 AND 10000", "percent_within_whole"),
        CheckConstraint("price > 0", "price_positive"),
        CheckConstraint("buy > 0", "buy_positive"),
        CheckConstraint("free > 0", "free_positive"),
        CheckConstraint("first_day <= last_day", "ends_after_it_begins"),
        CheckConstraint(
            "(product_id IS NOT NULL AND group_code IS NULL AND producer_id IS NULL)"
            " OR (product_id IS NULL AND group_code IS NOT NULL AND producer_id IS NULL)"
            " OR (product_id IS NULL AND group_code IS NULL AND producer_id IS NOT NULL)",
            "for_one_thing",
        ),
        Index("ix_promotions_days", "last_day", "first_day"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    kind: Mapped[PromotionKind]
    percent: Mapped[int | None]
    price: Mapped[Money | None]
    buy: Mapped[int | None]
    free: Mapped[int | None]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    group_code: Mapped[str | None]
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    record_seq: Mapped[int] = mapped_column(unique=True)

    product: Mapped[Product | None] = relationship(viewonly=True)
    producer: Mapped[Producer | None] = relationship(viewonly=True)
    end: Mapped["PromotionEnd | None"] = relationship(viewonly=True, uselist=False)

    def covers(self, product: Product) -> bool:
        """Whether the product is among the goods that it is for."""
        if self.group_code is not None:
            return product.group_code == self.group_code or product.group_code.startswith(f"{self.group_code}.")
        return product.id == self.product_id or product.producer_id == self.producer_id

    def takes_off(self, price: Money, quantities: Sequence[Quantity]) -> list[Money]:
        """What it takes off each line of one product, at the price of one; each line's part is rounded once.

        What is free is counted over all the lines together, so that two lines of one jar are a pair, too.
        """
        amounts = [price.times(quantity) for quantity in quantities]
        if self.percent is not None:
            return [percent_of(amount, self.percent) for amount in amounts]
        if self.price is not None:
            return [
                max(amount - self.price.times(quantity), ZERO)
                for amount, quantity in zip(amounts, quantities, strict=True)
            ]
        assert self.buy is not None, "what is neither percent nor price gives something free"
        assert self.free is not None, "the database holds it"
        sets = sum(quantities, Quantity(0)).thousandths // ((self.buy + self.free) * ONE.thousandths)
        whole = price.times(ONE * (sets * self.free))
        # Never more than the lines come to: weighed goods are rounded line by line.
        whole = min(whole, sum(amounts, ZERO))
        return whole.spread([amount.dong for amount in amounts]) if whole else [ZERO] * len(amounts)


class PromotionEnd(AppendOnly, Base):
    """A promotion that ended before its last day, or was taken back before its first; it never runs again."""

    __tablename__ = "promotion_ends"

    promotion_number: Mapped[int] = mapped_column(
        ForeignKey("promotions.number"), primary_key=True, autoincrement=False
    )
    ended_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    staff: Mapped[Staff] = relationship(viewonly=True)


def promotions_in_force(day: date) -> list[Promotion]:
    """What runs on a day, the oldest first. Where nothing does, one small question says so."""
    numbers = list(db.session.connection().execute(_IN_FORCE, {"day": day}).scalars())
    return list(db.session.scalars(_OF_NUMBERS, {"numbers": numbers})) if numbers else []


# Made once: building a statement takes longer than running it, and each redraw of the till asks.
_TABLE: Any = Promotion.__table__
_ENDS: Any = PromotionEnd.__table__
_IN_FORCE = select(_TABLE.c.number).where(
    _TABLE.c.last_day >= bindparam("day"),
    _TABLE.c.first_day <= bindparam("day"),
    ~exists().where(_ENDS.c.promotion_number == _TABLE.c.number),
)
_OF_NUMBERS = (
    select(Promotion).where(Promotion.number.in_(bindparam("numbers", expanding=True))).order_by(Promotion.number)
)
