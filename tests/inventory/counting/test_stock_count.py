"""Post a stocktake: what the book becomes, what is claimed, who may do it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from core.clock import today
from core.current_settings import put_in_force, settings_of_the_start
from core.database import db, transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.money import Money
from core.quantity import NONE
from core.staff import Role, hire
from inventory.consignment.claim import claimed_by
from inventory.counting.comparison import Unsure, compare_with_book
from inventory.counting.count_sheet import (
    open_sheet_again,
)
from inventory.counting.stock_count import (
    CountAgainFirst,
    NothingCounted,
    SheetsOpen,
    SomebodyElsePosts,
    count_as_none,
)
from inventory.counting.stocktake import ask_to_count_again
from inventory.counting.stocktake_table import Stocktake
from inventory.location import CUSTOMER, DIFFERENCE, SHELF
from inventory.lot import Terms
from inventory.stock_level import on_hand
from inventory.stock_move import Move, StockMove, post_moves
from tests.inventory.counting.hands import count, finish, move, pieces, post, sheet_of

COMMISSION = Terms.on_commission(1500)


def test_a_count_is_compared_with_the_book_of_its_minute_and_later_sales_stay_sold(shop, clerk, begin):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 10)
    move(shop, lot, 2)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    count(sheet, honey, 7)  # the book has 8
    move(shop, lot, 3)
    move(shop, lot, 1, CUSTOMER, SHELF)
    later = shop.receive(honey, 20)
    finish(sheet)

    posted = post(stocktake, shop.by)

    [line] = posted.lines
    assert (line.book, line.counted, line.difference) == (pieces(8), pieces(7), -pieces(1))
    assert on_hand(lot) == pieces(10 - 2 - 3 + 1 - 1)
    assert on_hand(lot, DIFFERENCE) == pieces(1)
    assert on_hand(later) == pieces(20)
    assert db.session.scalars(select(Stocktake)).all() == []


def test_what_is_sold_between_two_zones_is_counted_again_before_it_is_posted(shop, clerk, begin):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 10)
    stocktake = begin()
    first, second = sheet_of(stocktake, clerk), sheet_of(stocktake, clerk, "Kệ 2")
    count(first, honey, 5)
    move(shop, lot, 1)
    count(second, honey, 5)
    finish(first, second)

    with pytest.raises(CountAgainFirst):
        post(stocktake, shop.by)
    with transaction():
        ask_to_count_again(stocktake, honey)
        open_sheet_again(second)
    [waiting] = compare_with_book(stocktake).uncounted
    assert waiting.again
    assert compare_with_book(stocktake).counted == []
    count(second, honey, 9)
    finish(second)
    assert post(stocktake, shop.by).lines[0].counted == pieces(9)
    assert on_hand(lot) == pieces(9)


def test_what_lies_in_an_open_basket_is_not_missing(shop, clerk, begin):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 10)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    count(sheet, honey, 8, at_till=pieces(2))
    move(shop, lot, 2)  # the basket is paid
    finish(sheet)

    post(stocktake, shop.by)

    assert on_hand(lot) == pieces(8)
    assert on_hand(lot, DIFFERENCE) == NONE


def test_a_label_says_which_lot_and_the_rest_falls_on_the_first_to_expire(shop, clerk, begin):
    honey = shop.product("Mật ong")
    early = shop.receive(honey, 5, best_before=date(2027, 1, 1))
    late = shop.receive(honey, 5, best_before=date(2027, 6, 1), producer_lot="B8")
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    count(sheet, honey, 2, lot=late)
    count(sheet, honey, 6)
    finish(sheet)

    post(stocktake, shop.by)

    assert (on_hand(early), on_hand(late)) == (pieces(3), pieces(5))


def test_what_was_sold_below_the_book_is_resolved_by_a_count(shop, clerk, begin):
    honey = shop.product("Mật ong")
    first, second = shop.receive(honey, 1), shop.receive(honey, 5)
    move(shop, first, 3)  # the book says two less than nothing
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    count(sheet, honey, 3)
    finish(sheet)

    posted = post(stocktake, shop.by)

    assert (on_hand(first), on_hand(second)) == (NONE, pieces(3))
    assert {(line.lot_id, line.book) for line in posted.lines} == {(first.id, -pieces(2)), (second.id, pieces(5))}
    assert sum((line.difference for line in posted.lines), NONE) == NONE


def test_too_many_of_an_owners_goods_are_his_and_take_back_what_was_claimed(shop, clerk, begin):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 10, terms=COMMISSION)
    first = begin()
    sheet = sheet_of(first, clerk)
    count(sheet, honey, 7)
    finish(sheet)
    post(first, shop.by)
    claimed = claimed_by(shop.producer())
    second = begin()
    sheet = sheet_of(second, clerk)
    count(sheet, honey, 12)
    finish(sheet)

    post(second, shop.by)

    assert (claimed, claimed_by(shop.producer())) == (Money(255_000), Money(0))
    assert on_hand(lot) == pieces(12)
    assert on_hand(lot, DIFFERENCE) == -pieces(2)


def test_lots_of_one_owner_answer_each_other_before_anything_is_claimed(shop, clerk, begin):
    honey = shop.product("Mật ong")
    one, two = shop.receive(honey, 5, terms=COMMISSION), shop.receive(honey, 5, terms=COMMISSION)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    count(sheet, honey, 2, lot=one)
    count(sheet, honey, 7, lot=two)
    finish(sheet)

    post(stocktake, shop.by)

    assert (on_hand(one), on_hand(two)) == (pieces(2), pieces(7))
    assert claimed_by(shop.producer()) == Money(85_000)  # of one jar, not of three


def test_goods_nobody_counted_stay_as_they_are_unless_the_manager_says_there_are_none(shop, clerk, begin):
    honey, tea, jam = shop.product("Mật ong"), shop.product("Trà"), shop.product("Mứt")
    kept, gone = shop.receive(tea, 4), shop.receive(jam, 2)
    shop.receive(honey, 10)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    count(sheet, honey, 10)
    finish(sheet)
    uncounted = {one.product.name: one for one in compare_with_book(stocktake).uncounted}
    with transaction():
        count_as_none(stocktake, uncounted["Mứt"], by=shop.by)

    posted = post(stocktake, shop.by)

    assert set(uncounted) == {"Trà", "Mứt"}
    assert (on_hand(kept), on_hand(gone)) == (pieces(4), NONE)
    assert posted.left_out == 1
    assert [(entry.office, entry.staff_code) for entry in posted.entries] == [(False, "02"), (True, "01")]


def test_a_count_after_another_was_posted_is_not_corrected_twice(shop, clerk, begin):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 10)
    slow = begin()
    sheet = sheet_of(slow, clerk)
    count(sheet, honey, 8)
    with transaction():  # as a count of the same goods would that was posted meanwhile
        seq = write_record(Kind.WRITE_OFF, {"lot": lot.number}, by=shop.by).seq
        post_moves([Move(lot, SHELF, DIFFERENCE, pieces(2), 1)], seq)
    finish(sheet)

    assert compare_with_book(slow).counted[0].unsure is Unsure.CORRECTED
    with pytest.raises(CountAgainFirst):
        post(slow, shop.by)


def test_only_whole_counts_are_posted_and_not_by_whoever_counted_everything(shop, clerk, begin):
    honey = shop.product("Mật ong")
    shop.receive(honey, 5)
    with transaction():
        hire(name="Bà chủ", role=Role.OWNER, pin="864209", by=None)
    stocktake = begin()
    with pytest.raises(NothingCounted):
        post(stocktake, shop.by)
    sheet = sheet_of(stocktake, shop.by)
    count(sheet, honey, 4)

    with pytest.raises(SheetsOpen):
        post(stocktake, shop.by)
    finish(sheet)
    with pytest.raises(SomebodyElsePosts):
        post(stocktake, shop.by)

    start = settings_of_the_start()
    put_in_force(replace(start, stocktake=replace(start.stocktake, other_person_posts=False)))
    assert post(stocktake, shop.by).number == 1


def test_whoever_manages_alone_posts_alone(shop, begin):
    honey = shop.product("Mật ong")
    shop.receive(honey, 5)
    stocktake = begin()
    sheet = sheet_of(stocktake, shop.by)
    count(sheet, honey, 4)
    finish(sheet)

    assert post(stocktake, shop.by).number == 1


def test_numbers_of_stocktakes_have_no_gap(shop, clerk, begin):
    honey = shop.product("Mật ong")
    shop.receive(honey, 5)
    numbers = []
    for counted in (5, 4):
        stocktake = begin()
        sheet = sheet_of(stocktake, clerk)
        count(sheet, honey, counted)
        finish(sheet)
        numbers.append(post(stocktake, shop.by).number)
        shop.clock.move(timedelta(days=1))

    assert numbers == [1, 2]
    assert db.session.scalar(select(func.count()).select_from(StockMove).where(StockMove.target == DIFFERENCE)) == 1
    assert today() == date(2026, 11, 24)
