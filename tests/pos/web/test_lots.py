"""Lots on the screen: found by scan, followed through delivery, sale and return, laid aside and let go."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import date, timedelta

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from core.database import db, transaction
from core.staff import Role, hire
from inventory.catalogue.eligibility import LotOnHold
from inventory.catalogue.product_number import add_number
from inventory.lot import Lot, Terms
from inventory.tracing.hold import hold_lot
from pos.replay import verify_shop
from tests.factories import Shop, enter_goods, fill_basket, goods, open_shift, pay, receive, sell
from tests.pos.test_attached_file import photo
from tests.pos.web.conftest import Screen, Statements, words
from tests.returning import refund

GTIN = "8930000000019"
NAUGHTY = "=HYPERLINK(“x”)<b>"


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


@pytest.fixture
def honey(shop: Shop) -> Lot:
    """A lot on commission of which two were sold, and one came back."""
    lot = receive(
        shop, "mật ong", 10, terms=Terms.on_commission(1500), producer_lot="NGB-09", best_before=date(2027, 3, 1)
    )
    with transaction():
        add_number(goods(shop, "mật ong"), GTIN, by=shop.manager)
    open_shift(shop)
    shop.clock.move(timedelta(hours=1))
    sale = sell(shop, "mật ong", 2)
    shop.clock.move(timedelta(hours=1))
    refund(shop, sale, "mật ong")
    return lot


def test_a_trace_tells_where_a_lot_came_from_where_it_is_and_where_it_went(manager, honey):
    page = manager.get(f"/inventory/lots/{honey.number}")

    said = words(page)
    for told in (
        "Của ai HTX Quảng Lạc", "15 %", "NGB-09", "01/03/2027",
        "Quầy kệ 9 hũ",
        "Do HTX Quảng Lạc giao ngày 20/11/2026 Phiếu nhập số 1 · 20/11/2026 08:00 · Lan",
        "Đã bán 2 hũ 1 lần", "Khách trả lại 1 hũ 1 lần",
        "20/11/2026 09:00 Đã bán Biên lai số 1",
        "20/11/2026 10:00 Khách trả lại Phiếu trả hàng số 1",
    ):  # fmt: skip
        assert told in said, told
    for link in ('href="/receipts/1"', 'href="/returns/1"', 'href="/inventory/receipts/1"'):
        assert link in page.text


@pytest.mark.parametrize(
    ("code", "leads_to"),
    [
        ("{lot}", "/inventory/lots/{lot}"),
        ("ngb-09", "/inventory/lots/{lot}"),
        (f"(01)0{GTIN}(10)NGB-09", "/inventory/lots/{lot}"),
        (f"010{GTIN}10{{lot}}", "/inventory/lots/{lot}"),
        (GTIN, "/inventory/lots?product={sku}"),
        ("{sku}", "/inventory/lots?product={sku}"),
    ],
)
def test_a_scan_or_a_typed_number_opens_its_lot_or_the_lots_of_its_goods(manager, honey, code, leads_to):
    names = {"lot": honey.number, "sku": honey.product.sku}

    answer = manager.get("/inventory/lots/scans", code=code.format(**names))

    assert answer.headers["Location"] == leads_to.format(**names)
    assert honey.number in manager.send("GET", answer.headers["Location"]).text


@pytest.mark.parametrize("typed", ["mật ong", "NGB"])
def test_words_are_looked_for(manager, honey, typed):
    assert honey.number in manager.get("/inventory/lots/scans", code=typed).text


@pytest.mark.parametrize("code", ["999999999", "\u0001\u0002", "L-0 khác 1", "8930000000026", "https://x.vn/a1", "%_1"])
def test_what_names_nothing_is_refused_with_a_sentence(manager, honey, code):
    answer = manager.get("/inventory/lots/scans", code=code)

    assert answer.status_code == 422
    assert 'class="message message-warn"' in answer.text
    assert "data-scanner" in answer.text
    assert manager.get("/inventory/lots/999999999").status_code == 422


def test_a_lot_on_hold_is_said_so_in_every_list_and_sold_by_nobody(shop, manager, honey):
    basket = fill_basket(shop, ("mật ong", 1))
    page = f"/inventory/lots/{honey.number}"

    assert manager.press(f"{page}/hold", reason="nắp phồng").headers["HX-Redirect"] == page

    for listed in (page, "/inventory/lots", "/inventory/lots?held=1", f"/inventory/products/{honey.product.sku}"):
        assert "nắp phồng" in words(manager.send("GET", listed)), listed
    clerk = Screen(shop)
    assert "đang tạm giữ" in words(clerk.get("/till"))
    assert clerk.scan(f"(01)0{GTIN}(10){honey.number}").status_code == 422
    with pytest.raises(LotOnHold, match="nắp phồng"):
        pay(shop, basket)
    manager.press(f"{page}/release", reason="đã xem, tốt")
    assert "Đang tạm giữ" not in words(manager.get(page))
    pay(shop, basket)
    assert verify_shop().clean


def test_a_hold_pressed_twice_is_one_and_without_a_reason_none(manager, honey):
    page = f"/inventory/lots/{honey.number}"

    assert manager.press(f"{page}/hold", reason="  ").status_code == 422
    key = "6f1c1b9e-7d9c-4c57-9f0a-3a2a6a9a3f11"
    assert manager.press(f"{page}/hold", key=key, reason="x").status_code == 200
    assert manager.press(f"{page}/hold", key=key, reason="x").status_code == 200
    assert manager.press(f"{page}/hold", reason="y").status_code == 422


def test_a_photo_shows_why_a_lot_is_on_hold(manager, honey):
    page = f"/inventory/lots/{honey.number}"
    fields = {"key": str(uuid.uuid4()), "reason": "nắp phồng", "files": FileStorage(io.BytesIO(photo()), "nắp.jpg")}
    boundary, body = encode_multipart(fields)

    sent = manager.send("POST", f"{page}/hold", data=body, content_type=f"multipart/form-data; boundary={boundary}")

    assert sent.status_code == 303
    assert "nắp.jpg" in words(manager.get(page))
    assert verify_shop().clean


def test_a_clerk_looks_but_sees_no_terms_and_holds_nothing(shop, honey):
    clerk = Screen(shop)
    page = f"/inventory/lots/{honey.number}"

    shown = clerk.get(page)

    assert "Đã bán 2" in words(shown)
    assert "15 %" not in words(shown)
    assert "/hold" not in shown.text
    assert clerk.press(f"{page}/hold", reason="x").status_code == 403


def test_an_auditor_types_into_the_same_field_and_changes_nothing(shop, honey):
    with transaction():
        hire(name="Kiểm", role=Role.AUDITOR, pin="864209", by=shop.owner)
    auditor = Screen(shop, Role.AUDITOR)
    page = f"/inventory/lots/{honey.number}"

    assert 'method="get" action="/inventory/lots/scans"' in auditor.get(page).text
    assert honey.number in auditor.get("/inventory/lots/scans", code="NGB").text
    assert auditor.press(f"{page}/hold", reason="x").status_code == 403


def test_the_trace_to_take_away_has_every_move_and_no_formula(shop, manager):
    lot = receive(shop, NAUGHTY, 3)
    open_shift(shop)
    sell(shop, NAUGHTY)

    answer = manager.get(f"/inventory/lots/{lot.number}", **{"as": "csv"})

    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["Nhập về", "Đã bán"]
    assert rows[2][4:] == ["1", "hũ", "Biên lai số 1", "Bình"]


def test_the_list_asks_as_often_for_fifty_lots_as_for_one(shop, manager):
    def asked() -> int:
        with Statements() as statements:
            manager.get("/inventory/lots")
        return len(statements.asked)

    receive(shop, "hàng 0")
    few = asked()
    for n in range(1, 12):
        enter_goods(shop, f"hàng {n}", of=f"HTX {n}")
        lot = receive(shop, f"hàng {n}", of=f"HTX {n}")
        if n % 3 == 0:
            with transaction():
                hold_lot(db.session.get_one(Lot, lot.id), reason="x", by=shop.manager)

    assert asked() == few
