"""The tax page: a month by day and rate, the year against the threshold, what changes next, what lacks a class."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.database import transaction
from core.staff import Role
from pos.settings.change import change_settings
from tests.factories import Shop, enter_goods, open_shift, receive, sell
from tests.pos.web.conftest import Screen, words


@pytest.fixture
def manager(shop: Shop) -> Screen:
    receive(shop, "mật ong", 10_000, price=950_000)
    open_shift(shop)
    sell(shop, "mật ong", 2)
    return Screen(shop, Role.MANAGER)


def test_the_month_stands_there_by_day_and_rate(manager: Screen) -> None:
    page = words(manager.get("/tax"))

    assert "Từ 01/11/2026 đến 20/11/2026, hàng bán trừ hàng trả lại" in page
    assert "Cả tháng 8 % 1.900.000 ₫ 1.759.259 ₫ 140.741 ₫ 20/11/2026 8 %" in page
    assert "Từ 01/01/2027: 8 % thành 10 % cho “Thuế suất 10 % (đang được giảm)”" in page
    assert "Tháng này chưa bán gì" in words(manager.get("/tax", month="10/2026"))


@pytest.mark.parametrize("month", ["13/2026", "2026-11", "mười một", "0/2026"])
def test_what_is_no_month_is_refused_in_words(manager: Screen, month: str) -> None:
    answer = manager.get("/tax", month=month)

    assert answer.status_code == 422
    assert "không phải là tháng" in words(answer)


def test_a_household_sees_how_far_the_threshold_is(shop: Shop, manager: Screen) -> None:
    assert "Ngưỡng của hộ kinh doanh" not in words(manager.get("/tax"))  # a company has none
    with transaction():
        change_settings("shop", {"owner_kind": "household"}, by=shop.owner)
        change_settings("tax", {"tax_method": "below_threshold"}, by=shop.owner)

    far = words(manager.get("/tax"))
    sell(shop, "mật ong", 850)
    near = words(manager.get("/tax"))
    sell(shop, "mật ong", 250)
    over = words(manager.get("/tax"))

    assert "Ngưỡng của hộ kinh doanh năm 2026: 1.000.000.000 ₫" in far
    assert "sắp đến ngưỡng" not in far
    assert "vượt ngưỡng" not in far
    assert "Doanh thu sắp đến ngưỡng" in near
    assert "Doanh thu đã vượt ngưỡng" in over


def test_goods_without_a_class_are_named_while_vat_is_shown_or_will_be(shop: Shop, manager: Screen) -> None:
    enter_goods(shop, "mắc mật", tax=None)
    assert "Chưa có loại thuế" in words(manager.get("/tax"))
    with transaction():
        change_settings("tax", {"tax_method": "household"}, by=shop.owner)
    assert "Chưa có loại thuế" not in words(manager.get("/tax"))

    with transaction():
        change_settings(
            "tax", {"tax_method": "deduction"}, from_day=(shop.clock.instant + timedelta(days=40)).date(), by=shop.owner
        )

    assert "mắc mật" in words(manager.get("/tax"))


def test_a_clerk_does_not_see_the_shops_turnover(shop: Shop, screen: Screen) -> None:
    assert screen.get("/tax").status_code == 403
