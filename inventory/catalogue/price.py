"""Prices (giá bán): what one unit costs the customer, tax included, from a first day on.

A later price ends the earlier one; no row is ever changed. The price of a day is the last one that was set for it:
during today and for days to come a price may be set again, the price of yesterday never moves. Only past days on which
the product had no price at all may be given one afterwards; nothing was sold then. What was set for a day to come can
be taken back until that day begins.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.selling_day import selling_day
from core.money import ZERO, Money
from core.staff import Staff
from inventory.catalogue.product import Product
from inventory.catalogue.taken_back import Dated, TakenBack, last_word, last_words, still_stands, take_back


class PriceNotPositive(RuleBroken):
    """Nothing is sold for nothing."""

    message = N_("The price of %(product)s must be more than 0 ₫. Type its price.")


class PriceOfPast(RuleBroken):
    """What was true on a past day stays true."""

    message = N_("%(product)s already had a price on %(day)s, and the past does not change. Set it from today on.")


class Price(AppendOnly, Base):
    """A price from its first day on, until a later row says otherwise."""

    __tablename__ = "prices"
    __table_args__ = (
        CheckConstraint("amount > 0", "amount_positive"),
        Index("ix_prices_of_day", "product_id", "first_day", "record_seq", "amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    amount: Mapped[Money]
    first_day: Mapped[date]
    record_seq: Mapped[int] = mapped_column(unique=True)


def set_price(product: Product, amount: Money, *, from_day: date, by: Staff) -> Price:
    """Set the price of one unit from a day on.

    Raises PriceOfPast for a day before today on which the product had a price already.
    """
    if amount <= ZERO:
        raise PriceNotPositive(product=product.name)
    if from_day < selling_day() and price_on(product, from_day) is not None:
        raise PriceOfPast(product=product.name, day=from_day)
    body = {"sku": product.sku, "price": amount.dong, "from": from_day.isoformat()}
    record = write_record(Kind.PRICE, body, by=by)
    price = Price(product_id=product.id, amount=amount, first_day=from_day, record_seq=record.seq)
    db.session.add(price)
    db.session.flush()
    return price


def take_back_price(product: Product, *, first_day: date, reason: str, by: Staff) -> TakenBack:
    """Undo a price that was entered wrongly for a day to come: the price before it goes on."""
    return take_back(Dated.PRICE, Price, product, first_day=first_day, reason=reason, by=by)


def prices_of(product: Product) -> list[Price]:
    """Every price the product ever had or will have, the newest first; of one day's only the last that was set."""
    return last_words(Dated.PRICE, Price, product)


def standing_prices() -> Select[Price, Product]:
    """Every price that was not taken back, with its product."""
    prices = select(Price, Product).join(Product, Product.id == Price.product_id)
    return prices.where(still_stands(Dated.PRICE, _TABLE))


def last_word_on_price(product: Product) -> int:
    """The newest record about the product's prices, for a form that must not overwrite an unseen one."""
    return last_word(Dated.PRICE, _TABLE, product)


def price_on(product: Product, day: date) -> Money | None:
    """What one unit costs on a day; None when it has no price then."""
    return prices_for([product.id], day).get(product.id)


def prices_for(product_ids: Collection[int], day: date) -> dict[int, Money]:
    """The prices of many products on a day in one query; those without a price are left out."""
    rows = db.session.connection().execute(_PRICES_FOR, {"products": list(product_ids), "day": day})
    return dict(rows.all())


def _latest_prices() -> Select[int, Money]:
    latest = (
        func.row_number()
        .over(partition_by=_TABLE.c.product_id, order_by=(_TABLE.c.first_day.desc(), _TABLE.c.record_seq.desc()))
        .label("place")
    )
    known = (
        select(_TABLE.c.product_id, _TABLE.c.amount, latest)
        .where(
            _TABLE.c.product_id.in_(bindparam("products", expanding=True)),
            _TABLE.c.first_day <= bindparam("day"),
            still_stands(Dated.PRICE, _TABLE),
        )
        .subquery()
    )
    return select(known.c.product_id, known.c.amount).where(known.c.place == 1)


_TABLE: Any = Price.__table__
# Made once: building a statement takes longer than running it, and each sale asks for this.
_PRICES_FOR = _latest_prices()
