"""A shop after so many sales, as its own verbs made it: deliveries, shifts, sales, papers, day by day.

`python -m bench.aged_shop FOLDER 100000` makes one to keep (a few minutes); the figures are taken on copies of it.
A shop of a hundred and fifty sales a day needs two years for a hundred thousand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from bench.crowded_shop import KINDS, MIGRATIONS, PIN, PLACES, bench_settings, clerk_of_bench, gtin_of
from core.clock import Hand, now, stopped_at, today
from core.database import db, transaction
from core.journal.seal import make_key
from core.migrate import upgrade
from core.money import Money
from core.quantity import ONE, Quantity, Unit
from core.staff import Role, Staff, hire
from inventory.catalogue.basis import grant_eligibility
from inventory.catalogue.price import set_price
from inventory.catalogue.producer import add_producer
from inventory.catalogue.product import Product, add_product
from inventory.catalogue.product_number import add_number
from inventory.catalogue.tax import set_tax_class
from inventory.location import set_up_locations
from inventory.lot import Terms
from inventory.receiving.delivery import Arrival, receive_goods
from pos.app import create_shop_app
from pos.basket import open_basket, scan_into
from pos.checkout import complete_sale
from pos.data_folder import DataFolder
from pos.quote import quote
from pos.receipt import RECEIPT
from pos.register import Register, add_register, register_by_code
from pos.shifts.shift import close_shift, need_open_shift, open_shift
from pos.tender import Paid, TenderKind
from printers.spool import JobState, PrintJob, write_outcome

MAKERS, ARTICLES = 60, 300
A_DAY = 150
LINES = 3
DELIVERY_DAYS = 30
PIECES = Quantity.of(60)
OPENS = timedelta(hours=1)  # 08:00 in Viet Nam
BETWEEN = timedelta(minutes=4)


@contextmanager
def app_of(folder: DataFolder) -> Iterator[Flask]:
    """The app of a shop, inside its app context."""
    app = create_shop_app(bench_settings(), folder)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def make_aged_shop(path: Path, sales: int) -> DataFolder:
    """A shop whose last day, with its shift still open, is today."""
    folder = DataFolder(path)
    path.mkdir(parents=True)
    make_key(folder.terminal_key)
    upgrade(folder.database_url, MIGRATIONS)
    days = -(-sales // A_DAY)
    morning = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + OPENS - timedelta(days=days)
    with app_of(folder), stopped_at(morning) as hand:
        found_shop()
        for day in range(days):
            hand.set(morning + timedelta(days=day))
            live_a_day(hand, day, min(A_DAY, sales - day * A_DAY), last=day == days - 1)
    return folder


def found_shop() -> None:
    """People, places, a register, and articles with their papers."""
    with transaction():
        owner = hire(name="Chủ", role=Role.OWNER, pin=PIN, by=None)
        hire(name="Bình", role=Role.CLERK, pin=PIN, by=owner)
        set_up_locations(by=owner)
        add_register(code="1", name="Quầy 1", by=owner)
        makers = [add_producer(name=f"HTX {PLACES[n % 8]} {n}", form="cooperative", by=owner) for n in range(MAKERS)]
        for n in range(ARTICLES):
            name = f"{KINDS[n % 8]} {PLACES[n // 8 % 8]} số {n}"
            product = add_product(
                makers[n % MAKERS], name=name, unit=Unit.PIECE, unit_label="hũ", group_code="I.2.b", by=owner
            )
            add_number(product, gtin_of(n), pack=ONE, by=owner)
            set_price(product, Money(20_000 + n * 500), from_day=today(), by=owner)
            set_tax_class(product, "standard_reduced", from_day=today(), by=owner)
            basis = {"basis_code": "local_speciality", "evidence": "Quyết định đo", "first_day": today()}
            grant_eligibility(product, **basis, last_day=None, by=owner)


def live_a_day(hand: Hand, day: int, sales: int, *, last: bool) -> None:
    """One day: perhaps a delivery, a shift, its sales four minutes apart, the count of the drawer."""
    with transaction():
        clerk, register = clerk_of_bench(), counter()
        if day % DELIVERY_DAYS == 0:
            deliver(db.session.scalars(_OWNER).one())
        open_shift(register, float_=Money(500_000), by=clerk)
    with transaction():
        for n in range(sales):
            hand.move(BETWEEN)
            sell(day * A_DAY + n)
    if not last:
        with transaction():
            shift = need_open_shift(counter())
            close_shift(shift, counted=Money(500_000), by=clerk_of_bench())
    db.session.remove()


def deliver(owner: Staff) -> None:
    """Each producer brings a month's goods; every second one leaves them on consignment."""
    products = db.session.scalars(select(Product).order_by(Product.id)).all()
    for maker in {product.producer.id: product.producer for product in products}.values():
        terms = Terms.on_commission(1500) if maker.id % 2 else Terms.bought(Money(10_000))
        arrivals = [Arrival(product, PIECES, terms) for product in products if product.producer_id == maker.id]
        receive_goods(supplier=maker, lines=arrivals, by=owner)


def sell(n: int) -> None:
    """The n-th customer: three articles in cash, and the paper that the printer confirmed."""
    clerk = clerk_of_bench()
    basket = open_basket(counter())
    for step in range(LINES):
        scan_into(basket, gtin_of((n * 7 + step * 101) % ARTICLES), by=clerk)
    paid = [Paid(TenderKind.CASH, quote(basket).total)]
    sale = complete_sale(basket, paid=paid, key=f"{now().isoformat()} {n}", by=clerk)
    job = db.session.scalars(select(PrintJob).where(PrintJob.kind == RECEIPT, PrintJob.number == sale.number)).one()
    write_outcome(job, JobState.CONFIRMED)
    db.session.flush()
    db.session.expunge_all()  # as after a request: a day's rows are not carried along


def counter() -> Register:
    """The only register."""
    register = register_by_code("1")
    assert register is not None
    return register


_OWNER = select(Staff).where(Staff.role == Role.OWNER)


if __name__ == "__main__":
    make_aged_shop(Path(sys.argv[1]), int(sys.argv[2]))
