"""Goods from a spreadsheet, through the addresses that a browser uses."""

from __future__ import annotations

import csv
import io
import re
import uuid
from datetime import timedelta

from sqlalchemy import select

from core.clock import now
from core.database import db, transaction
from core.staff import Role
from inventory.catalogue.product import Product
from inventory.importing.goods_import_draft import GoodsImport, forget_old_imports
from tests.factories import Shop, open_shift, person, sell
from tests.inventory.test_goods_import import HEADINGS, HONEY
from tests.pos.web.conftest import Screen, words

PAGE = "/inventory/goods-import"


def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


def upload(screen: Screen, *lines: str, name: str = "hang.csv") -> object:
    content = io.BytesIO("\n".join(lines).encode())
    return screen.send("POST", f"{PAGE}/upload", data={"key": str(uuid.uuid4()), "file": (content, name)})


def seen(screen: Screen) -> str:
    found = re.search(r'name="seen" value="(\w+)"', screen.get(f"{PAGE}/preview").get_data(as_text=True))
    assert found
    return found[1]


def names() -> list[str]:
    return list(db.session.scalars(select(Product.name)))


def test_a_list_is_looked_at_then_entered_then_nothing_new(shop):
    screen = manager(shop)

    upload(screen, HEADINGS, HONEY, HONEY.replace("180k", "x"))
    shown = words(screen.get(f"{PAGE}/preview"))
    assert "Mới: 1" in shown
    assert "Bỏ ra: 1" in shown
    assert "Giá bán: “x” không phải" in shown
    assert names() == []

    screen.press(f"{PAGE}/entering", seen=seen(screen))
    assert names() == ["Mật ong rừng"]
    assert "Đã nhập từ hang.csv" in words(screen.get(f"{PAGE}/preview"))

    upload(screen, HEADINGS, HONEY)
    assert "Danh sách này không có gì mới để nhập" in words(screen.get(f"{PAGE}/preview"))


def test_a_refused_file_says_why_and_keeps_nothing(shop):
    screen = manager(shop)

    answer = upload(screen, "PK\x03\x04 nothing", name="hang.xlsx")

    assert answer.status_code == 422
    assert "không phải bảng tính" in words(answer)
    assert db.session.scalars(select(GoodsImport)).all() == []


def test_columns_may_be_corrected_and_choices_fill_what_rows_leave_out(shop):
    screen = manager(shop)
    upload(screen, "Tên;Giá;Ghi chú", "Lục bình;50k;HTX A")
    assert "Chưa có phân nhóm" in words(screen.get(f"{PAGE}/preview"))

    fields = {"column-0": "name", "column-1": "price", "column-2": "producer"}
    screen.press(f"{PAGE}/columns", group="IV.1", tax_class="standard_reduced", terms="", commission="", **fields)

    assert "Chủ thể mới: HTX A" in words(screen.get(f"{PAGE}/preview"))
    screen.press(f"{PAGE}/entering", seen=seen(screen))
    product = db.session.scalars(select(Product)).one()
    assert (product.producer.name, product.group_code) == ("HTX A", "IV.1")


def test_two_columns_of_one_meaning_are_refused(shop):
    screen = manager(shop)
    upload(screen, "Tên;Giá;Ghi chú", "Lục bình;50k;")

    fields = {"column-0": "name", "column-1": "price", "column-2": "price"}
    answer = screen.press(f"{PAGE}/columns", group="", tax_class="farm", terms="", commission="", **fields)

    assert answer.status_code == 422


def test_a_preview_out_of_date_enters_nothing(shop):
    screen = manager(shop)
    upload(screen, HEADINGS, HONEY)

    answer = screen.press(f"{PAGE}/entering", seen="0123456789abcdef")

    assert answer.status_code == 422
    assert "chưa nhập gì" in words(answer)
    assert names() == []


