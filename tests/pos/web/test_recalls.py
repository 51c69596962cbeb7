"""Recalls on the screen: one form blocks, one page tells what is left and what was sold, two papers are printed."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.staff import Role, hire
from inventory.catalogue.product_number import add_number
from inventory.catalogue.recall import Recall
from pos.replay import verify_shop
from tests.factories import Shop, count_of, fill_basket, goods, open_shift, pay, receive, sell
from tests.pos.web.conftest import Screen, words

GTIN = "8930000000019"


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


@pytest.fixture
def sausage(shop: Shop) -> str:
    """Two lots under one number of the producer and one without any; three sold on one day, one on the next."""
    receive(shop, "lạp sườn", 3, producer_lot="TH-09")
    receive(shop, "lạp sườn", 5, producer_lot="TH-09")
    receive(shop, "lạp sườn", 4)
    with transaction():
        add_number(goods(shop, "lạp sườn"), GTIN, by=shop.manager)
    open_shift(shop)
    sell(shop, "lạp sườn", 3)
    shop.clock.move(timedelta(days=1))
    sell(shop, "lạp sườn", 1)
    return goods(shop, "lạp sườn").sku


def begin(manager: Screen, sku: str, **fields: object) -> str:
    """Recall from the form; the address of the recall's page."""
    asked = {"product": sku, "lot": "TH-09", "reason": "vi sinh vượt ngưỡng", "issuer": "Phòng NN", **fields}
    return manager.press("/inventory/recalls", **asked).headers["HX-Redirect"]


def test_a_scan_opens_the_form_with_the_lot_chosen(manager, sausage):
    answer = manager.press("/inventory/recalls/scans", code=f"(01)0{GTIN}(10)TH-09")

    form = manager.send("GET", answer.headers["HX-Redirect"])
    assert 'value="TH-09" checked' in form.text
    assert "Toàn bộ sản phẩm này" in words(form)
    assert manager.press("/inventory/recalls/scans", code="hàng lạ 1").status_code == 422


def test_one_act_blocks_and_shows_what_is_left_where_and_what_was_sold_when(shop, manager, sausage):
    page = begin(manager, sausage)

    said = words(manager.get(page))
    for told in (
        "Lô TH-09", "vi sinh vượt ngưỡng", "Phòng NN",
        "Còn trong cửa hàng: 4 hũ", "Đã bán: 4 hũ",
        "21/11/2026 08:00 Biên lai số 2", "20/11/2026 08:00 Biên lai số 1",
    ):  # fmt: skip
        assert told in said, told
    one_day = words(manager.get(page, first="2026-11-21", last="2026-11-21"))
    assert "Đã bán: 1 hũ" in one_day
    assert "Biên lai số 1" not in one_day
    assert "Những ngày này không bán" in words(manager.get(page, first="2026-11-22"))
    rest = pay(shop, fill_basket(shop, ("lạp sườn", 1)))
    assert rest.lines[0].lot.producer_lot == ""  # the lot that is not recalled
    assert verify_shop().clean


def test_everything_of_a_product_is_recalled_at_once(shop, manager, sausage):
    page = begin(manager, sausage, lot="")

    assert "Còn trong cửa hàng: 8 hũ" in words(manager.get(page))
    assert manager.press("/till/scans", code=GTIN).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": " "}, "còn trống"),
        ({"since": "2026-12-24"}, "chặn bán ngay"),
        ({"since": "mai"}, "không phải là ngày"),
        ({"lot": "other", "other_lot": ""}, "còn trống"),
        ({"product": "nope"}, ""),
        ({"reason": "x" * 2000}, "2000"),
    ],
)
def test_an_incomplete_recall_is_refused_and_blocks_nothing(manager, sausage, wrong, said):
    asked = {"product": sausage, "lot": "", "reason": "x", **wrong}

    answer = manager.press("/inventory/recalls", **asked)

    assert answer.status_code in (404, 422)
    assert said in words(answer)
    assert count_of(Recall) == 0


