"""Demand by day, from the moves of either database: days are Viet Nam's, returns netted, empty shelves silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from config.settings import load_settings
from core.clock import stopped_at
from core.current_settings import install_settings
from core.database import Base, db, install_database, transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.seal import SigningKey, Terminal, install_terminal
from core.quantity import Quantity
from core.staff import Role, hire
from inventory.location import CUSTOMER, SHELF, set_up_locations
from inventory.reordering.demand import Demand
from inventory.reordering.suggestion import producers_in_need
from inventory.stock_move import Move, post_moves
from tests.inventory.conftest import Shop
from tests.inventory.reordering.conftest import MORNING, Trade

TODAY = date(2026, 11, 22)


def told(product: Any, days: int) -> list[tuple[int, bool, bool]]:
    """Pieces sold, whether they could be bought, and whether they sold out, on each of the last days."""
    found = Demand.read(TODAY).of(product.id).latest(days)
    return [
        (sold // 1000, usable, out) for sold, usable, out in zip(found.sold, found.usable, found.sold_out, strict=True)
    ]


def trade_for_a_week(shop: Any, trade: Trade) -> Any:
    """Ten jars come, six are sold, one of them late in the evening, one is brought back, the rest is sold out."""
    trade.on(6)
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 10)
    trade.sell(honey, 2)
    shop.clock.set(datetime(2026, 11, 17, 17, 30, tzinfo=UTC))  # half past midnight of the 18th in Viet Nam
    trade.sell(honey, 3)
    trade.on(3)
    with transaction():
        record = write_record(Kind.VISITOR, {"day": "2026-11-19", "n": 2}, by=shop.by)
        post_moves([Move(lot, CUSTOMER, SHELF, Quantity.of(1), 1)], record.seq)
    trade.on(2)
    trade.sell(honey, 6)
    trade.on(0)
    return honey


EXPECTED = [
    (0, False, False),
    (2, True, False),
    (0, True, False),
    (3, True, False),
    (-1, True, False),
    (6, True, True),
    (0, False, False),
]


def test_days_are_told_from_moves(shop: Any, trade: Trade) -> None:
    honey = trade_for_a_week(shop, trade)

    assert told(honey, 7) == EXPECTED


def test_a_day_without_a_shift_says_nothing(shop: Any, trade: Trade) -> None:
    trade.on(4)
    honey = shop.product("Mật ong")
    shop.receive(honey, 10)
    for days_ago in (4, 2):
        trade.on(days_ago)
        with transaction():
            write_record(Kind.SHIFT_OPEN, {"no": days_ago}, by=shop.by)
    trade.on(0)

    assert [usable for _, usable, _ in told(honey, 4)] == [True, False, True, False]


@pytest.fixture
def postgres_shop(postgres_url: str) -> Iterator[Shop]:
    app = Flask(__name__)
    install_settings(app, load_settings())
    install_database(app, postgres_url)
    install_terminal(app, Terminal("T-TEST", SigningKey.from_seed(bytes(32)), None))
    with stopped_at(MORNING - timedelta(days=10)) as hand, app.app_context():
        Base.metadata.create_all(db.engine)
        with transaction():
            manager = hire(name="Lan", role=Role.MANAGER, pin="135790", by=None)
            set_up_locations(by=None)
        yield Shop(manager, hand)
        db.session.remove()
        db.engine.dispose()


@pytest.mark.postgres
def test_postgresql_tells_the_same(postgres_shop: Shop) -> None:
    honey = trade_for_a_week(postgres_shop, Trade(postgres_shop))

    assert told(honey, 7) == EXPECTED
    (needy,) = producers_in_need()
    assert needy.suggestions[0].order > Quantity.of(0)