def test_a_list_entered_in_another_window_says_so(shop):
    screen = manager(shop)
    upload(screen, HEADINGS, HONEY)
    stale = seen(screen)
    screen.press(f"{PAGE}/entering", seen=stale)

    again = screen.press(f"{PAGE}/entering", seen=stale)

    assert again.status_code == 422
    assert "không còn chờ nữa" in words(again)
    assert len(names()) == 1


def test_the_cells_go_when_the_list_is_entered_and_after_a_day(shop):
    screen = manager(shop)
    upload(screen, HEADINGS, HONEY)
    screen.press(f"{PAGE}/entering", seen=seen(screen))
    assert "Mật ong" not in db.session.scalars(select(GoodsImport)).one().sheet

    with transaction():
        draft = db.session.get(GoodsImport, person(Role.MANAGER).id)
        draft.opened_at = now() - timedelta(days=2)
    with transaction():
        assert forget_old_imports() == 1


def test_the_template_is_offered_and_clerks_are_not(shop):
    answer = manager(shop).get(f"{PAGE}/template.xlsx")

    assert answer.get_data().startswith(b"PK")
    assert Screen(shop, Role.CLERK).get(PAGE).status_code == 403


def test_a_list_that_was_wrong_is_taken_back_by_one_press(shop):
    screen = manager(shop)
    upload(screen, HEADINGS, HONEY)
    screen.press(f"{PAGE}/entering", seen=seen(screen))
    screen.press(f"{PAGE}/giving-up")
    assert "Các danh sách đã nhập" in words(screen.get(PAGE))

    screen.press("/inventory/goods-lists/1/taking-back", reason="Nhập nhầm danh sách")

    shown = words(screen.get(PAGE))
    assert "Đã hoàn tác danh sách số 1." in shown
    assert "Nhập nhầm danh sách" in shown
    assert "Hoàn tác danh sách Đóng" not in shown
    assert db.session.scalars(select(Product.retired_on)).one() is not None


def test_goods_that_were_sold_keep_their_list_and_the_page_says_why(shop):
    screen = manager(shop)
    upload(screen, HEADINGS, HONEY)
    screen.press(f"{PAGE}/entering", seen=seen(screen))
    open_shift(shop)
    sell(shop, "Mật ong rừng", 1)

    answer = screen.press("/inventory/goods-lists/1/taking-back", reason="Nhập nhầm")

    assert answer.status_code == 422
    assert "Mật ong rừng" in words(answer)
    assert db.session.scalars(select(Product.retired_on)).one() is None


def test_a_long_list_is_entered_in_parts_between_which_the_tills_sell(shop, monkeypatch):
    monkeypatch.setattr("inventory.web.goods_import.AT_ONCE", 2)
    screen = manager(shop)
    goods = [f"Khay {n};HTX A;;Cái;50k;;IV.1" for n in range(3)]
    upload(screen, "Tên;Chủ thể;Quy cách;ĐVT;Giá;Mã vạch;Nhóm", *goods)
    assert "Còn 1 sản phẩm, bấm lần nữa" in words(screen.get(f"{PAGE}/preview"))

    screen.press(f"{PAGE}/entering", seen=seen(screen))
    assert names() == ["Khay 0", "Khay 1"]
    assert "Nhập 1 sản phẩm" in words(screen.get(f"{PAGE}/preview"))

    screen.press(f"{PAGE}/entering", seen=seen(screen))
    assert names() == ["Khay 0", "Khay 1", "Khay 2"]
    assert "Đã nhập từ hang.csv" in words(screen.get(f"{PAGE}/preview"))


def test_the_report_holds_every_row_and_no_formula(shop):
    screen = manager(shop)
    upload(screen, HEADINGS, HONEY, HONEY.replace("Mật ong rừng", "=1+1"))

    answer = screen.get(f"{PAGE}/report.csv")

    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row[2] for row in rows] == ["Kết quả", "Mới", "Bỏ ra"]
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="danh-sach-hang.csv"')
