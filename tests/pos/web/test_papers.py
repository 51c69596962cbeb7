"""The page of papers: what is missing and what ends, filtered, sorted, and ready for paper."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from core.clock import today
from core.database import transaction
from core.staff import Role
from inventory.catalogue.licence import add_licence
from inventory.catalogue.product import retire_product
from tests.factories import Shop, enter_goods, goods, receive
from tests.pos.web.conftest import Screen, words


def certified_for(days: int) -> date:
    """The first day of a certificate whose last day is so many days from today."""
    wanted = today() + timedelta(days=days)
    return wanted.replace(year=wanted.year - 3)


@pytest.fixture
def manager(shop: Shop) -> Screen:
    enter_goods(shop, "Mật ong", since=certified_for(20))
    enter_goods(shop, "Miến dong", since=certified_for(50), of="HTX An")
    enter_goods(shop, "Nấm hương", since=certified_for(80))
    enter_goods(shop, "Trà hoa vàng", since=certified_for(200))
    enter_goods(shop, "Lạp sườn", stars=None, price=None)
    enter_goods(shop, "Rượu ngô", group="II.1.a")
    return Screen(shop, Role.MANAGER)


def listed(manager: Screen, **asked: str) -> list[str]:
    return re.findall(r"<b>([^<]+)</b></a>", manager.part("/inventory/papers", **asked).text)


def test_what_is_missing_stands_before_what_ends_first(manager):
    page = words(manager.get("/inventory/papers"))

    assert listed(manager) == ["Lạp sườn", "Rượu ngô", "Mật ong", "Miến dong", "Nấm hương"]
    assert "2 Đang thiếu 3 Thiếu, hoặc hết hạn trong 30 ngày 4 Thiếu, hoặc hết hạn trong 60 ngày 5 Thiếu" in page
    assert "Chưa có giá." in page
    assert "21 ngày Quầy sẽ không bán từ 11/12/2026" in page
    assert "giấy phép" in page


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"state": "missing"}, ["Lạp sườn", "Rượu ngô"]),
        ({"state": "30", "order": "product"}, ["Lạp sườn", "Mật ong", "Rượu ngô"]),
        ({"state": "60", "order": "producer", "text": "m"}, ["Miến dong", "Mật ong"]),
        ({"state": "all", "text": "tra hoa"}, ["Trà hoa vàng"]),
        ({"state": "nonsense", "order": "nonsense", "text": "nam huong"}, ["Nấm hương"]),
        ({"on_shelf": "1"}, ["Mật ong"]),
    ],
)
def test_the_list_is_filtered_and_sorted(shop, manager, asked, names):
    receive(shop, "Mật ong", 3)

    assert listed(manager, **asked) == names


def test_licences_of_the_shop_stand_beside(shop, manager):
    with transaction():
        add_licence(kind="liquor_retail", number="GP 1", issuer="UBND xã", first_day=date(2026, 1, 1),
                    last_day=today() + timedelta(days=15), by=shop.manager)  # fmt: skip

    said = words(manager.get("/inventory/papers"))

    assert "GP 1, UBND xã 05/12/2026 còn 15 ngày" in said
    assert "Rượu ngô" in listed(manager, state="30")


def test_what_is_out_of_the_range_needs_no_papers(shop, manager):
    with transaction():
        retire_product(goods(shop, "Lạp sườn"), by=shop.manager)

    assert "Lạp sườn" not in listed(manager, state="all")
