"""Any past day answers as its own evening did; today answers as every other page of the shop does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.clock import today
from core.database import db
from core.quantity import Quantity
from inventory.ledger.stock_on_day import DayToCome, stock_on
from inventory.location import CUSTOMER, LOSS, ON_THE_WAY, PRODUCER, SHELF, STOCKROOM
from inventory.lot import Terms
from inventory.stock_level import on_hand
from tests.inventory.conftest import NOON

DAY = timedelta(days=1)


def quantities(day):
    return {one.lot.number: one.quantity.thousandths for one in stock_on(day)}


def test_a_past_day_has_what_was_there_in_the_evening(shop, post):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 10)
    shop.clock.move(DAY)
    post(lot, 4_000, CUSTOMER)
    shop.clock.move(DAY)
    younger = shop.receive(honey, 5)
    post(lot, 1_000, STOCKROOM)

    assert quantities(today() - 3 * DAY) == {}
    assert quantities(today() - 2 * DAY) == {lot.number: 10_000}
    assert quantities(today() - DAY) == {lot.number: 6_000}
    assert quantities(today()) == {lot.number: 6_000, younger.number: 5_000}
    held = stock_on(today())[0]
    assert (held.on_shelf, held.in_stockroom, held.here) == (Quantity(5_000), Quantity(1_000), Quantity(6_000))


def test_goods_on_the_way_are_held_and_cannot_be_counted(shop, post):
    lot = shop.receive(shop.product("Mật ong"), 10)
    post(lot, 4_000, ON_THE_WAY)

    held = stock_on(today())[0]

    assert (held.quantity, held.here, held.on_the_way) == (Quantity(10_000), Quantity(6_000), Quantity(4_000))


def test_what_comes_later_changes_no_past_day(shop, post):
    lot = shop.receive(shop.product("Mật ong"), 10)
    yesterday = today()
    shop.clock.move(DAY)
    before = quantities(yesterday)

    post(lot, 10_000, LOSS)
    shop.receive(shop.product("Trà"), 3)

    assert quantities(yesterday) == before == {lot.number: 10_000}
    assert lot.number not in quantities(today())


def test_a_day_to_come_is_refused(shop):
    with pytest.raises(DayToCome):
        stock_on(today() + DAY)


WAYS = [
    (PRODUCER, SHELF), (PRODUCER, STOCKROOM), (SHELF, CUSTOMER), (CUSTOMER, SHELF), (SHELF, STOCKROOM),
    (STOCKROOM, SHELF), (SHELF, LOSS), (LOSS, SHELF), (STOCKROOM, ON_THE_WAY), (STOCKROOM, PRODUCER),
]  # fmt: skip
MOVES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 2), st.sampled_from(WAYS), st.integers(1, 9_999)), max_size=25
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_every_day_is_the_sum_of_its_moves_and_today_is_the_live_stock(moves, app, shop, post):
    shop.clock.set(NOON)
    lots = [shop.receive(shop.product(f"Hàng {n} {id(moves)}"), 5, terms=Terms.on_commission(1500)) for n in range(3)]
    told = {today(): {lot.id: {SHELF: 5_000} for lot in lots}}
    running = {lot.id: {SHELF: 5_000} for lot in lots}
    for hours, which, (source, target), thousandths in moves:
        shop.clock.move(timedelta(hours=hours))
        post(lots[which], thousandths, target, source)
        places = running[lots[which].id]
        places[source], places[target] = places.get(source, 0) - thousandths, places.get(target, 0) + thousandths
        told[today()] = {lot: dict(places) for lot, places in running.items()}

    mine = {lot.id for lot in lots}
    for day, expected in told.items():
        found = {one.lot.id: one for one in stock_on(day) if one.lot.id in mine}
        for lot_id, places in expected.items():
            for place in (SHELF, STOCKROOM, ON_THE_WAY):
                held = found[lot_id].places.get(place, Quantity(0)) if lot_id in found else Quantity(0)
                assert held.thousandths == places.get(place, 0)
    live = {lot.id: {place: on_hand(lot, place) for place in (SHELF, STOCKROOM)} for lot in lots}
    for one in (one for one in stock_on(today()) if one.lot.id in mine):
        assert (one.on_shelf, one.in_stockroom) == tuple(live.pop(one.lot.id).values())
    assert all(left == Quantity(0) for places in live.values() for left in places.values())


def test_the_whole_stock_takes_few_questions_however_many_lots(shop, counted):
    for n in range(8):
        shop.receive(shop.product(f"Hàng {n}", of=f"HTX {n}"), 3)
    db.session.expire_all()
    db.session.rollback()

    with counted() as asked:
        for one in stock_on(today()):
            assert one.lot.product.producer.name

    assert len(asked) <= 5, asked
