"""Open baskets: working rows in the shop's database, so that a power cut loses none.

A basket is no document. It may change until it is completed (pos/checkout.py),
but whatever makes it smaller leaves a correction in the journal.
"""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, bindparam, select, text
from sqlalchemy.orm import Mapped, joinedload, lazyload, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money
from core.practice import NotWhilePractising, is_practising
from core.quantity import Quantity
from inventory.catalogue.product import Product
from inventory.lot import Lot
from pos.pricing import line_amount, percent_of
from pos.register import Register
from pos.returns.return_condition import Condition
from pos.shifts.shift_table import need_open_shift_number


class BasketState(enum.StrEnum):
    """Where a basket is in its short life; `dropped` was empty when it was left."""

    OPEN = "open"
    PARKED = "parked"
    SOLD = "sold"
    VOIDED = "voided"
    DROPPED = "dropped"


class BasketFinished(RuleBroken):
    """The basket was sold or voided meanwhile, perhaps in another window."""

    message = N_("Order %(order)s is finished and cannot change any more. Start a new basket.")


class OtherMode(RuleBroken):
    """A basket begun with a customer is never practice, nor one of practice a customer's."""

    message = N_("Order %(order)s belongs to the other mode: practice and selling never mix. Load the page again.")


class BasketEmpty(RuleBroken):
    """Nothing to park, void or sell."""

    message = N_("The basket is empty. Scan something first.")


