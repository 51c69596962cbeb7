"""A shop for the tests of goods: an empty database in memory, a manager, and the words of the trade."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import event

from config.settings import load_settings
from core.clock import Hand, stopped_at, today
from core.current_settings import install_settings
from core.database import Base, db, install_database, transaction
from core.journal.seal import SigningKey, Terminal, install_terminal
from core.money import Money
from core.quantity import Quantity, Unit
from core.staff import Role, Staff, hire
from inventory.catalogue.certificate import add_certificate
from inventory.catalogue.price import set_price
from inventory.catalogue.producer import Producer, add_producer
from inventory.catalogue.product import Product, add_product
from inventory.catalogue.tax import set_tax_class
from inventory.location import set_up_locations
from inventory.lot import Lot, Terms
from inventory.receiving.delivery import Arrival, receive_goods

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)  # 12:00 in Viet Nam
BOUGHT = Terms.bought(Money(50_000))


@dataclass
class Shop:
    """What the sentences of a test need; each of its verbs is a transaction of its own."""

    by: Staff
    clock: Hand
    producers: dict[str, Producer] = field(default_factory=dict)
    certificates: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def producer(self, name: str = "HTX Quảng Lạc") -> Producer:
        """The producer of a name, entered when first mentioned."""
        if name not in self.producers:
            with transaction():
                self.producers[name] = add_producer(name=name, form="cooperative", by=self.by)
        return self.producers[name]

    def product(
        self,
        name: str,
        *,
        of: str = "HTX Quảng Lạc",
        unit: Unit = Unit.PIECE,
        group: str = "I.2.b",
        stars: int | None = 4,
        certified: date = date(2025, 3, 15),
        price: int | None = 100_000,
        **more: object,
    ) -> Product:
        """A product, by default with a certificate in force, a tax class and a price since its certificate."""
        maker = self.producer(of)
        with transaction():
            product = add_product(
                maker, name=name, unit=unit, unit_label="kg" if unit is Unit.KILOGRAM else "chai",
                group_code=group, by=self.by, **more,
            )  # fmt: skip
            set_tax_class(product, "farm", from_day=certified, by=self.by)
            if price is not None:
                set_price(product, Money(price), from_day=certified, by=self.by)
        if stars is not None:
            self.certify(product, stars, certified)
        return product

    def certify(self, product: Product, stars: int, day: date, **more: object) -> object:
        """A certificate for a product, decided on a day."""
        with transaction():
            number = f"QĐ {next(self.certificates)}"
            return add_certificate(
                product, stars=stars, number=number, decision=number, decision_date=day,
                issuer="UBND tỉnh Lạng Sơn", by=self.by, **more,
            )  # fmt: skip

    def receive(
        self,
        product: Product,
        quantity: int | str = 10,
        *,
        terms: Terms = BOUGHT,
        of: str | None = None,
        **more: object,
    ) -> Lot:
        """A lot of a product, received today from its producer or from another."""
        supplier = self.producer(of) if of else product.producer
        amount = Quantity.of(quantity, product.unit)
        with transaction():
            receipt = receive_goods(
                supplier=supplier, lines=[Arrival(product, amount, terms, **more)], by=self.by, day=today()
            )
            return receipt.lots[0]


@pytest.fixture
def app() -> Iterator[Flask]:
    """An app with every table and trigger, and nothing in them."""
    app = Flask(__name__)
    install_settings(app, load_settings())
    install_database(app, "sqlite://")
    install_terminal(app, Terminal("T-TEST", SigningKey.from_seed(bytes(32)), None))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def shop(app: Flask) -> Iterator[Shop]:
    """A shop at noon of 22/11/2026 with its places and a manager."""
    with stopped_at(NOON) as hand:
        with transaction():
            manager = hire(name="Lan", role=Role.MANAGER, pin="135790", by=None)
            set_up_locations(by=None)
        yield Shop(manager, hand)


@pytest.fixture
def counted(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """The statements that the database is asked inside a block."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return count
