"""A shop with so many products on its shelf, made in a temporary folder for measuring.

People, registers and the first shift come from the shop's own verbs. The products are written in bulk:
twenty thousand deliveries would take minutes, and what is measured only asks how full the tables are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from config.settings import Settings, load_settings
from core.clock import today
from core.database import db, transaction
from core.journal.record import uuid7
from core.journal.seal import make_key
from core.migrate import upgrade
from core.money import Money
from core.quantity import ONE, Quantity, Unit
from core.staff import Role, Staff, hire
from core.text import fold
from inventory.catalogue.basis import Eligibility
from inventory.catalogue.price import Price
from inventory.catalogue.producer import Producer, add_producer
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import NumberKind, ProductNumber, check_digit
from inventory.catalogue.tax import ProductTaxClass
from inventory.location import PRODUCER, SHELF, set_up_locations
from inventory.lot import Lot, TermsKind
from inventory.stock_move import StockMove
from pos import migrations
from pos.app import create_shop_app
from pos.data_folder import DataFolder
from pos.register import add_register
from pos.shifts.shift import open_shift

PIN = "135790"
MAKERS = 200
PIECES = Quantity(1_000_000_000)
KINDS = ("Mật ong", "Chè Shan", "Măng khô", "Miến dong", "Rượu mẫu sơn", "Tỏi đen", "Bánh khảo", "Hồng vành khuyên")
PLACES = ("Mẫu Sơn", "Bắc Sơn", "Tràng Định", "Bình Gia", "Lộc Bình", "Chi Lăng", "Hữu Lũng", "Đình Lập")
FIRST_DAY, LAST_DAY = today() - timedelta(days=30), today() + timedelta(days=200)
MIGRATIONS = Path(next(iter(migrations.__path__)))


def bench_settings() -> Settings:
    """A shop that taxes by the deduction method and can show a transfer's QR."""
    return load_settings(
        None,
        {
            "shop": {"name": "Cửa hàng đo tốc độ", "address": "1 Trần Đăng Ninh", "tax_code": "4900123456"},
            "bank": {"bin": "970436", "account": "0011012345678", "holder": "CUA HANG DO"},
            "terminal": {"id": "T-BENCH"},
        },
    )


@contextmanager
def crowded_shop(path: Path, products: int) -> Iterator[Flask]:
    """The app of a new shop with so many products, inside its app context, a shift open at register 1."""
    folder, settings = DataFolder(path), bench_settings()
    path.mkdir(parents=True)
    make_key(folder.terminal_key)
    upgrade(folder.database_url, MIGRATIONS)
    app = create_shop_app(settings, folder)
    with app.app_context():
        try:
            found_shop()
            fill_shelf(products)
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def found_shop() -> None:
    """People, places, one register and its open shift."""
    with transaction():
        owner = hire(name="Chủ", role=Role.OWNER, pin=PIN, by=None)
        clerk = hire(name="Bình", role=Role.CLERK, pin=PIN, by=owner)
        set_up_locations(by=owner)
        register = add_register(code="1", name="Quầy 1", by=owner)
    with transaction():
        open_shift(register, float_=Money(500_000), by=clerk)


def clerk_of_bench() -> Staff:
    """Who sells."""
    return db.session.scalars(_CLERK).one()


_CLERK = select(Staff).where(Staff.role == Role.CLERK)  # made once, as the shop's own questions are


def fill_shelf(products: int) -> None:
    """Producers by their verb, the rest in bulk: product, number, price, tax class, basis, lot and move of each."""
    with transaction() as session:
        owner = session.query(Staff).filter_by(role=Role.OWNER).one()
        makers = [add_producer(name=f"HTX {PLACES[n % 8]} {n}", form="cooperative", by=owner) for n in range(MAKERS)]
        session.flush()
        made = range(1, products + 1)
        rows = [article(n, makers[n % MAKERS]) | papers(n) | on_shelf(n, makers[n % MAKERS]) for n in made]
        for table in (Product, ProductNumber, Price, ProductTaxClass, Eligibility, Lot, StockMove):
            session.execute(insert(table), [row[table] for row in rows])


def gtin_of(place: int) -> str:
    """The number on the pack of the so-and-so-many-th product: 13 digits, invented."""
    digits = f"893{place:09d}"
    return digits + str(check_digit(digits))


def record_of(place: int) -> dict[str, int]:
    """A journal number that nobody else has: what is measured never asks for the record."""
    return {"record_seq": 1_000_000 + place}


def article(place: int, maker: Producer) -> dict[type, dict[str, Any]]:
    """One product and the number on its pack."""
    name = f"{KINDS[place % 8]} {PLACES[place // 8 % 8]} số {place}"
    exact = f"{name} {maker.name}".lower()
    product = {
        "id": place,
        "sku": f"{place:06d}",
        "uid": uuid7(),
        "producer_id": maker.id,
        "name": name,
        "name_folded": fold(name),
        "pack": "",
        "unit": Unit.PIECE,
        "unit_label": "hũ",
        "group_code": "I.2.b",
        "service": False,
        "search_exact": exact,
        "search_folded": fold(exact),
    }
    number = {
        "number": "0" + gtin_of(place),
        "kind": NumberKind.GTIN,
        "product_id": place,
        "pack": ONE,
        "withdrawn": False,
    }
    return {Product: record_of(place) | product, ProductNumber: record_of(place) | number}


def papers(place: int) -> dict[type, dict[str, Any]]:
    """What makes it sellable today: a price, a tax class, a basis."""
    since = record_of(place) | {"product_id": place, "first_day": FIRST_DAY}
    basis = {"uid": uuid7(), "basis_code": "local_speciality", "evidence": "Quyết định đo tốc độ", "last_day": None}
    return {
        Price: since | {"amount": Money(20_000 + place % 400 * 500)},
        ProductTaxClass: since | {"tax_class": "standard_reduced"},
        Eligibility: since | basis,
    }


def on_shelf(place: int, maker: Producer) -> dict[type, dict[str, Any]]:
    """One lot of it, every second one on commission, with more pieces than anybody measures away."""
    consigned = place % 2 == 0
    lot = {
        "id": place,
        "number": f"{place:08d}",
        "product_id": place,
        "supplier_id": maker.id,
        "owner_id": maker.id if consigned else None,
        "terms": TermsKind.COMMISSION if consigned else TermsKind.BOUGHT,
        "cost": None if consigned else Money(10_000),
        "commission": 1500 if consigned else None,
        "received_on": FIRST_DAY,
        "best_before": LAST_DAY,
        "sell_by": LAST_DAY,
        "producer_lot": "",
        "papers": "",
        "line": 1,
    }
    move = {"lot_id": place, "source": PRODUCER, "target": SHELF, "quantity": PIECES, "line": 1}
    return {Lot: record_of(place) | lot, StockMove: record_of(place) | move}
