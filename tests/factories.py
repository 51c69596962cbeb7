"""The words of the trade, for tests that tell a story: `receive(shop, "mật ong", 10)`, `sell(shop, "mật ong", 3)`.

Goods come into being when they are first named, with a certificate, a price and a tax class. Each verb is a
transaction of its own, as in a page of the shop.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import func, select

from core.clock import today
from core.database import db, transaction
from core.journal.chain import JournalRecord
from core.journal.record import Kind, parse
from core.money import Money
from core.quantity import Quantity, Unit
from core.staff import Staff
from inventory import stock_level
from inventory.catalogue.certificate import add_certificate
from inventory.catalogue.price import set_price
from inventory.catalogue.producer import Producer, add_producer
from inventory.catalogue.product import Product
from inventory.catalogue.product import add_product as enter_product
from inventory.catalogue.tax import set_tax_class
from inventory.lot import Lot, Terms
from inventory.receiving.delivery import Arrival, receive_goods
from pos import basket as baskets
from pos.basket import Basket, BasketLine
from pos.basket_table import BasketDiscount
from pos.checkout import complete_sale
from pos.discounts.basket_discount import discount_basket, discount_line
from pos.discounts.price_by_right import set_price_by_right
from pos.discounts.promotion import ForGoods, enter_promotion
from pos.discounts.promotion import Terms as PromotionTerms
from pos.discounts.promotion_table import Promotion
from pos.quote import quote
from pos.register import Register
from pos.sale import Sale
from pos.shifts import shift as shifts
from pos.shifts.shift import Shift, ShiftClosing
from pos.tender import Paid, TenderKind
from tests.shop_under_test import (
    MORNING,
    PIN,
    Shop,
    bare_app,
    build_template,
    copy_of,
    opened,
    person,
    register_of,
    shop_settings,
)

__all__ = [
    "BOUGHT",
    "MAKER",
    "MORNING",
    "PIN",
    "Shop",
    "bare_app",
    "build_template",
    "copy_of",
    "opened",
    "person",
    "register_of",
    "shop_settings",
]

MAKER = "HTX Quảng Lạc"
BOUGHT = Terms.bought(Money(50_000))


# goods


def producer(shop: Shop, name: str = MAKER) -> Producer:
    """The producer of a name, entered when first mentioned."""
    found = db.session.scalars(select(Producer).where(Producer.name == name)).first()
    if found is not None:
        return found
    with transaction():
        return add_producer(name=name, form="cooperative", by=shop.manager)


def goods(
    shop: Shop, name: str, *, of: str = MAKER, price: int = 100_000, unit: Unit = Unit.PIECE, **more: Any
) -> Product:
    """The product of a name; entered with its papers, price and tax class when first mentioned."""
    found = db.session.scalars(select(Product).where(Product.name == name)).first()
    return found or enter_goods(shop, name, of=of, price=price, unit=unit, **more)


def enter_goods(
    shop: Shop,
    name: str,
    *,
    of: str = MAKER,
    price: int | None = 100_000,
    unit: Unit = Unit.PIECE,
    group: str = "I.2.b",
    stars: int | None = 4,
    tax: str | None = "standard_reduced",
    since: date = date(2025, 3, 15),
) -> Product:
    """A new product; `stars=None`, `price=None` or `tax=None` leave out its certificate, price or tax class."""
    maker = producer(shop, of)
    with transaction():
        by = shop.manager
        label = "kg" if unit is Unit.KILOGRAM else "hũ"
        product = enter_product(maker, name=name, unit=unit, unit_label=label, group_code=group, by=by)
        if stars is not None:
            number = f"QĐ {next(shop.numbers)}"
            add_certificate(
                product, stars=stars, number=number, decision=number, decision_date=since,
                issuer="UBND tỉnh Lạng Sơn", by=by,
            )  # fmt: skip
        if price is not None:
            set_price(product, Money(price), from_day=since, by=by)
        if tax is not None:
            set_tax_class(product, tax, from_day=since, by=by)
        return product


def receive(
    shop: Shop,
    name: str,
    quantity: int | str = 10,
    *,
    terms: Terms = BOUGHT,
    of: str = MAKER,
    price: int = 100_000,
    unit: Unit = Unit.PIECE,
    **more: Any,
) -> Lot:
    """A lot of goods, come today from a producer; `best_before` and `producer_lot` may be given."""
    product = goods(shop, name, of=of, price=price, unit=unit)
    supplier = producer(shop, of)
    amount = Quantity.of(quantity, product.unit)
    with transaction():
        receipt = receive_goods(supplier=supplier, lines=[Arrival(product, amount, terms, **more)], by=shop.manager)
        return receipt.lots[0]


def set_new_price(shop: Shop, name: str, price: int, *, from_day: date | None = None) -> None:
    """Change the price of goods."""
    with transaction():
        set_price(goods(shop, name), Money(price), from_day=from_day or today(), by=shop.manager)


def on_hand(lot: Lot) -> int:
    """How many of a lot are on the shelf, whole pieces."""
    left = stock_level.on_hand(lot).thousandths
    assert left % 1000 == 0
    return left // 1000


# the till


def open_shift(shop: Shop, register: Register | None = None, *, float_: int = 500_000) -> Shift:
    """Open a shift, by default at register 1."""
    with transaction():
        return shifts.open_shift(register or shop.register, float_=Money(float_), by=shop.clerk)


def close_shift(shop: Shop, counted: int, register: Register | None = None) -> ShiftClosing:
    """Count the drawer and close the shift."""
    with transaction():
        shift = shifts.open_shift_of(register or shop.register)
        return shifts.close_shift(shift, counted=Money(counted), by=shop.clerk)


def fill_basket(shop: Shop, *wanted: tuple[str, int | str], register: Register | None = None) -> Basket:
    """Put goods into the basket on the screen: `fill_basket(shop, ("mật ong", 2))`."""
    with transaction():
        basket = baskets.open_basket(register or shop.register)
        for name, quantity in wanted:
            product = goods(shop, name)
            baskets.add_product(basket, product, Quantity.of(quantity, product.unit), by=shop.clerk)
        return basket


def price_by_right(
    shop: Shop, line: BasketLine, price: int, *, reason: str = "hàng móp", by: Staff | None = None
) -> None:
    """Sell a line at a price set by right."""
    with transaction():
        set_price_by_right(line, Money(price), reason=reason, by=by or shop.manager)


def take_off(
    shop: Shop,
    what: BasketLine | Basket,
    *,
    percent: int | None = None,
    amount: int | None = None,
    reason: str = "khách quen",
    by: Staff | None = None,
) -> BasketDiscount:
    """A discount on a line or on a whole basket: `take_off(shop, basket, percent=10)`, `…amount=5_000)`."""
    hundredths = percent * 100 if percent is not None else None
    dong = Money(amount) if amount is not None else None
    how: Any = {"percent": hundredths, "amount": dong, "reason": reason, "by": by or shop.manager}
    with transaction():
        return discount_basket(what, **how) if isinstance(what, Basket) else discount_line(what, **how)


def promote(
    shop: Shop,
    name: str,
    terms: PromotionTerms,
    *,
    of: str | None = None,
    group: str | None = None,
    called: str = "Khuyến mãi",
    days: tuple[date, date] | None = None,
) -> Promotion:
    """A promotion for goods, or for all of a producer (`of`) or a group; for today unless days are given."""
    if of is not None:
        wanted = ForGoods(producer=producer(shop, of))
    else:
        wanted = ForGoods(group=group) if group is not None else ForGoods(product=goods(shop, name))
    first_day, last_day = days or (today(), today())
    with transaction():
        return enter_promotion(called, terms, wanted, first_day=first_day, last_day=last_day, by=shop.manager)


def pay(shop: Shop, basket: Basket, *paid: Paid, key: str | None = None) -> Sale:
    """Complete a basket; without a tender it is paid in cash to the dong."""
    with transaction():
        tenders = paid or (cash(quote(basket).total.dong),)
        return complete_sale(basket, paid=tenders, key=key or str(uuid.uuid4()), by=shop.clerk)


def sell(shop: Shop, name: str, quantity: int | str = 1, *paid: Paid, register: Register | None = None) -> Sale:
    """Sell goods to one customer, who pays in cash to the dong unless tenders are given."""
    return pay(shop, fill_basket(shop, (name, quantity), register=register), *paid)


def cash(dong: int) -> Paid:
    """So much handed over in notes."""
    return Paid(TenderKind.CASH, Money(dong))


def transfer(dong: int) -> Paid:
    """A transfer by the QR of the till."""
    return Paid(TenderKind.TRANSFER, Money(dong))


def card(dong: int, reference: str = "004711") -> Paid:
    """A card payment with the number on its slip."""
    return Paid(TenderKind.CARD, Money(dong), reference)


# what the journal says


def records(*kinds: Kind) -> list[dict[str, Any]]:
    """The records of some kinds, or of all, as they were written."""
    wanted = select(JournalRecord.record).order_by(JournalRecord.seq)
    if kinds:
        wanted = wanted.where(JournalRecord.typ.in_(kinds))
    return [parse(text) for text in db.session.scalars(wanted)]


def count_of(table: type) -> int:
    """How many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(table))
