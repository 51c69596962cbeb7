"""What ends soon, on the screen, on paper and as a table; and the quiet line on the menu for managers."""

from __future__ import annotations

import csv
import io
import re
import uuid
from datetime import date, timedelta
from urllib.parse import unquote

import pypdfium2
import pytest

from core.money import Money
from core.staff import Role
from inventory.lot import Terms
from tests.factories import Shop, open_shift, receive, sell
from tests.pos.web.conftest import Screen, words

TODAY = date(2026, 11, 20)


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


@pytest.fixture
def ending(shop: Shop) -> None:
    """Tea of the shop's own ends in 5 days, honey on commission in 20, sausage is over since yesterday."""
    receive(shop, "chè", 7, terms=Terms.bought(Money(60_000)), best_before=TODAY + timedelta(days=6))
    receive(
        shop, "mật ong", 10, terms=Terms.on_commission(2000), best_before=TODAY + timedelta(days=21), producer_lot="M-1"
    )
    receive(shop, "lạp sườn", 2, terms=Terms.on_commission(2000), best_before=TODAY)
    open_shift(shop)
    sell(shop, "mật ong", 1)
    shop.clock.move(timedelta(days=1))


def test_the_page_says_what_is_over_and_what_ends_and_what_to_do(manager, ending):
    said = words(manager.get("/inventory/expiry"))

    for told in (
        "Đã quá hạn: hạ khỏi kệ", "lạp sườn", "quá hạn",
        "Trong 7 ngày", "còn 5 ngày", "Chờ xem thêm mới nhập: chưa đủ ngày để biết",
        "Trong 30 ngày", "còn 20 ngày", "Kịp bán mỗi tuần bán 3,5, kịp hết trước hạn",
        "theo giá nhập 420.000 ₫", "lẽ ra được 880.000 ₫", "theo giá bán 1.800.000 ₫",
    ):  # fmt: skip
        assert told in said, told
    week = words(manager.get("/inventory/expiry", within=7))
    assert "mật ong" not in week
    assert "mật ong" in words(manager.get("/inventory/expiry", within="x"))


def test_a_proposal_leads_to_where_it_is_done(shop, manager):
    honey = receive(shop, "mật ong", 9, terms=Terms.on_commission(2000), best_before=TODAY + timedelta(days=20))
    over = receive(shop, "chè", 2, best_before=TODAY)
    sausage = receive(shop, "lạp sườn", 2, terms=Terms.on_commission(2000), best_before=TODAY)
    open_shift(shop)
    shop.clock.move(timedelta(days=5))
    sell(shop, "mật ong", 1)
    shop.clock.move(timedelta(days=1))

    page = manager.get("/inventory/expiry").text
    assert f"goods=lot:{honey.number}" in unquote(page)
    assert re.search(rf'action="/inventory/goods-returns/new"(?:(?!</form>).)*value="{sausage.number}"', page, re.S)
    assert re.search(rf'action="/inventory/write-off/scan[^>]*>(?:(?!</form>).)*value="{over.number}"', page, re.S)

    draft = manager.send("POST", write_off_of(page), data={"key": str(uuid.uuid4()), "code": over.number})
    assert over.number in words(draft)
    begun = manager.press("/inventory/goods-returns/new", code=sausage.number)
    assert sausage.number in words(manager.get(begun.headers["HX-Redirect"]))


def write_off_of(page: str) -> str:
    """Where the button of a write-off leads."""
    return re.search(r'action="(/inventory/write-off/[^"]+)"', page)[1]


def test_the_table_has_a_row_a_lot(manager, ending):
    answer = manager.get("/inventory/expiry", **{"as": "csv"})

    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["lạp sườn", "chè", "mật ong"]
    assert rows[3][2:7] == ["M-1", "HTX Quảng Lạc", "11/12/2026", "20", "9"]
    assert rows[3][9:11] == ["720000", "900000"]


def test_the_paper_can_be_read_and_ticked(manager, ending):
    answer = manager.get("/inventory/expiry/list.pdf")

    (sheet,) = pypdfium2.PdfDocument(answer.data)
    text = " ".join(sheet.get_textpage().get_text_bounded().split())
    for told in ("HÀNG SẮP HẾT HẠN", "lạp sườn", "M-1", "Trả chủ thể: đã quá hạn", "Đã xong"):
        assert told in text, told


def test_the_menu_tells_managers_quietly_how_many_lots_end(shop, manager, ending):
    menu = manager.get("/menu")

    assert "1 lô hết hạn trong 7 ngày" in words(menu)
    assert 'href="/inventory/expiry?within=7"' in menu.text
    assert "hết hạn trong" not in words(Screen(shop).get("/menu"))


def test_a_shop_where_nothing_ends_says_so_and_tells_no_line(shop, manager):
    receive(shop, "rổ tre", 3)

    assert "Không có lô nào hết hạn" in words(manager.get("/inventory/expiry"))
    assert "hết hạn trong" not in words(manager.get("/menu"))
    assert len(manager.get("/inventory/expiry/list.pdf").data) > 1000


def test_a_clerk_does_not_see_what_things_cost(shop):
    assert Screen(shop).get("/inventory/expiry").status_code == 403
