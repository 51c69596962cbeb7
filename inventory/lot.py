"""Lots (lô hàng): goods of one product and owner that came together, with the terms they came under.

Ownership stands here and nowhere else: no move can lose it. Nothing of a lot changes after its receipt.
"""

import enum
import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.catalogue.recall import Recall
from inventory.tracing.hold_table import HOLD_IN_FORCE, LotHold

_WHOLE = 10_000


class TermsKind(enum.StrEnum):
    """How goods came (Luật Thương mại 2005, Điều 170, 171): bought, or still the producer's.

    On consignment the producer sets the selling price and the point keeps a commission of it, or he sets what he gets
    for each unit and the point keeps the margin.
    """

    BOUGHT = "bought"
    COMMISSION = "commission"
    DELIVERY_PRICE = "delivery_price"


class TermsNegative(RuleBroken):
    """Terms that would take money from someone for giving goods."""

    message = N_("A cost or delivery price cannot be below 0 ₫. Type it again.")


class CommissionBeyondWhole(RuleBroken):
    """More than the whole price, or less than nothing."""

    message = N_("A commission is a share from 0 to 100 percent. Type it again.")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one lot: cost of a unit, commission in hundredths of a percent, or delivery price of a unit."""

    kind: TermsKind
    cost: Money | None = None
    commission: int | None = None
    delivery_price: Money | None = None

    @classmethod
    def bought(cls, cost: Money) -> "Terms":
        """Bought outright at so much a unit; nothing is owed when it is sold."""
        return cls(TermsKind.BOUGHT, cost=_not_below_zero(cost))

    @classmethod
    def on_commission(cls, hundredths_of_percent: int) -> "Terms":
        """On consignment at the producer's price; the point keeps a share of it: 1500 is 15 %."""
        if not 0 <= hundredths_of_percent <= _WHOLE:
            raise CommissionBeyondWhole()
        return cls(TermsKind.COMMISSION, commission=hundredths_of_percent)

    @classmethod
    def at_delivery_price(cls, price: Money) -> "Terms":
        """On consignment for so much a unit to the producer, whatever the customer pays."""
        return cls(TermsKind.DELIVERY_PRICE, delivery_price=_not_below_zero(price))

    @property
    def consigned(self) -> bool:
        """Whether the goods stay the producer's until they are sold."""
        return self.kind is not TermsKind.BOUGHT

    def due(self, total: Money, quantity: Quantity) -> Money:
        """What the owner gets for a quantity sold for a total; the commission is what is left of it."""
        if self.commission is not None:
            return total.share(Fraction(_WHOLE - self.commission, _WHOLE))
        return self.delivery_price.times(quantity) if self.delivery_price is not None else ZERO


def _not_below_zero(amount: Money) -> Money:
    if amount < ZERO:
        raise TermsNegative()
    return amount


class Lot(AppendOnly, Base):
    """Goods that came together. `owner_id` is None when they are the point's own.

    `sell_by` is the last day they may be sold: the best-before day, or for fresh goods the day they came and the days
    of their product.
    """

    __tablename__ = "lots"
    __table_args__ = (
        CheckConstraint("terms IN ('bought', 'commission', 'delivery_price')", "known_terms"),
        CheckConstraint("(terms = 'bought') = (owner_id IS NULL)", "own_goods_are_bought"),
        CheckConstraint("(terms = 'bought') = (cost IS NOT NULL)", "bought_at_a_cost"),
        CheckConstraint("(terms = 'commission') = (commission IS NOT NULL)", "commission_has_a_rate"),
        CheckConstraint("(terms = 'delivery_price') = (delivery_price IS NOT NULL)", "delivery_price_is_known"),
        CheckConstraint("cost >= 0", "cost_not_negative"),
        CheckConstraint("commission BETWEEN 0 AND 10000", "commission_within_whole"),
        CheckConstraint("delivery_price >= 0", "delivery_price_not_negative"),
        CheckConstraint(
            "best_before IS NULL OR (sell_by IS NOT NULL AND sell_by = best_before)", "sold_until_best_before"
        ),
        Index("ix_lots_of_product", "product_id", "sell_by"),
        Index("ix_lots_of_owner", "owner_id", "product_id"),
        Index("uq_lots_line", "record_seq", "line", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    supplier_id: Mapped[int] = mapped_column(ForeignKey("producers.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("producers.id"))
    terms: Mapped[TermsKind]
    cost: Mapped[Money | None]
    commission: Mapped[int | None]
    delivery_price: Mapped[Money | None]
    received_on: Mapped[date]
    best_before: Mapped[date | None]
    sell_by: Mapped[date | None]
    producer_lot: Mapped[str]
    papers: Mapped[str]
    record_seq: Mapped[int]
    line: Mapped[int]

    product: Mapped[Product] = relationship(viewonly=True)
    supplier: Mapped[Producer] = relationship(viewonly=True, foreign_keys=[supplier_id])
    owner: Mapped[Producer | None] = relationship(viewonly=True, foreign_keys=[owner_id], lazy="joined")
    hold: Mapped[LotHold | None] = relationship(
        HOLD_IN_FORCE,
        primaryjoin=lambda: Lot.id == foreign(HOLD_IN_FORCE.lot_id),
        viewonly=True,
        uselist=False,
        lazy="joined",
    )

    @property
    def frozen_terms(self) -> Terms:
        """The terms the goods came under."""
        return Terms(self.terms, self.cost, self.commission, self.delivery_price)

    @property
    def owner_code(self) -> str | None:
        """The code of the producer whose goods these are; None for the point's own."""
        return self.owner.code if self.owner is not None else None

    def due(self, total: Money, quantity: Quantity) -> Money:
        """What the owner gets for so much of the lot, sold for a total; nothing for the point's own goods."""
        return self.frozen_terms.due(total, quantity)

    def expires_before(self, day: date) -> bool:
        """Whether it may not be sold any more on a day; on its own last day it still may."""
        return self.sell_by is not None and self.sell_by < day


class NoSuchLot(RuleBroken):
    """A lot number that the shop does not have."""

    message = N_("There is no lot %(number)s. Look at the label again, or choose the lot from the list.")


# 209, the nine digits of a lot's own number, a check digit: what its label carries as bars (lot_label.py).
_LABEL = re.compile(r"209([0-9]{9})[0-9]")


def lot_number_in(text: str) -> str:
    """The lot's own number where the digits of its label were scanned; else the text as it is.

    >>> lot_number_in("2092611280016"), lot_number_in("B8")
    ('261128001', 'B8')
    """
    found = _LABEL.fullmatch(text)
    return found[1] if found else text


def lot_of(number: str) -> Lot:
    """The lot of a number, or the sentence that there is none."""
    lot = db.session.scalar(select(Lot).where(Lot.number == lot_number_in(number)))
    if lot is None:
        raise NoSuchLot(number=number[:40])
    return lot


def lot_of_label(product: Product, text: str) -> Lot | None:
    """The lot that a label names, by our number or the producer's own; the newest of several, None when unknown."""
    number = lot_number_in(text)
    return db.session.scalar(
        select(Lot)
        .where(Lot.product_id == product.id, (Lot.number == number) | (Lot.producer_lot == text))
        .order_by((Lot.number == number).desc(), Lot.id.desc())
        .limit(1)
    )


def covers_a_lot(recall: Recall) -> bool:
    """Whether the shop ever received anything that the recall blocks."""
    lots = db.session.scalars(select(Lot).where(Lot.product_id == recall.product_id))
    return any(recall.covers(lot) for lot in lots)