class Basket(Base):
    """What one customer is about to buy, under an order code that a transfer can name.

    `last_n` is the highest line number given so far, `last_discount` that of its discounts; a number is never given
    twice. `practice` is fixed when the basket is begun: such a basket never becomes a sale, and has a tab of its own.
    `fair`: it is sold away from the usual place. `returns` is what the customer brought back, lying beside the goods.
    """

    __tablename__ = "baskets"
    __table_args__ = (
        Index(
            "one_open_basket_a_register",
            "register_id",
            "practice",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_code: Mapped[str] = mapped_column(unique=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"))
    state: Mapped[BasketState]
    label: Mapped[str]
    last_n: Mapped[int]
    fair: Mapped[bool] = mapped_column(default=False)
    day: Mapped[date] = mapped_column(index=True)
    opened_at: Mapped[datetime]
    practice: Mapped[bool] = mapped_column(default=False)
    last_discount: Mapped[int] = mapped_column(default=0)

    register: Mapped[Register] = relationship(lazy="joined", innerjoin=True, viewonly=True)
    lines: Mapped[list["BasketLine"]] = relationship(
        order_by="BasketLine.n", back_populates="basket", cascade="all, delete-orphan"
    )
    returns: Mapped[list["BasketReturn"]] = relationship(order_by="BasketReturn.n", cascade="all, delete-orphan")

    @property
    def is_live(self) -> bool:
        """May it still change: is it neither sold nor given up?"""
        return self.state in (BasketState.OPEN, BasketState.PARKED)

    @property
    def holds_nothing(self) -> bool:
        """Whether there is neither anything to sell nor anything that came back."""
        return not self.lines and not self.returns

    @property
    def total(self) -> Money:
        """The sum of the lines at their prices, before anything is taken off."""
        return sum((line.amount for line in self.lines), ZERO)

    def line(self, n: int) -> "BasketLine | None":
        """The line of this number, or None when it was removed."""
        return next((line for line in self.lines if line.n == n), None)


class BasketLine(Base):
    """So much of a product; the lot stands here only when a label or a clerk named it.

    `by_hand` with its reason means that the clerk took this lot against the book. `price` differs from `list_price`,
    the shop's price when it was scanned, only where somebody set it by right.
    """

    __tablename__ = "basket_lines"
    __table_args__ = (CheckConstraint("quantity > 0", "quantity_positive"),)

    basket_id: Mapped[int] = mapped_column(ForeignKey("baskets.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    by_hand: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    quantity: Mapped[Quantity]
    price: Mapped[Money]
    list_price: Mapped[Money]
    price_reason: Mapped[str] = mapped_column(default="")

    basket: Mapped[Basket] = relationship(back_populates="lines")
    product: Mapped[Product] = relationship(lazy="joined", innerjoin=True, viewonly=True)
    lot: Mapped[Lot | None] = relationship(lazy="joined", viewonly=True)

    @property
    def amount(self) -> Money:
        """What the line takes, before anything is taken off or shared out."""
        return line_amount(self.price, self.quantity)

    @property
    def is_priced_by_right(self) -> bool:
        """Whether somebody set another price than the shop's for this line."""
        return self.price != self.list_price


class BasketDiscount(Base):
    """What is taken off a line, or off the whole basket where `line` is None: a percent (1500 is 15 %) or an amount.

    `ceiling` is the largest share it may ever take, in hundredths of a percent: a clerk's own right, or the share that
    was asked for. Goods put back afterwards make no discount larger than it was meant.
    """

    __tablename__ = "basket_discounts"
    __table_args__ = (
        CheckConstraint("(percent IS NULL) <> (amount IS NULL)", "percent_or_amount"),
        CheckConstraint("percent BETWEEN 1 AND 10000", "percent_within_whole"),
        CheckConstraint("amount > 0", "amount_positive"),
        CheckConstraint("ceiling BETWEEN 0 AND 10000", "ceiling_within_whole"),
        Index("one_discount_a_line", "basket_id", "line", unique=True),
    )

    basket_id: Mapped[int] = mapped_column(ForeignKey("baskets.id"), primary_key=True)
    k: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int | None]
    percent: Mapped[int | None]
    amount: Mapped[Money | None]
    ceiling: Mapped[int | None]
    reason: Mapped[str]

    def takes_off(self, whole: Money) -> Money:
        """What it takes off so much: rounded once, and never more than there is."""
        if self.percent is not None:
            off = percent_of(whole, self.percent)
        else:
            assert self.amount is not None, "the database holds it"
            off = self.amount
        most = whole if self.ceiling is None else percent_of(whole, self.ceiling)
        return min(off, most)


def discounts_in(basket: Basket) -> list[BasketDiscount]:
    """What is taken off the basket and its lines, in the order it was given; asks nobody where nothing ever was."""
    if not basket.last_discount:
        return []
    return list(db.session.scalars(_DISCOUNTS_IN, {"basket": basket.id}))


class BasketReturn(Base):
    """So much of one lot, or of a service, that a customer brought back, until the refund is complete.

    `sale_n` is the line of the receipt that it answers; without a receipt both are None, and `price` is what goes back
    for one unit.
    """

    __tablename__ = "basket_returns"
    __table_args__ = (
        CheckConstraint("quantity > 0", "quantity_positive"),
        CheckConstraint("price >= 0", "price_not_negative"),
        CheckConstraint("(sale_number IS NULL) = (sale_n IS NULL)", "line_of_a_receipt"),
    )

    basket_id: Mapped[int] = mapped_column(ForeignKey("baskets.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    sale_number: Mapped[int | None] = mapped_column(ForeignKey("sales.number"))
    sale_n: Mapped[int | None]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    quantity: Mapped[Quantity]
    price: Mapped[Money]
    condition: Mapped[Condition]
    reason: Mapped[str]

    product: Mapped[Product] = relationship(lazy="joined", innerjoin=True, viewonly=True)
    lot: Mapped[Lot | None] = relationship(lazy="joined", viewonly=True)


def need_live(basket: Basket) -> None:
    """Refuse to touch a basket that was sold or given up, or that belongs to the other mode."""
    if basket.practice is not is_practising():
        raise OtherMode(order=basket.order_code)
    if not basket.is_live:
        raise BasketFinished(order=basket.order_code)


def need_customer(basket: Basket) -> None:
    """Refuse in practice what is about a person who buys: nobody's data is taken down to try things out."""
    if basket.practice:
        raise NotWhilePractising()


def need_shift(basket: Basket) -> int | None:
    """The number of the open shift that answers for a basket; None for practice, for which no drawer is counted."""
    return None if basket.practice else need_open_shift_number(basket.register)


def read_lines(basket: Basket) -> None:
    """Read the lines with their products at once, and nothing that completing a sale does not need."""
    if "lines" not in basket.__dict__:
        lines = db.session.scalars(_LINES_OF, {"basket": basket.id}).all()
        set_committed_value(basket, "lines", list(lines))


# Made once: building a statement takes longer than running it.
_DISCOUNTS_IN = select(BasketDiscount).where(BasketDiscount.basket_id == bindparam("basket")).order_by(BasketDiscount.k)
_LINES_OF = (
    select(BasketLine)
    .where(BasketLine.basket_id == bindparam("basket"))
    .order_by(BasketLine.n)
    .options(
        joinedload(BasketLine.product, innerjoin=True).lazyload(Product.producer),
        lazyload(BasketLine.lot),
    )
)