def test_a_notice_that_came_late_says_from_which_day_and_in_any_letters(manager, sausage):
    page = begin(manager, sausage, lot="other", other_lot="th-09", since="2026-11-20")

    row = db.session.scalars(select(Recall)).one()
    assert row.since.isoformat() == "2026-11-19T17:00:00+00:00"  # midnight in Viet Nam
    assert "Còn trong cửa hàng: 4 hũ" in words(manager.get(page))


def test_a_recall_of_a_lot_that_never_came_says_that_it_blocks_nothing(manager, sausage):
    begin(manager, sausage)
    assert "chưa có gì bị chặn bán" not in words(manager.get("/inventory/recalls"))

    page = begin(manager, sausage, lot="other", other_lot="L-9")

    assert "chưa nhập lô L-9" in words(manager.get(page))


def test_what_was_found_is_written_down_and_a_difference_shown(manager, sausage):
    page = begin(manager, sausage)
    shown = manager.get(page).text
    field = re.search(r'name="(found-[^"]+)"', shown)[1]

    assert manager.press(f"{page}/acknowledgements").status_code == 422
    assert manager.press(f"{page}/acknowledgements", **{field: "1,5"}).status_code == 422
    assert manager.press(f"{page}/acknowledgements", **{field: "3"}, note="thùng đỏ").status_code == 200

    said = words(manager.get(page))
    assert "4 hũ 3 lệch thùng đỏ" in said
    assert "Còn trong cửa hàng: 4 hũ" in said  # nothing moved by it


def test_a_lifted_recall_lets_the_goods_be_sold_and_stays_in_the_list(shop, manager, sausage):
    page = begin(manager, sausage, lot="")
    assert manager.press(f"{page}/lift", reason="").status_code == 422

    manager.press(f"{page}/lift", reason="nhầm mẫu")

    assert "Đã gỡ 21/11/2026 08:00: nhầm mẫu" in words(manager.get(page))
    assert "Đã gỡ" in words(manager.get("/inventory/recalls"))
    pay(shop, fill_basket(shop, ("lạp sườn", 1)))
    assert manager.press(f"{page}/lift", reason="lại").status_code == 422


@pytest.mark.parametrize(
    ("paper", "says"),
    [
        ("shelf-notice", ("HÀNG THU HỒI", "KHÔNG BÁN", "lạp sườn", "Lô TH-09", "Không được bán, cho")),
        ("customer-notice", ("THÔNG BÁO", "THU HỒI HÀNG", "từ ngày 20/11/2026 đến ngày 21/11/2026", "trả lại tiền")),
    ],
)
def test_the_notices_say_in_vietnamese_what_is_recalled_and_why(manager, sausage, paper, says):
    page = begin(manager, sausage)

    answer = manager.get(f"{page}/{paper}.pdf")

    assert answer.mimetype == "application/pdf"
    (sheet,) = pypdfium2.PdfDocument(answer.data)
    text = " ".join(sheet.get_textpage().get_text_bounded().split())
    for told in (*says, "vi sinh vượt ngưỡng", "Phòng NN"):
        assert told in text, told


def test_the_sales_to_take_away_are_complete(manager, sausage):
    page = begin(manager, sausage)

    rows = list(csv.reader(io.StringIO(manager.get(page, **{"as": "csv"}).data.decode("utf-8-sig"))))

    assert sorted((row[1], row[3], row[4]) for row in rows[1:]) == [
        ("Biên lai số 1", "TH-09", "3"),
        ("Biên lai số 2", "TH-09", "1"),
    ]


def test_an_auditor_reads_it_all_and_a_clerk_none(shop, manager, sausage):
    with transaction():
        hire(name="Ánh", role=Role.AUDITOR, pin="135790", by=shop.owner)
    page = begin(manager, sausage)

    auditor = Screen(shop, Role.AUDITOR)
    assert "Đã bán: 4 hũ" in words(auditor.get(page))
    assert "/lift" not in auditor.get(page).text
    assert auditor.press(f"{page}/lift", reason="x").status_code == 403
    assert Screen(shop).get(page).status_code == 403
    assert manager.get("/inventory/recalls/nobody").status_code == 404
