"""Three points of sale, of which the first two know each other's keys, and the words of goods between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from config.settings import load_settings
from core.clock import Hand, stopped_at
from core.current_settings import install_settings
from core.database import Base, db, install_database, transaction
from core.file_store import install_file_store
from core.journal.seal import SigningKey, Terminal, install_terminal
from core.quantity import Quantity
from core.staff import Role, Staff, hire
from inventory.catalogue.producer import Producer
from inventory.catalogue.product import Product
from inventory.location import LOSS, ON_THE_WAY, OTHER_POINT, SHELF, STOCKROOM, set_up_locations
from inventory.lot import Lot, Terms
from inventory.moving.arrival import (
    Accepted,
    take_in,
)
from inventory.moving.move_slip import Portion
from inventory.moving.other_point import (
    fingerprint_of,
    own_card,
    point_of,
    read_card,
    trust_point,
)
from inventory.moving.signed_file import SignedFile
from inventory.moving.transfer import (
    send_goods,
)
from inventory.stock_level import on_hand
from tests.inventory.conftest import NOON, Shop

COMMISSION = Terms.on_commission(2000)


@dataclass
class Point:
    """One of the points, with an app of its own."""

    app: Flask
    hand: Hand


@contextmanager
def at(point: Point) -> Iterator[Shop]:
    with point.app.app_context():
        makers = {one.name: one for one in db.session.scalars(select(Producer))}
        yield Shop(db.session.scalars(select(Staff)).one(), point.hand, makers)


def honey(shop: Shop) -> Product:
    """The honey of a point, entered when first mentioned."""
    return db.session.scalar(select(Product)) or shop.product("Mật ong")


@pytest.fixture
def points(tmp_path) -> Iterator[tuple[Point, Point, Point]]:
    """Three points, of which the first two know each other's keys."""
    made = []
    with stopped_at(NOON) as hand:
        for n, tid in enumerate(("T-A", "T-B", "T-C")):
            app = Flask(tid)
            install_settings(app, load_settings(None, {"shop": {"name": f"Điểm {tid}"}}))
            install_database(app, "sqlite://")
            install_terminal(app, Terminal(tid, SigningKey.from_seed(bytes([n] * 32)), None))
            install_file_store(app, tmp_path / tid)
            with app.app_context():
                Base.metadata.create_all(db.engine)
                with transaction():
                    hire(name="Lan", role=Role.MANAGER, pin="135790", by=None)
                    set_up_locations(by=None)
                made.append(Point(app, hand))
        know_each_other(made[0], made[1])
        yield tuple(made)
        for point in made:
            with point.app.app_context():
                db.session.remove()
                db.engine.dispose()


def know_each_other(one: Point, other: Point) -> None:
    for here, there in ((one, other), (other, one)):
        with at(there):
            card = own_card().line
        with at(here) as shop, transaction():
            read = read_card(card)
            trust_point(read, last_group=fingerprint_of(read.says["pub"])[-4:], by=shop.by)


def sent(sender: Point, quantity: int = 10, *, terms: Terms = COMMISSION, to: str = "T-B") -> tuple[str, str]:
    """A lot sent to another point: its number and the file that goes along."""
    with at(sender) as shop:
        lot = shop.receive(honey(shop), 10, terms=terms, producer_lot="NGB-1", papers="phiếu 7")
        with transaction():
            transfer = send_goods([Portion(lot, Quantity.of(quantity))], source=SHELF, to=point_of(to), by=shop.by)
        return lot.number, SignedFile(transfer.text, transfer.signature, {}).line


def taken(receiver: Point, file: str, quantity: int = 10, why: str = "") -> str:
    """The answer of a point that took goods in."""
    with at(receiver) as shop, transaction():
        row = take_in(file, {1: Accepted(Quantity.of(quantity), why)}, target=STOCKROOM, by=shop.by)
        return SignedFile(row.answer_text, row.answer_signature, {}).line


def stock(point: Point, number: str | None = None) -> dict[str, int]:
    """Where the pieces of a lot are, whole pieces by place."""
    with at(point):
        lot = db.session.scalars(select(Lot) if number is None else select(Lot).where(Lot.number == number)).one()
        places = {place: on_hand(lot, place).thousandths // 1000 for place in (SHELF, STOCKROOM, ON_THE_WAY, LOSS)}
        places["there"] = on_hand(lot, OTHER_POINT).thousandths // 1000
        return {place: count for place, count in places.items() if count}
