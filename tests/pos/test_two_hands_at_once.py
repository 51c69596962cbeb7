"""Several people press at the same moment: each press counts once, and nobody sells a jar that is gone."""

from __future__ import annotations

import threading
import uuid

import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.errors import RuleBroken
from core.journal.record import Kind
from core.staff import Role
from inventory.stock_level import NotEnough
from pos.basket import Basket, BasketFinished
from pos.checkout import complete_sale
from pos.replay import verify_shop
from pos.returns.basket_return import MoreThanSold
from pos.returns.refund_table import Refund
from pos.sale import Sale
from pos.settling import settle_basket
from printers.spool import PrintJob
from tests.factories import (
    cash,
    count_of,
    fill_basket,
    on_hand,
    open_shift,
    person,
    receive,
    records,
    register_of,
    sell,
)
from tests.returning import bring_back


def at_once(app, acts):
    """Run each act in a thread of its own, all let go at the same moment; answers what each gave or raised."""
    gate, given = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        with app.app_context():
            gate.wait()
            try:
                with transaction():
                    given[place] = act()
            except RuleBroken as broken:
                given[place] = broken
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def completing(basket_id, key, dong):
    def act():
        basket = db.session.get_one(Basket, basket_id)
        return complete_sale(basket, paid=[cash(dong)], key=key, by=person(Role.CLERK)).number

    return act


def refunding(basket_id, key, dong):
    def act():
        basket = db.session.get_one(Basket, basket_id)
        return settle_basket(basket, back=[cash(dong)], key=key, by=person(Role.CLERK)).refund.number

    return act


@pytest.fixture
def till(shop):
    open_shift(shop)
    open_shift(shop, register_of("2"))
    return shop


def test_eight_presses_of_one_button_make_one_sale(till):
    receive(till, "mật ong", 20)
    basket = fill_basket(till, ("mật ong", 2))
    key = str(uuid.uuid4())

    given = at_once(till.app, [completing(basket.id, key, 200_000)] * 8)

    db.session.rollback()  # see what the threads did
    assert given == [1] * 8
    assert (count_of(Sale), count_of(PrintJob), len(records(Kind.SALE))) == (1, 1, 1)
    assert verify_shop().clean


def test_eight_windows_on_one_basket_make_one_sale(till):
    receive(till, "mật ong", 20)
    basket = fill_basket(till, ("mật ong", 2))

    given = at_once(till.app, [completing(basket.id, str(uuid.uuid4()), 200_000) for _ in range(8)])

    db.session.rollback()  # see what the threads did
    assert sorted(type(each).__name__ for each in given) == [BasketFinished.__name__] * 7 + ["int"]
    assert count_of(Sale) == 1


def test_the_last_jar_is_sold_once(till):
    lot = receive(till, "mật ong", 1)
    baskets = [fill_basket(till, ("mật ong", 1), register=register_of(code)) for code in ("1", "2")]

    given = at_once(till.app, [completing(basket.id, str(uuid.uuid4()), 100_000) for basket in baskets])

    db.session.rollback()  # see what the threads did
    assert sorted(type(each).__name__ for each in given) == [NotEnough.__name__, "int"]
    assert on_hand(lot) == 0
    assert count_of(Sale) == 1


def test_receipt_numbers_of_two_registers_have_no_gap(till):
    receive(till, "mật ong", 100)
    for _ in range(5):
        acts = [
            completing(fill_basket(till, ("mật ong", 1), register=register_of(code)).id, str(uuid.uuid4()), 100_000)
            for code in ("1", "2")
        ]
        at_once(till.app, acts)
        db.session.rollback()  # see what the threads did

    assert list(db.session.scalars(select(Sale.number).order_by(Sale.number))) == list(range(1, 11))
    assert verify_shop().clean


def test_eight_presses_of_one_button_are_one_refund(till):
    lot = receive(till, "mật ong", 20)
    basket = bring_back(till, sell(till, "mật ong", 2), "mật ong", 1)
    key = str(uuid.uuid4())

    given = at_once(till.app, [refunding(basket.id, key, 100_000)] * 8)

    db.session.rollback()  # see what the threads did
    assert given == [1] * 8
    assert (count_of(Refund), on_hand(lot)) == (1, 19)
    assert verify_shop().clean


def test_two_registers_at_once_give_back_no_more_than_was_paid(till):
    lot = receive(till, "mật ong", 20)
    sale = sell(till, "mật ong", 3)
    beside = [bring_back(till, sale, "mật ong", 2, register=register_of(code)) for code in ("1", "2")]

    given = at_once(till.app, [refunding(basket.id, str(uuid.uuid4()), 200_000) for basket in beside])

    db.session.rollback()  # see what the threads did
    assert sorted(type(each).__name__ for each in given) == [MoreThanSold.__name__, "int"]
    assert (count_of(Refund), on_hand(lot)) == (1, 19)
    assert verify_shop().clean
