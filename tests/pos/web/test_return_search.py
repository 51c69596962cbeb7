"""How the till finds what goods brought back were sold with: a receipt among others, or the goods themselves."""

from __future__ import annotations

import pytest

from tests.factories import Shop, open_shift, receive, sell
from tests.pos.web.conftest import Screen, words


@pytest.fixture
def till(shop: Shop, screen: Screen) -> Screen:
    """A clerk with an open shift, honey and tea on the shelf."""
    open_shift(shop)
    receive(shop, "mật ong", 10)
    receive(shop, "chè Shan", 10, price=60_000)
    return screen


def test_a_receipt_is_found_by_number_amount_day_and_goods(shop: Shop, till: Screen) -> None:
    sell(shop, "mật ong", 3)
    sell(shop, "chè Shan", 1)

    found = [
        words(till.part("/till/returns/receipts", code="1")),
        words(till.part("/till/returns/receipts", code="60.000")),
        words(till.part("/till/returns/receipts", day="20/11/2026", goods="che shan")),
        words(till.part("/till/returns/receipts", goods="mat ong")),
        words(till.part("/till/returns/receipts", day="19/11/2026")),
    ]

    assert ["Biên lai số 1" in said for said in found] == [True, False, False, True, False]
    assert ["Biên lai số 2" in said for said in found] == [False, True, True, False, False]
    assert "Không có biên lai nào khớp" in found[4]


def test_enter_opens_the_one_receipt_that_fits_and_lists_several(shop: Shop, till: Screen) -> None:
    sell(shop, "mật ong", 3)
    sell(shop, "mật ong", 1)

    one, several = (words(till.part("/till/returns", **asked)) for asked in ({"code": "1"}, {"goods": "mat ong"}))

    assert "Khách trả lại gì?" in one
    assert "Hàng thuộc biên lai nào?" in several
    assert "Biên lai số 1" in several
    assert "Biên lai số 2" in several


def test_goods_without_a_receipt_are_asked_about_at_once_when_only_they_fit(shop: Shop, till: Screen) -> None:
    answer = words(till.part("/till/returns/without-receipt", text="che shan"))

    assert "Hàng thuộc lô nào?" in answer
