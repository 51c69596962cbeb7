"""The words of the trade, for tests that tell a story: `receive(shop, "mật ong", 10)`, `sell(shop, "mật ong", 3)`.

Goods come into being when they are first named, with a certificate, a price and a tax class. Each verb is a
transaction of its own, as in a page of the shop.
"""

from __future__ import annotations

import itertools
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from config.settings import Settings, load_settings
from core.clock import Hand, today
from core.current_settings import install_settings
from core.database import db, install_database, transaction
from core.journal.chain import JournalRecord
from core.journal.record import Kind, parse
from core.journal.seal import Terminal, install_terminal, make_key
from core.migrate import upgrade
from core.money import Money
from core.quantity import Quantity, Unit
from core.staff import Role, Staff, hire
from inventory import stock_level
from inventory.catalogue.certificate import add_certificate
from inventory.catalogue.price import set_price
from inventory.catalogue.producer import Producer, add_producer
from inventory.catalogue.product import Product
from inventory.catalogue.product import add_product as enter_product
from inventory.catalogue.tax import set_tax_class
from inventory.delivery import Arrival, receive_goods
from inventory.location import set_up_locations
from inventory.lot import Lot, Terms
from pos import basket as baskets
from pos import shift as shifts
from pos.basket import Basket
from pos.checkout import complete_sale
from pos.data_folder import DataFolder
from pos.papers import register_papers
from pos.quote import quote
from pos.register import Register, add_register
from pos.sale import Sale
from pos.shift import Shift, ShiftClosing
from pos.tender import Paid, TenderKind

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # Friday, 08:00 in Viet Nam
MAKER = "HTX Quảng Lạc"
BOUGHT = Terms.bought(Money(50_000))
PIN = "135790"


@dataclass
class Shop:
    """A shop under test: its app, its folder, its people, its registers, and the hand of its clock."""

    app: Flask
    folder: DataFolder
    clock: Hand | None = None
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def owner(self) -> Staff:
        return person(Role.OWNER)

    @property
    def manager(self) -> Staff:
        return person(Role.MANAGER)

    @property
    def clerk(self) -> Staff:
        return person(Role.CLERK)

    @property
    def register(self) -> Register:
        return register_of("1")


def person(role: Role) -> Staff:
    """The first person of a role."""
    return db.session.scalars(select(Staff).where(Staff.role == role).order_by(Staff.id)).first()


def register_of(code: str) -> Register:
    """The register of a code."""
    return db.session.scalars(select(Register).where(Register.code == code)).one()


def shop_settings(**sections: Any) -> Settings:
    """The settings of the shop under test; `shop={...}` and so on stand above the defaults."""
    given = {
        "shop": {"name": "Điểm OCOP Chi Lăng", "address": "12 Chi Lăng, Lạng Sơn", "tax_code": "4900123456"},
        "bank": {"bin": "970436", "account": "KHONGCHUYENTIEN", "holder": "SHOP DUNG THU"},
        "terminal": {"id": "T-TEST"},
    }
    for name, values in sections.items():
        given[name] = {**given.get(name, {}), **values} if isinstance(values, dict) else values
    return load_settings(None, given)


def bare_app(folder: DataFolder, settings: Settings) -> Flask:
    """A shop's app without pages."""
    app = Flask("pos.app")
    app.testing = True
    install_settings(app, settings)
    install_database(app, folder.database_url)
    install_terminal(app, Terminal.at(settings.terminal.id, key_path=folder.terminal_key, head_path=folder.head_log))
    register_papers()
    return app


def build_template(path: Path) -> DataFolder:
    """A data folder with a migrated database, an owner, a manager, a clerk and two registers."""
    folder = DataFolder(path)
    path.mkdir(parents=True, exist_ok=True)
    make_key(folder.terminal_key)
    upgrade(folder.database_url, MIGRATIONS)
    with opened(folder, shop_settings()), transaction():
        owner = hire(name="Chủ", role=Role.OWNER, pin=PIN, by=None)
        for name, role in (("Lan", Role.MANAGER), ("Bình", Role.CLERK), ("Mai", Role.CLERK)):
            hire(name=name, role=role, pin=PIN, by=owner)
        set_up_locations(by=owner)
        for code in ("1", "2"):
            add_register(code=code, name=f"Quầy {code}", by=owner)
    return folder


MIGRATIONS = Path(shifts.__file__).with_name("migrations")


def copy_of(template: DataFolder, path: Path) -> DataFolder:
    """A data folder of its own for one test."""
    shutil.copytree(template.path, path)
    return DataFolder(path)


@contextmanager
def opened(folder: DataFolder, settings: Settings) -> Iterator[Flask]:
    """The shop of a folder, inside an app context, closed at the end."""
    app = bare_app(folder, settings)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


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
