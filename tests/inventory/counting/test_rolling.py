"""The list of the day, and how right the book was."""

from datetime import date, timedelta

import pytest

from core.database import transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.money import Money
from inventory.counting.accuracy import accuracy_by_month
from inventory.counting.rolling import NothingForToday, begin_list_of_the_day, picks_of_the_day
from inventory.counting.stocktake_table import ScopeKind
from inventory.location import CUSTOMER, SHELF
from inventory.stock_move import Move, post_moves
from tests.inventory.counting.hands import count, finish, pieces, post, sheet_of


def names(limit=None):
    return [pick.product.name for pick in picks_of_the_day(limit)]


def count_alone(shop, begin, clerk, product, number):
    stocktake = begin(scope=ScopeKind.LIST, products=[product])
    sheet = sheet_of(stocktake, clerk)
    count(sheet, product, number)
    finish(sheet)
    post(stocktake, shop.by)


def test_the_dearest_come_first_and_what_is_below_zero_before_all(shop):
    cheap, dear, below = shop.product("Trà", price=10_000), shop.product("Sâm", price=500_000), shop.product("Mứt")
    shop.receive(cheap, 10)
    shop.receive(dear, 10)
    lot = shop.receive(below, 1)
    with transaction():
        seq = write_record(Kind.WRITE_OFF, {"lot": lot.number}, by=shop.by).seq
        post_moves([Move(lot, SHELF, CUSTOMER, pieces(3), 1)], seq)

    assert names() == ["Mứt", "Sâm", "Trà"]
    assert names(2) == ["Mứt", "Sâm"]
    assert names(0) == []


def test_what_was_counted_today_rests_and_comes_round_again(shop, clerk, begin):
    tea, ginseng = shop.product("Trà", price=10_000), shop.product("Sâm", price=500_000)
    shop.receive(tea, 10)
    shop.receive(ginseng, 10)
    count_alone(shop, begin, clerk, ginseng, 10)

    assert names() == ["Trà"]
    shop.clock.move(timedelta(days=1))
    assert names() == ["Trà", "Sâm"]  # 365 days of 100.000 ₫ against one of 5.000.000 ₫
    shop.clock.move(timedelta(days=30))
    assert names() == ["Sâm", "Trà"]
    assert [pick.last_counted for pick in picks_of_the_day()] == [date(2026, 11, 22), None]


def test_what_was_wrong_comes_back_sooner_than_its_like(shop, clerk, begin):
    right, wrong = shop.product("Trà xanh"), shop.product("Trà đen")
    shop.receive(right, 10)
    shop.receive(wrong, 10)
    count_alone(shop, begin, clerk, right, 10)
    count_alone(shop, begin, clerk, wrong, 9)
    shop.clock.move(timedelta(days=1))

    assert names() == ["Trà đen", "Trà xanh"]


def test_the_list_is_opened_once_and_goods_being_counted_are_not_on_it(shop, begin, clerk):
    tea, honey = shop.product("Trà"), shop.product("Mật ong")
    shop.receive(tea, 10)
    shop.receive(honey, 10)
    begin(scope=ScopeKind.LIST, products=[honey])
    with transaction():
        first = begin_list_of_the_day(by=clerk)
        second = begin_list_of_the_day(by=clerk)

    assert first is second
    assert [noted.product.name for noted in first.goods] == ["Trà"]


def test_a_shop_without_goods_has_no_list(shop, clerk):
    with pytest.raises(NothingForToday), transaction():
        begin_list_of_the_day(by=clerk)


def test_how_right_the_book_was_by_month(shop, clerk, begin):
    tea, honey = shop.product("Trà", price=10_000), shop.product("Mật ong")
    shop.receive(tea, 10)
    shop.receive(honey, 10)
    count_alone(shop, begin, clerk, tea, 10)
    count_alone(shop, begin, clerk, honey, 8)
    shop.clock.move(timedelta(days=30))
    count_alone(shop, begin, clerk, tea, 13)

    december, november = accuracy_by_month(date(2026, 1, 1), date(2026, 12, 31))

    assert (november.name, november.counts, november.lots, november.right) == ("11/2026", 2, 2, 1)
    assert (november.missing, november.found, november.share) == (Money(200_000), Money(0), 5_000)
    assert (december.missing, december.found, december.share) == (Money(0), Money(30_000), 0)
    assert accuracy_by_month(date(2025, 1, 1), date(2025, 12, 31)) == []
