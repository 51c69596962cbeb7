"""The shop's own look at buyers' data: once a day, and at once when something was erased."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from core.database import db, transaction
from pos.buyers import retention_worker
from pos.buyers.customer import erase_customer, name_buyer
from pos.buyers.customer_table import Customer
from pos.buyers.retention_worker import start_retention
from pos.cli import main
from tests.factories import fill_basket, open_shift, receive


@pytest.fixture
def buyer(shop):
    """A buyer on a basket."""
    receive(shop, "mật ong")
    open_shift(shop)
    basket = fill_basket(shop, ("mật ong", 1))
    with transaction():
        return name_buyer(basket, phone="0912345957", name="Bí Mật", purpose="order", by=shop.clerk)


def wait_for(seen) -> bool:
    until = time.monotonic() + 5
    while not seen() and time.monotonic() < until:
        db.session.rollback()
        time.sleep(0.02)
    return seen()


def test_the_shop_looks_by_itself(shop, buyer, monkeypatch):
    monkeypatch.setattr(retention_worker, "FIRST_LOOK_SECONDS", 0)
    shop.clock.move(timedelta(days=200))
    db.session.rollback()

    stop = start_retention(shop.app)

    assert wait_for(lambda: db.session.scalar(select(func.count()).select_from(Customer)) == 0)
    stop()


def test_what_is_erased_leaves_the_log_at_once(shop, buyer):
    log = shop.folder.path / "shop.sqlite-wal"
    stop = start_retention(shop.app)
    with transaction():
        erase_customer(buyer, why="asked", by=shop.manager)
    db.session.rollback()
    assert log.stat().st_size > 0

    shop.app.extensions["erased"].set()

    assert wait_for(lambda: log.stat().st_size == 0)
    stop()


def test_the_command_says_what_it_erased(shop, buyer):
    shop.clock.move(timedelta(days=200))
    db.session.remove()

    said = CliRunner().invoke(main, ["--data", str(shop.folder.path), "personal-data", "sweep"])

    assert said.exit_code == 0, said.output
    assert "1 consents ended, 1 buyers erased" in said.output
