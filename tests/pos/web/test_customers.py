"""Buyers' data at the till and on the manager's pages; the page of a breach."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from core.database import db
from core.staff import Role
from core.web.once import new_key
from pos.buyers.customer_table import Customer
from pos.replay import verify_shop
from tests.factories import Shop, open_shift, receive
from tests.pos.web.conftest import Screen, words

PHONE = "0912345957"


@pytest.fixture
def till(shop: Shop, screen: Screen) -> Screen:
    """A clerk at the till with honey in the basket."""
    honey = receive(shop, "mật ong", quantity=10)
    open_shift(shop)
    screen.press("/till/lines", sku=honey.product.sku)
    return screen


def take(till: Screen, **fields: str) -> object:
    return till.press("/till/buyer", **{"phone": PHONE, "name": "Nguyễn Thị Hương", "purpose": "care", **fields})


def buyer() -> Customer:
    return db.session.scalars(select(Customer)).one()


def test_the_clerk_reads_the_words_out_and_a_yes_is_kept(till):
    panel = words(till.part("/till/buyer"))
    assert "xin ghi tên và số điện thoại của anh/chị để báo khi có hàng mới" in panel
    assert "Anh/chị có đồng ý không?" in panel

    take(till)

    assert (buyer().phone, buyer().name) == (PHONE, "Nguyễn Thị Hương")
    panel = words(till.part("/till/buyer"))
    assert "0912 xxx 957" in panel
    assert PHONE not in panel


def test_without_a_purpose_or_a_phone_nothing_is_kept(till):
    assert take(till, purpose="").status_code == 422
    assert take(till, phone="12").status_code == 422

    assert db.session.scalars(select(Customer)).all() == []


def test_a_buyer_may_be_taken_off_the_basket_again(till):
    take(till)

    till.press("/till/buyer/removal")

    assert "Đọc cho khách nghe" in words(till.part("/till/buyer"))


@pytest.fixture
def manager(till, shop) -> Screen:
    take(till)
    return Screen(shop, Role.MANAGER)


def test_a_manager_finds_by_whole_number_and_sees_a_mask(manager):
    found = words(manager.send("POST", "/customers/search", data={"key": new_key(), "text": "0912 345 957"}))
    assert "0912 xxx 957" in found
    assert PHONE not in found
    assert "Không tìm thấy ai" in words(
        manager.send("POST", "/customers/search", data={"key": new_key(), "text": "345957"})
    )


def test_looking_at_the_whole_number_is_written_down(manager):
    page = f"/customers/{buyer().who}"
    assert PHONE not in words(manager.get(page))

    assert PHONE in words(manager.send("POST", f"{page}/showing", data={"key": new_key()}))

    assert "Xem đầy đủ" in words(manager.get(page))
    assert PHONE not in words(manager.get(page))


def test_data_is_given_out_as_a_file_and_on_paper(manager):
    page = f"/customers/{buyer().who}"

    file = manager.send("POST", f"{page}/export", data={"key": new_key(), "as": "file"})
    paper = words(manager.send("POST", f"{page}/export", data={"key": new_key(), "as": "page"}))

    assert json.loads(file.get_data())["phone"] == PHONE
    assert "attachment" in file.headers["Content-Disposition"]
    assert PHONE in paper
    assert manager.get(f"{page}/given-out").status_code == 303


def test_correct_ask_and_erase(manager):
    page = f"/customers/{buyer().who}"

    manager.press(f"{page}/correction", phone="0987654321", name="Bình")
    assert buyer().phone == "0987654321"
    manager.press(f"{page}/requests", wish="erase")
    assert "24/11/2026" in words(manager.get("/customers"))
    manager.press(f"{page}/erasure")

    assert db.session.scalars(select(Customer)).all() == []
    assert "Không có yêu cầu nào chờ" in words(manager.get("/customers"))
    assert manager.get(page).status_code == 422
    assert verify_shop().clean


def test_the_last_consent_taken_back_leads_to_the_search(manager):
    answer = manager.press(f"/customers/{buyer().who}/withdrawal", purpose="care")

    assert answer.headers["HX-Redirect"] == "/customers"
    assert db.session.scalars(select(Customer)).all() == []


def test_clerks_do_not_open_buyers_data(till):
    assert till.get("/customers").status_code == 403
    assert till.get("/breaches").status_code == 403


def test_a_breach_shows_both_clocks(shop):
    manager = Screen(shop, Role.MANAGER)

    manager.press("/breaches", day="2026-11-20", time="07:30", what="Mất điện thoại của quầy")
    shown = words(manager.get("/breaches/1"))
    assert "hạn chót 21/11/2026 07:30" in shown
    assert "hạn chót 23/11/2026 07:30" in shown
    assert "còn 23:30" in shown

    manager.press("/breaches/1/steps", step="told_consumer_body", note="Sở Công Thương")
    assert "đã báo lúc 20/11/2026 08:00" in words(manager.get("/breaches/1"))
    assert manager.press("/breaches/1/steps", step="note", note="gọi 0912345957").status_code == 422
    assert manager.press("/breaches", day="2026-11-20", time="25:00", what="x").status_code == 422
