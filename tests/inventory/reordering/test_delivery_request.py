"""Asking a producer, and comparing what he brought with what he was asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.database import db, transaction
from core.errors import RuleBroken
from core.quantity import NONE, Quantity
from inventory.catalogue.producer_correction import retire_producer
from inventory.catalogue.product import Product
from inventory.receiving.receipt_reversal import reverse_receipt
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.reordering.delivery_request import (
    AlreadyClosed,
    NothingAsked,
    NotTheirs,
    QuantityNotAsked,
    Wanted,
    WantedBefore,
    close_request,
    send_request,
)
from inventory.reordering.fulfilment import State, fulfilments, learnt_lead_time, still_coming
from inventory.reordering.past_demand import SoldElsewhere, enter_past_demand, take_past_demand_back
from inventory.reordering.supply import (
    DaysBeyondBounds,
    PackNotPositive,
    ProducerTerms,
    ProductTerms,
    SeasonUnknown,
    set_producer_terms,
    set_product_terms,
)
from tests.inventory.planted_change import differences, plant

TODAY = date(2026, 11, 22)


@pytest.fixture
def honey(shop: Any, trade: Any) -> Product:
    return shop.product("Mật ong")


def test_requests_are_numbered_without_a_gap(trade: Any, honey: Product) -> None:
    assert [trade.ask(honey, 5).number, trade.ask(honey, 6).number] == [1, 2]


@pytest.mark.parametrize(
    ("pieces", "wanted_on", "refusal"),
    [
        ([], TODAY, NothingAsked),
        (["0"], TODAY, QuantityNotAsked),
        (["1000001"], TODAY, QuantityNotAsked),
        (["2"], TODAY - timedelta(days=1), WantedBefore),
    ],
)
def test_a_request_that_cannot_be_meant_is_refused(
    pieces: list[str], wanted_on: date, refusal: type[RuleBroken], shop: Any, honey: Product
) -> None:
    wanted = [Wanted(honey, Quantity.of(text)) for text in pieces]

    with pytest.raises(refusal), transaction():
        send_request(honey.producer, wanted, wanted_on=wanted_on, by=shop.by)


def test_a_part_of_a_jar_is_refused(shop: Any, honey: Product) -> None:
    with pytest.raises(QuantityNotAsked), transaction():
        send_request(honey.producer, [Wanted(honey, Quantity(1500))], wanted_on=TODAY, by=shop.by)


def test_goods_of_another_producer_are_refused(shop: Any, honey: Product) -> None:
    tea = shop.product("Chè", of="HTX Khác")

    with pytest.raises(NotTheirs), transaction():
        send_request(honey.producer, [Wanted(tea, Quantity.of(1))], wanted_on=TODAY, by=shop.by)


def test_a_producer_whom_the_shop_left_is_not_asked(shop: Any, honey: Product) -> None:
    with transaction():
        retire_producer(honey.producer, reason="", by=shop.by)

    with pytest.raises(RuleBroken), transaction():
        send_request(honey.producer, [Wanted(honey, Quantity.of(1))], wanted_on=TODAY, by=shop.by)


def test_a_delivery_fills_the_oldest_request_first(shop: Any, trade: Any, honey: Product) -> None:
    trade.ask(honey, 5)
    trade.ask(honey, 5)
    shop.clock.move(timedelta(days=2))
    shop.receive(honey, 7)

    first, second = fulfilments(honey.producer_id)

    assert (first.state, first.lines[0].came, first.receipts) == (State.CAME, Quantity.of(5), [1])
    assert (second.state, second.lines[0].missing) == (State.OPEN, Quantity.of(3))
    assert still_coming([first, second])[honey.id] == [(TODAY + timedelta(days=3), Quantity.of(3))]


def test_what_came_before_it_was_asked_for_fills_nothing(shop: Any, trade: Any, honey: Product) -> None:
    shop.receive(honey, 7)
    trade.ask(honey, 5)

    assert fulfilments()[0].lines[0].came == NONE


def test_more_than_was_asked_for_stays_beside_the_request(shop: Any, trade: Any, honey: Product) -> None:
    trade.ask(honey, 5)
    shop.receive(honey, 9)

    assert fulfilments()[0].lines[0].came == Quantity.of(5)


def test_a_receipt_entered_by_mistake_fills_nothing(shop: Any, trade: Any, honey: Product) -> None:
    trade.ask(honey, 5)
    shop.receive(honey, 5)
    with transaction():
        reverse_receipt(db.session.get_one(GoodsReceipt, 1), reason="nhầm", by=shop.by)

    assert fulfilments()[0].state is State.OPEN


def test_a_request_is_late_the_day_after_it_was_wanted(shop: Any, trade: Any, honey: Product) -> None:
    trade.ask(honey, 5)
    shop.clock.move(timedelta(days=3))
    assert fulfilments()[0].state is State.OPEN

    shop.clock.move(timedelta(days=1))

    found = fulfilments()[0]
    assert (found.state, found.days_late) == (State.LATE, 1)


def test_a_closed_request_expects_nothing_more(shop: Any, trade: Any, honey: Product) -> None:
    request = trade.ask(honey, 5)
    with transaction():
        close_request(request, reason="hết mùa", by=shop.by)
    shop.receive(honey, 5)

    found = fulfilments()[0]

    assert (found.state, found.lines[0].came) == (State.CLOSED, NONE)
    assert not still_coming([found])
    with pytest.raises(AlreadyClosed), transaction():
        close_request(request, reason="", by=shop.by)


def test_lead_time_is_learnt_from_three_deliveries(shop: Any, trade: Any, honey: Product) -> None:
    for took in (2, 3, 5):
        wanted = [Wanted(honey, Quantity.of(2))]
        with transaction():
            send_request(honey.producer, wanted, wanted_on=date(2027, 1, 1), by=shop.by)
        shop.clock.move(timedelta(days=took))
        shop.receive(honey, 2)

    learnt = learnt_lead_time(fulfilments())

    assert learnt is not None
    assert (learnt.days, learnt.differs_tenths) == (4, 16)
    assert learnt_lead_time(fulfilments()[:2]) is None


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"pack": NONE}, PackNotPositive),
        ({"pack": Quantity(1500)}, PackNotPositive),
        ({"display": Quantity(500)}, PackNotPositive),
        ({"months": (13,)}, SeasonUnknown),
        ({"shelf_days": 0}, DaysBeyondBounds),
        ({"service_percent": 100}, DaysBeyondBounds),
    ],
)
def test_terms_that_no_product_has_are_refused(
    terms: dict[str, Any], refusal: type[RuleBroken], shop: Any, honey: Product
) -> None:
    with pytest.raises(refusal), transaction():
        set_product_terms(honey, ProductTerms(**terms), by=shop.by)


@pytest.mark.parametrize("terms", [{"lead_days": 400}, {"review_days": 0}, {"weekdays": (8,)}])
def test_terms_that_no_producer_has_are_refused(terms: dict[str, Any], shop: Any, honey: Product) -> None:
    with pytest.raises(DaysBeyondBounds), transaction():
        set_producer_terms(honey.producer, ProducerTerms(**terms), by=shop.by)


@pytest.fixture
def asked(shop: Any, trade: Any, honey: Product) -> None:
    with transaction():
        set_product_terms(honey, ProductTerms(pack=Quantity.of(6), months=(11, 12)), by=shop.by)
        set_producer_terms(honey.producer, ProducerTerms(2, (1, 4), None), by=shop.by)
    with transaction():
        set_product_terms(honey, ProductTerms(pack=Quantity.of(12)), by=shop.by)
    request = trade.ask(honey, 12)
    with transaction():
        close_request(request, reason="", by=shop.by)
    with transaction():
        sold = [SoldElsewhere(honey, TODAY - timedelta(days=3), Quantity.of(2))]
        take_past_demand_back(enter_past_demand(sold, file_name="a.csv", by=shop.by), by=shop.by)


def test_the_journal_tells_all_of_it_again(asked: None) -> None:
    assert differences() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE product_supply SET pack = 6000",
        "UPDATE product_supply SET months = '1'",
        "UPDATE producer_supply SET lead_days = 9",
        "UPDATE delivery_requests SET wanted_on = '2026-12-31'",
        "UPDATE delivery_request_lines SET quantity = 13000",
        "UPDATE delivery_request_lines SET suggested = 1",
        "DELETE FROM delivery_request_closings",
        "UPDATE past_demand_lists SET taken_back = 0",
    ],
)
def test_a_change_behind_the_shops_back_is_found(change: str, asked: None) -> None:
    table = plant(change)

    assert {one.table for one in differences()} == {table}
