"""Service articles on the screen: entered with price and tax class, sold at once, kept apart from papers and stock."""

from __future__ import annotations

import pytest

from core.staff import Role
from tests.factories import Shop, open_shift
from tests.pos.web.conftest import Screen, words
from tests.pos.web.test_producers import form_on, press

NEW = "/inventory/service-articles"
PARCEL = {"name": "Gửi bưu kiện", "pack": "trong tỉnh", "unit_label": "kiện", "tax_class": "standard", "price": "25k"}


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


@pytest.fixture
def page(manager: Screen) -> str:
    """The address of a service article's page."""
    return press(manager, NEW, **PARCEL).headers["HX-Redirect"]


def test_it_is_entered_and_may_be_sold_at_once(manager, page):
    said = words(manager.get(page))

    assert "Được bán Dịch vụ của cửa hàng: không cần giấy tờ và không có hàng trên kệ." in said
    assert "25.000" in said
    assert "Giấy chứng nhận" not in said
    assert "Lô trên kệ" not in said


def test_the_till_finds_and_takes_it(shop, manager, page):
    open_shift(shop)
    sku = page.rpartition("/")[2]
    clerk = Screen(shop, Role.CLERK)

    assert "Gửi bưu kiện" in words(clerk.part("/till/search", code="buu kien"))
    said = words(press(clerk, "/till/lines", sku=sku))

    assert "Gửi bưu kiện" in said
    assert "Lô" not in said


def test_it_is_missing_no_paper_and_counts_no_stock(manager, page):
    assert "Gửi bưu kiện" not in words(manager.part("/inventory/papers", state="all"))
    assert "25.000 ₫ / kiện –" in words(manager.part("/inventory/products", text="gửi"))


def test_its_name_is_corrected(manager, page):
    sent = {**form_on(manager, f"{page}/correction"), "name": "Gửi hàng"}

    press(manager, f"{page}/correction", **sent)

    assert "Gửi hàng, trong tỉnh" in words(manager.get(page))


def test_it_is_not_received(shop, manager, page):
    said = press(manager, f"{page}/certificates", stars="4", number="1", decision="QĐ 1", decision_date="2026-01-01",
                 issuer="UBND")  # fmt: skip

    assert said.status_code == 422
    assert "là dịch vụ: không nhập kho và không cần giấy tờ để bán" in words(said)
