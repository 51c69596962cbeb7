"""The manager's page of promotions: entered, shown with what they took off, ended; refusals in words."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from core.database import transaction
from core.staff import Role, hire
from pos.discounts.promotion_table import Promotion
from tests.factories import PromotionTerms as Promo
from tests.factories import Shop, count_of, fill_basket, goods, open_shift, pay, promote, receive
from tests.pos.web.conftest import Screen, words

TODAY = date(2026, 11, 20)
FORM = {
    "name": "Tuần lễ mật ong",
    "first_day": TODAY.isoformat(),
    "last_day": (TODAY + timedelta(days=6)).isoformat(),
    "kind": "percent",
    "percent": "15",
    "goods": "product",
}


@pytest.fixture
def office(shop: Shop) -> Screen:
    """A manager's browser."""
    receive(shop, "mật ong", 10)
    return Screen(shop, Role.MANAGER)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "giảm 15 % mật ong"),
        ({"percent": "7,5 %"}, "giảm 7,5 % mật ong"),
        ({"kind": "price", "price": "80.000"}, "80.000 ₫ mỗi đơn vị mật ong"),
        ({"kind": "free", "buy": "2", "free": "1"}, "mua 2 tặng 1 mật ong"),
        ({"goods": "group", "group": "I.2"}, "giảm 15 % I.2"),
        ({"goods": "producer"}, "giảm 15 % hàng của HTX Quảng Lạc"),
    ],
)
def test_a_promotion_is_entered_and_runs(shop: Shop, office: Screen, fields: dict[str, str], said: str) -> None:
    product = goods(shop, "mật ong")
    chosen = {"product": product.sku, "producer": product.producer.code}

    office.press("/promotions", **{**FORM, **chosen, **fields})

    shown = words(office.get("/promotions"))
    assert "Tuần lễ mật ong" in shown
    assert said in shown
    assert "Đang chạy" in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"first_day": "2026-11-19"}, "Khuyến mãi không thể bắt đầu từ 19/11/2026 vì ngày đó đã qua."),
        ({"last_day": "2026-11-19"}, "Ngày cuối lại trước ngày đầu. Hãy gõ lại hai ngày."),
        ({"percent": "0"}, "Mức giảm của khuyến mãi phải lớn hơn 0 và không quá 100 phần trăm."),
        ({"kind": "price", "price": "0"}, "Giá khuyến mãi phải lớn hơn 0 ₫. Hãy gõ lại."),
        ({"kind": "free", "buy": "2", "free": "0"}, "Hãy gõ mua mấy và tặng mấy: số nguyên từ 1 đến 100."),
        ({"goods": "group", "group": "XX"}, "Hãy chọn khuyến mãi cho gì"),
        ({"goods": ""}, "Hãy chọn khuyến mãi cho gì"),
    ],
)
def test_a_refusal_says_what_to_enter(shop: Shop, office: Screen, fields: dict[str, str], sentence: str) -> None:
    answer = office.press("/promotions", **{**FORM, "product": goods(shop, "mật ong").sku, **fields})

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert count_of(Promotion) == 0


def test_what_it_took_off_so_far_stands_on_its_page(shop: Shop, office: Screen) -> None:
    promote(shop, "mật ong", Promo.percent_off(1_000), called="Tuần lễ mật ong")
    open_shift(shop)
    pay(shop, fill_basket(shop, ("mật ong", 3)))

    assert "Đã giảm đến nay 30.000 ₫" in words(office.get("/promotions/1"))


def test_it_is_ended_with_a_reason_and_only_once(shop: Shop, office: Screen) -> None:
    promote(shop, "mật ong", Promo.percent_off(1_000), called="Tuần lễ mật ong")
    assert office.press("/promotions/1/end", reason="").status_code == 422
    office.press("/promotions/1/end", reason="giảm nhầm")

    again = office.press("/promotions/1/end", reason="lần nữa")

    assert "Khuyến mãi “Tuần lễ mật ong” đã kết thúc rồi." in words(again)
    page = words(office.get("/promotions/1"))
    assert "giảm nhầm" in page
    assert "Kết thúc ngay" not in page


def test_one_to_come_is_taken_back(shop: Shop, office: Screen) -> None:
    later = TODAY + timedelta(days=3)
    promote(shop, "mật ong", Promo.percent_off(1_000), days=(later, later))
    assert "Rút lại" in words(office.get("/promotions/1"))

    office.press("/promotions/1/end", reason="nhập nhầm")

    assert "Ended" not in words(office.get("/promotions"))
    assert "Sắp tới" not in words(office.get("/promotions/1"))


def test_an_auditor_reads_and_enters_nothing(shop: Shop) -> None:
    promote(shop, "mật ong", Promo.percent_off(1_000), called="Tuần lễ mật ong")
    with transaction():
        hire(name="Ánh", role=Role.AUDITOR, pin="135790", by=shop.owner)
    auditor = Screen(shop, Role.AUDITOR)

    assert "Thêm khuyến mãi" not in words(auditor.get("/promotions"))
    assert "Kết thúc ngay" not in words(auditor.get("/promotions/1"))
    assert auditor.press("/promotions", **FORM).status_code == 403


def test_cash_is_rounded_from_a_day_on_by_its_page(shop: Shop, office: Screen) -> None:
    for down_to, day in (("500", TODAY.isoformat()), ("1000", "2026-12-01")):
        seen = re.search(r'name="seen" value="([0-9]+)"', office.get("/settings/rounding").text)
        assert seen is not None
        office.press("/settings/rounding", cash_rounding=down_to, from_day=day, seen=seen[1])

    page = words(office.get("/settings/rounding"))

    assert "Hôm nay 500 ₫" in page
    assert "01/12/2026 1.000 ₫" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"from_day": "2026-11-19"}, "Không thể đổi mục này cho 19/11/2026 vì ngày đó đã qua."),
        ({"cash_rounding": "300"}, "Tiền mặt làm tròn xuống đến"),
    ],
)
def test_a_rounding_that_cannot_be_is_refused(office: Screen, fields: dict[str, str], sentence: str) -> None:
    seen = re.search(r'name="seen" value="([0-9]+)"', office.get("/settings/rounding").text)
    assert seen is not None
    form = {"cash_rounding": "500", "from_day": TODAY.isoformat(), "seen": seen[1]}

    answer = office.press("/settings/rounding", **{**form, **fields})

    assert answer.status_code == 422
    assert sentence in words(answer)
