"""A list that was entered wrongly is taken back by one press, and can be entered again when it is right."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from core.clock import today
from core.database import db, transaction
from core.journal.chain import next_seq
from core.money import Money
from core.quantity import NONE, Quantity
from inventory.catalogue.certificate import stars_on
from inventory.catalogue.price import price_on, set_price
from inventory.catalogue.producer import producers_at_work
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import find_number
from inventory.importing.goods_import_outcome import Said
from inventory.importing.goods_list import GoodsList, latest_lists, write_list_down
from inventory.importing.goods_list_back import ListTakenBack, take_list_back
from inventory.location import CUSTOMER, SHELF
from inventory.lot import Lot
from inventory.receiving.receipt_reversal import GoodsMovedOn
from inventory.stock_level import on_hand_by_product
from inventory.stock_move import Move, post_moves
from tests.inventory.planted_change import differences, plant
from tests.inventory.test_goods_import import HEADINGS, HONEY, enter, product, sheet_of

TEA = HONEY.replace("Mật ong rừng", "Chè Shan").replace("8930000000019", "8930000000026")


def enter_list(shop, *lines: str) -> GoodsList:
    with transaction():
        first = next_seq()
    outcomes = enter(shop, sheet_of(HEADINGS, *lines))
    with transaction():
        entered = write_list_down(file_name="hang.csv", entered=len(outcomes), first_seq=first, by=shop.by)
    assert entered is not None
    return entered


def take_back(shop, entered: GoodsList) -> list[Said]:
    with transaction():
        return take_list_back(entered, reason="Nhập nhầm", by=shop.by)


def at_work() -> list[str]:
    return list(db.session.scalars(select(Product.name).where(Product.retired_on.is_(None)).order_by(Product.name)))


def test_everything_a_list_entered_is_undone(shop):
    entered = enter_list(shop, HONEY, TEA)
    honey = product("Mật ong rừng")

    assert take_back(shop, entered) == []

    assert at_work() == []
    assert producers_at_work() == []
    assert on_hand_by_product([honey.id]) == {honey.id: NONE}
    assert find_number("08930000000019") is None
    assert stars_on(honey, today()) is None
    assert latest_lists(5)[0].back.reason == "Nhập nhầm"
    assert differences() == []


def test_the_right_list_comes_in_afterwards_as_if_nothing_had_been(shop):
    take_back(shop, enter_list(shop, HONEY))

    enter(shop, sheet_of(HEADINGS, HONEY.replace("180k", "190k")))

    honey = product("Mật ong rừng")
    assert at_work() == ["Mật ong rừng"]
    assert price_on(honey, today()) == Money(190_000)
    assert stars_on(honey, today()) == 4
    assert find_number("08930000000019").product_id == honey.id
    lots = db.session.scalar(select(func.count()).select_from(Lot))
    assert (lots, on_hand_by_product([honey.id])) == (1, {honey.id: NONE}), "its stock had come, and went back"


def test_another_price_becomes_what_it_was(shop):
    enter_list(shop, HONEY)
    entered = enter_list(shop, HONEY.replace("180k", "80k"))
    assert price_on(product("Mật ong rừng"), today()) == Money(80_000)

    assert take_back(shop, entered) == []

    assert price_on(product("Mật ong rừng"), today()) == Money(180_000)
    assert at_work() == ["Mật ong rừng"]


def test_what_somebody_set_since_stays_and_is_named(shop):
    enter_list(shop, HONEY)
    entered = enter_list(shop, HONEY.replace("180k", "80k"))
    honey = product("Mật ong rừng")
    with transaction():
        set_price(honey, Money(200_000), from_day=today(), by=shop.by)

    left = take_back(shop, entered)

    assert price_on(honey, today()) == Money(200_000)
    assert [said.sentence(str) for said in left] == [f"{honey.full_name}: its price was set anew since and stays."]


def test_goods_that_moved_on_keep_the_whole_list(shop):
    entered = enter_list(shop, TEA, HONEY)
    lot = db.session.scalars(select(Lot).where(Lot.product_id == product("Mật ong rừng").id)).one()
    with transaction():
        post_moves([Move(lot, SHELF, CUSTOMER, Quantity.of(1), 1)], next_seq() - 1)

    with pytest.raises(GoodsMovedOn, match="Mật ong rừng"):
        take_back(shop, entered)

    assert at_work() == ["Chè Shan", "Mật ong rừng"]


def test_once_is_enough(shop):
    entered = enter_list(shop, HONEY)
    take_back(shop, entered)

    with pytest.raises(ListTakenBack):
        take_back(shop, entered)


def test_a_list_that_did_nothing_is_no_list(shop):
    enter_list(shop, HONEY)
    with transaction():
        first = next_seq()
    enter(shop, sheet_of(HEADINGS, HONEY))

    with transaction():
        assert write_list_down(file_name="hang.csv", entered=0, first_seq=first, by=shop.by) is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE goods_lists SET last_seq = last_seq + 1",
        "UPDATE goods_lists_back SET reason = 'X'",
        "UPDATE receipt_reversals SET staff_code = '09'",
        "DELETE FROM goods_lists_back",
        "DELETE FROM receipt_reversals",
    ],
)
def test_a_planted_change_is_found(shop, change):
    take_back(shop, enter_list(shop, HONEY))

    table = plant(change)

    assert {one.table for one in differences()} == {table}
