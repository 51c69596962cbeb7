"""What is suggested, from the moves of a shop; and that the page's figures come from the functions that cases check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.i18n import use
from core.quantity import NONE, Quantity
from inventory.catalogue.product import Product
from inventory.catalogue.recall import recall
from inventory.lot import Lot
from inventory.reordering.estimate import forecast as forecast_room
from inventory.reordering.estimate import lot_size, poisson, safety_stock
from inventory.reordering.estimate.intermittent import DemandClass
from inventory.reordering.reason import reason_of
from inventory.reordering.suggestion import Urgency, producers_in_need
from inventory.reordering.supply import ProducerTerms, ProductTerms, set_producer_terms, set_product_terms
from inventory.tracing.hold import hold_lot

Stocked = Callable[..., Product]
TODAY = date(2026, 11, 22)


def supply(shop: Any, product: Product, **terms: Any) -> None:
    with transaction():
        set_product_terms(product, ProductTerms(**terms), by=shop.by)


def delivers(shop: Any, product: Product, **terms: Any) -> None:
    with transaction():
        set_producer_terms(product.producer, ProducerTerms(**terms), by=shop.by)


def test_goods_that_sell_two_a_day_are_asked_for_before_they_run_out(stocked: Stocked, trade: Any) -> None:
    honey = stocked(pieces=114)
    trade.days(honey, [2] * 55)

    found = trade.suggest(honey)

    assert found.forecast.kind is DemandClass.SMOOTH
    assert str(found.a_day) == "2"
    assert found.here == Quantity.of(4)
    assert found.is_empty_before
    assert found.urgency is Urgency.EMPTY_BEFORE
    assert found.days.comes == TODAY + timedelta(days=3)
    # seven days of two after the delivery, and what a smooth sale needs no reserve for
    assert Quantity.of(14) <= found.order <= Quantity.of(24)


def test_goods_that_lie_there_for_weeks_are_not_asked_for(stocked: Stocked, trade: Any) -> None:
    honey = stocked(pieces=200)
    trade.days(honey, [1] * 55)

    found = trade.suggest(honey)

    assert found.order == NONE
    assert found.urgency is Urgency.ENOUGH


def test_weeks_with_an_empty_shelf_do_not_lower_the_demand(stocked: Stocked, trade: Any) -> None:
    honey = stocked(pieces=40, days_ago=55)
    trade.days(honey, [2] * 20 + [0] * 35)  # after Mid-Autumn

    found = trade.suggest(honey)

    assert str(found.a_day) == "2"
    assert found.here == NONE


def test_another_lot_of_the_same_day_and_a_sale_are_netted(stocked: Stocked, trade: Any, shop: Any) -> None:
    honey = stocked(pieces=10, days_ago=30)
    trade.on(10)
    shop.receive(honey, 5)
    trade.sell(honey, 15)
    trade.on(0)

    found = trade.suggest(honey)

    assert found.here == NONE
    assert found.forecast.days == 21  # from the day it came to the day it sold out


def test_delivery_days_of_the_week_are_kept(stocked: Stocked, trade: Any, shop: Any) -> None:
    honey = stocked(pieces=114)
    trade.days(honey, [2] * 55)
    delivers(shop, honey, lead_days=2, weekdays=(4,))

    found = trade.suggest(honey)

    assert found.days.comes == date(2026, 11, 26)  # the first Thursday two days from Sunday
    assert found.days.next_comes == date(2026, 12, 3)


def test_packs_least_and_display_are_kept(stocked: Stocked, trade: Any, shop: Any) -> None:
    honey = stocked(pieces=114)
    trade.days(honey, [2] * 55)
    supply(shop, honey, pack=Quantity.of(12), least=Quantity.of(36))

    assert trade.suggest(honey).order == Quantity.of(36)

    supply(shop, honey, pack=Quantity.of(12), display=Quantity.of(20))

    assert trade.suggest(honey).order == Quantity.of(48)  # 14 to sell, 20 to be seen, 8 that are worth a line


def test_fresh_goods_are_never_more_than_sells_before_they_expire(stocked: Stocked, trade: Any, shop: Any) -> None:
    honey = stocked(pieces=110)
    trade.days(honey, [2] * 55)
    supply(shop, honey, shelf_days=3)

    found = trade.suggest(honey)

    assert found.order == Quantity.of(6)
    with use("en"):
        assert "no more than 6 chai sell before they expire" in reason_of(found)


def test_out_of_season_nothing_is_asked_for(stocked: Stocked, trade: Any, shop: Any) -> None:
    honey = stocked(pieces=110)
    trade.days(honey, [2] * 55)
    supply(shop, honey, months=(6, 7, 8))

    found = trade.suggest(honey)

    assert found.order == NONE
    with use("vi"):
        assert "tháng 11 không phải mùa" in reason_of(found)


def test_what_is_on_order_is_not_asked_for_again(stocked: Stocked, trade: Any) -> None:
    honey = stocked(pieces=110)
    trade.days(honey, [2] * 55)
    first = trade.suggest(honey).order
    trade.ask(honey, first.thousandths // 1000)

    found = trade.suggest(honey)

    assert first > NONE
    assert found.coming == first
    assert found.order == NONE


def test_recalled_goods_are_not_there(stocked: Stocked, trade: Any, shop: Any) -> None:
    honey = stocked(pieces=200, producer_lot="L1")
    trade.days(honey, [1] * 55)
    with transaction():
        recall(honey, lot_number="L1", reason="vi sinh", by=shop.by)

    found = trade.suggest(honey)

    assert found.here == NONE
    assert found.order > NONE


def test_a_lot_that_the_shop_laid_aside_is_not_there(stocked: Stocked, trade: Any, shop: Any) -> None:
    honey = stocked(pieces=200)
    trade.days(honey, [1] * 55)
    with transaction():
        hold_lot(db.session.scalars(select(Lot)).one(), reason="mùi lạ", by=shop.by)

    assert trade.suggest(honey).here == NONE


def test_before_tet_more_is_asked_for_though_no_year_is_known(stocked: Stocked, trade: Any, shop: Any) -> None:
    honey = stocked(pieces=114)
    trade.days(honey, [2] * 55)
    usual = trade.suggest(honey).order
    delivers(shop, honey, lead_days=70)  # comes on 31/1/2027, six days before Tet

    found = trade.suggest(honey)

    assert found.feast is not None
    assert found.feast.code == "tet"
    assert found.feast_tenths == 20
    assert found.order > usual
    with use("vi"):
        assert "Tết Nguyên đán bán gấp 2 lần" in reason_of(found)


def test_the_sentence_of_a_line_has_its_numbers(stocked: Stocked, trade: Any, shop: Any) -> None:
    honey = stocked(pieces=114)
    trade.days(honey, [2] * 55)
    delivers(shop, honey, lead_days=2, weekdays=(4,))

    with use("vi"):
        said = reason_of(trade.suggest(honey))

    assert said.startswith("bán 2 chai/ngày, còn 4, hết hàng trước khi giao, giao thứ Năm 26/11")
    assert "đủ đến" in said


def test_the_producer_whose_shelf_is_empty_comes_first(stocked: Stocked, trade: Any, shop: Any) -> None:
    honey = stocked(pieces=55)
    trade.days(honey, [1] * 55)
    trade.on(60)
    tea = shop.product("Chè", of="HTX Khác")
    shop.receive(tea, 500)
    trade.on(0)

    found = producers_in_need()

    assert [one.producer.name for one in found] == ["HTX Quảng Lạc", "HTX Khác"]
    assert found[0].count(Urgency.EMPTY_BEFORE) == 1


@pytest.mark.parametrize(
    ("room", "name", "sold"),
    [
        (safety_stock, "order_up_to", [2, 3, 2, 1] * 15),
        (poisson, "smallest_level", [1, 0, 0, 0] * 15),
        (forecast_room, "sba", [1, 0, 0, 0] * 15),
        (forecast_room, "tsb", [1] * 10 + [0] * 50),
        (forecast_room, "class_of", [2, 3, 2, 1] * 15),
        (lot_size, "economic_lot", [1, 0, 0, 0] * 15),
    ],
)
def test_the_suggestion_calls_the_functions_that_the_cases_check(
    room: Any, name: str, sold: list[int], stocked: Stocked, trade: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    honey = stocked(pieces=sum(sold) + 1)
    trade.days(honey, sold)
    checked, calls = getattr(room, name), []

    def spied(*args: Any, **how: Any) -> Any:
        calls.append(name)
        return checked(*args, **how)

    monkeypatch.setattr(room, name, spied)
    trade.suggest(honey)

    assert calls


@pytest.mark.parametrize(
    ("room", "name", "sold"),
    [(safety_stock, "order_up_to", [2, 3, 2, 1] * 15), (poisson, "smallest_level", [1, 0, 0, 0] * 15)],
)
def test_another_level_is_another_suggestion(
    room: Any, name: str, sold: list[int], stocked: Stocked, trade: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    honey = stocked(pieces=sum(sold) + 1)
    trade.days(honey, sold)
    before = trade.suggest(honey).order

    monkeypatch.setattr(room, name, lambda *args: 1000)

    assert trade.suggest(honey).order > before + Quantity.of(500)
