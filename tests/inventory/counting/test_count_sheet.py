"""Count on one's own sheet: zones, owners, numbers typed again, goods sold meanwhile."""

import pytest

from core.database import db, transaction
from core.i18n import translator
from core.money import Money
from core.quantity import ONE, Quantity, Unit
from inventory.consignment.claim import claimed_by
from inventory.counting.comparison import Unsure, compare_with_book
from inventory.counting.count_sheet import (
    NumberMissing,
    SheetFinished,
    SoldMeanwhile,
    WhoseGoods,
    ZoneTaken,
    count_one_less,
    moved_meanwhile,
    open_sheet_again,
    owners_at,
    set_counted,
    take_out,
)
from inventory.location import SHELF, STOCKROOM
from inventory.lot import Terms
from inventory.stock_level import on_hand
from tests.inventory.counting.hands import count, differences, finish, move, pieces, post, sheet_of

COMMISSION = Terms.on_commission(1500)


def test_zones_are_added_up_and_a_zone_has_one_sheet(shop, clerk, begin):
    honey = shop.product("Mật ong")
    shop.receive(honey, 10)
    stocktake = begin()
    first, second = sheet_of(stocktake, clerk, "Kệ 1"), sheet_of(stocktake, shop.by, "Kệ 2")
    count(first, honey, 4)
    count(second, honey, 5)

    assert differences(stocktake) == {("Mật ong", None): -1}
    with pytest.raises(ZoneTaken) as refused:
        sheet_of(stocktake, shop.by, "  KE 1 ")
    assert "Hà" in refused.value.sentence(translator("vi"))
    assert sheet_of(stocktake, clerk, "kệ 1") == first


def test_a_number_typed_again_replaces_what_its_own_sheet_said(shop, clerk, begin):
    honey = shop.product("Mật ong")
    shop.receive(honey, 10)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    line = count(sheet, honey, 1)
    assert count(sheet, honey, 12) is line
    with transaction():
        set_counted(line, pieces(9))
        count_one_less(line)

    assert line.quantity == pieces(8)
    assert differences(stocktake) == {("Mật ong", None): -2}


def test_what_is_sold_between_its_first_and_last_jar_is_counted_again(shop, clerk, begin):
    honey = shop.product("Mật ong")
    lot = shop.receive(honey, 10)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    line = count(sheet, honey, 5)
    move(shop, lot, 1)
    count(sheet, honey, 5)

    assert moved_meanwhile(sheet) == {line.id}
    assert [one.unsure for one in compare_with_book(stocktake).counted] == [Unsure.MOVED]
    with pytest.raises(SoldMeanwhile):
        finish(sheet)
    with transaction():
        set_counted(line, pieces(9))
    finish(sheet)
    assert differences(stocktake) == {("Mật ong", None): 0}


def test_a_sale_of_other_goods_disturbs_nobody(shop, clerk, begin):
    honey, tea = shop.product("Mật ong"), shop.product("Trà")
    shop.receive(honey, 10)
    other = shop.receive(tea, 10)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    count(sheet, honey, 5)
    move(shop, other, 1)
    move(shop, other, 1, SHELF, STOCKROOM)
    count(sheet, honey, 5)

    assert moved_meanwhile(sheet) == set()
    assert differences(stocktake) == {("Mật ong", None): 0}


def test_a_basket_that_fills_while_its_goods_are_counted_asks_for_another_count(shop, clerk, begin):
    honey = shop.product("Mật ong")
    shop.receive(honey, 10)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    line = count(sheet, honey, 5)
    count(sheet, honey, 4, at_till=ONE)

    assert moved_meanwhile(sheet) == {line.id}
    assert compare_with_book(stocktake).counted[0].unsure is Unsure.MOVED


def test_owners_are_told_apart_only_where_two_stand_together(shop, clerk, begin):
    honey, tea = shop.product("Mật ong"), shop.product("Trà")
    own = shop.receive(honey, 5)
    his = shop.receive(honey, 6, terms=COMMISSION)
    shop.receive(tea, 3, terms=COMMISSION)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)

    assert [choice.whose for choice in owners_at(honey, SHELF)] == ["shop", "0001"]
    with pytest.raises(WhoseGoods):
        count(sheet, honey, 1)
    with pytest.raises(WhoseGoods):
        count(sheet, honey, 1, whose="0099")
    count(sheet, honey, 5, whose="shop")
    count(sheet, honey, 4, whose="0001")
    count(sheet, tea, 3)  # nobody is asked

    assert differences(stocktake) == {("Mật ong", None): 0, ("Mật ong", "0001"): -2, ("Trà", "0001"): 0}
    finish(sheet)
    post(stocktake, shop.by)
    assert (on_hand(own), on_hand(his)) == (pieces(5), pieces(4))
    assert claimed_by(shop.producer()) == Money(170_000)


def test_a_second_owner_whose_goods_come_while_counting_makes_the_count_unsure(shop, clerk, begin):
    honey = shop.product("Mật ong")
    shop.receive(honey, 5)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    count(sheet, honey, 5)
    shop.receive(honey, 6, terms=COMMISSION)
    with transaction():
        sheet.lines[0].last_seq += 1_000  # as if the same line had been gone on with
    db.session.expire_all()

    assert compare_with_book(stocktake).counted[0].unsure is Unsure.WHOSE


def test_a_basket_on_a_shelf_of_two_owners_asks_for_another_count(shop, clerk, begin):
    honey = shop.product("Mật ong")
    shop.receive(honey, 5)
    shop.receive(honey, 6, terms=COMMISSION)
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    count(sheet, honey, 5, whose="shop", at_till=ONE)

    assert compare_with_book(stocktake).counted[0].unsure is Unsure.BASKET


def test_a_sheet_that_is_handed_in_takes_no_more_until_it_is_opened_again(shop, clerk, begin):
    honey, fruit = shop.product("Mật ong"), shop.product("Na", unit=Unit.KILOGRAM, group="I.1.a", sell_within_days=5)
    shop.receive(honey, 5)
    shop.receive(fruit, "2,5")
    stocktake = begin()
    sheet = sheet_of(stocktake, clerk)
    line = count(sheet, honey, 5)
    weighed = count(sheet, fruit, None)
    with pytest.raises(NumberMissing):
        finish(sheet)
    with transaction():
        set_counted(weighed, Quantity(2_450))
    finish(sheet)

    for act in (
        lambda: count(sheet, honey, 1),
        lambda: set_counted(line, ONE),
        lambda: count_one_less(line),
        lambda: take_out(line),
    ):
        with pytest.raises(SheetFinished):
            act()
    with transaction():
        open_sheet_again(sheet)
        take_out(line)
    assert [one.product.name for one in sheet.lines] == ["Na"]
