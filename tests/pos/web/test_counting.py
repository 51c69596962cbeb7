"""The pages of counting: blind for who counts, whole for who posts, and right when pressed twice."""

from __future__ import annotations

import re
import uuid
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from core.database import db, transaction
from core.journal.chain import write_record
from core.journal.record import Kind
from core.quantity import Quantity, Unit
from core.staff import Role
from inventory.catalogue.product_number import add_number
from inventory.counting.stock_count_table import StockCount
from inventory.counting.stocktake_table import CountedLine, CountSheet, Stocktake
from inventory.location import CUSTOMER, SHELF
from inventory.lot import Terms
from inventory.stock_level import on_hand
from inventory.stock_move import Move, post_moves
from tests.factories import fill_basket, goods, open_shift, receive
from tests.pos.web.conftest import Screen, words

HONEY = "8930000000019"
HOSTILE = ["=1+1", "Kệ\x00\x1b@1", "Ke\u0302\u0323 1", "<script>alert(1)</script>", "'; DROP TABLE lots; --"]


@pytest.fixture
def manager(shop):
    return Screen(shop, Role.MANAGER)


@pytest.fixture
def clerk(screen):
    return screen


@pytest.fixture
def honey(shop):
    lot = receive(shop, "mật ong", 10)
    with transaction():
        add_number(lot.product, HONEY, by=shop.manager)
    return lot


def begin(manager, **fields):
    answer = manager.press("/inventory/stocktakes", **{"place": "shelf", "scope": "all", **fields})
    assert answer.status_code == 200, words(answer)
    return urlsplit(answer.headers["HX-Redirect"]).path


def take(screen, stocktake, zone="Kệ 1"):
    answer = screen.press(f"{stocktake}/sheets", zone=zone)
    assert answer.status_code == 200, words(answer)
    return urlsplit(answer.headers["HX-Redirect"]).path


def line():
    return db.session.scalars(select(CountedLine).order_by(CountedLine.id.desc())).first()


def test_a_clerk_counts_by_scanner_on_a_phone_and_the_manager_posts(shop, clerk, manager, honey):
    stocktake = begin(manager, note="cuối tháng")
    sheet = take(clerk, stocktake)
    for _ in range(3):
        clerk.press(f"{sheet}/scan", code=HONEY)
    clerk.press(f"{sheet}/lines/{line().id}/more")
    clerk.press(f"{sheet}/lines/{line().id}/less")
    shown = words(clerk.press(f"{sheet}/lines/{line().id}", quantity="8"))
    clerk.press(f"{sheet}/handing-in")

    compared = words(manager.get(f"{stocktake}/comparison"))
    answer = manager.press(f"{stocktake}/comparison/posting")

    assert "8 hũ" in shown
    assert "10" not in re.sub(r"\d{2}/\d{2}/\d{4}|\d{2}:\d{2}", "", shown)  # nothing of the book
    assert "-2" in compared
    assert on_hand(honey) == Quantity.of(8)
    page = words(manager.get(urlsplit(answer.headers["HX-Redirect"]).path))
    assert "Đợt kiểm kê 1" in page
    assert "-2" in page
    assert "cuối tháng" in words(manager.get("/inventory/stocktakes"))


def test_a_scan_sent_twice_counts_once(shop, clerk, manager, honey):
    sheet = take(clerk, begin(manager))
    key = str(uuid.uuid4())
    for _ in range(2):
        clerk.press(f"{sheet}/scan", key=key, code=HONEY)

    assert line().quantity == Quantity.of(1)


def test_posting_pressed_twice_posts_once(shop, clerk, manager, honey):
    stocktake = begin(manager)
    sheet = take(clerk, stocktake)
    clerk.press(f"{sheet}/scan", code=HONEY)
    clerk.press(f"{sheet}/handing-in")
    key = str(uuid.uuid4())

    first = manager.press(f"{stocktake}/comparison/posting", key=key)
    second = manager.press(f"{stocktake}/comparison/posting", key=key)
    again = manager.press(f"{stocktake}/comparison/posting")

    assert first.headers["HX-Redirect"] == second.headers["HX-Redirect"]
    assert again.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(StockCount)) == 1
    assert db.session.scalar(select(func.count()).select_from(Stocktake)) == 0


def test_honey_of_two_owners_asks_whose_it_is_once(shop, clerk, manager, honey):
    receive(shop, "mật ong", 5, terms=Terms.on_commission(1500))
    sheet = take(clerk, begin(manager))

    asked = words(clerk.press(f"{sheet}/scan", code=HONEY))
    assert line() is None
    clerk.press(f"{sheet}/lines", sku=honey.product.sku, whose="0001", thousandths="1000")
    clerk.press(f"{sheet}/scan", code=HONEY)  # the next jar in the row is not asked for again

    assert "Bạn đang đếm hàng của ai?" in asked
    assert (line().whose, line().quantity) == ("0001", Quantity.of(2))
    clerk.press(f"{sheet}/lines/{line().id}/owner", whose="shop")
    assert (line().whose, line().quantity) == ("shop", Quantity.of(0))


def test_what_lies_at_the_till_is_added_and_said_without_a_number(shop, clerk, manager, honey):
    open_shift(shop)
    fill_basket(shop, ("mật ong", 3))
    stocktake = begin(manager)
    sheet = take(clerk, stocktake)

    page = words(clerk.press(f"{sheet}/scan", code=HONEY))

    assert "Một phần đang ở quầy" in page
    assert line().at_till == Quantity.of(3)
    clerk.press(f"{sheet}/lines/{line().id}", quantity="7")
    clerk.press(f"{sheet}/handing-in")
    assert "Đúng sổ: 1" in words(manager.get(f"{stocktake}/comparison"))
    manager.press(f"{stocktake}/comparison/posting")
    assert on_hand(honey) == Quantity.of(10)


def test_goods_sold_while_they_are_counted_are_said_at_once(shop, clerk, manager, honey):
    sheet = take(clerk, begin(manager))
    clerk.press(f"{sheet}/scan", code=HONEY)
    with transaction():
        seq = write_record(Kind.WRITE_OFF, {"lot": honey.number}, by=shop.manager).seq
        post_moves([Move(honey, SHELF, CUSTOMER, Quantity.of(1), 1)], seq)

    page = words(clerk.press(f"{sheet}/scan", code=HONEY))
    refused = clerk.press(f"{sheet}/handing-in")

    assert "Vừa được bán hoặc chuyển đi" in page
    assert refused.status_code == 422


def test_who_counts_does_not_see_the_book(shop, clerk, manager, honey):
    stocktake = begin(manager)
    take(manager, stocktake)

    refused = manager.get(f"{stocktake}/comparison")

    assert refused.status_code == 422
    assert "người đang đếm không được xem sổ" in words(refused)
    assert clerk.get(f"{stocktake}/comparison").status_code == 403
    assert clerk.press(f"{stocktake}/comparison/posting").status_code == 403
    assert clerk.press(f"{stocktake}/dropping").status_code == 403
    assert clerk.press("/inventory/stocktakes", place="shelf", scope="all").status_code == 403


def test_anothers_sheet_is_not_written_on(shop, clerk, manager, honey):
    stocktake = begin(manager)
    sheet = take(clerk, stocktake)
    clerk.press(f"{sheet}/scan", code=HONEY)

    for refused in (
        manager.get(sheet),
        manager.press(f"{sheet}/scan", code=HONEY),
        manager.press(f"{sheet}/lines/{line().id}", quantity="1"),
        manager.press(f"{sheet}/handing-in"),
    ):
        assert refused.status_code == 422
        assert "Hãy mở tờ đếm của bạn" in words(refused)


def test_count_again_there_is_none_and_a_reason(shop, clerk, manager, honey):
    tea = receive(shop, "chè Shan", 4)
    stocktake = begin(manager)
    sheet = take(clerk, stocktake)
    clerk.press(f"{sheet}/scan", code=HONEY)
    clerk.press(f"{sheet}/handing-in")

    manager.press(f"{stocktake}/comparison/recounts", sku=honey.product.sku)
    assert "đếm lại" in words(clerk.get(stocktake))
    clerk.press(f"{sheet}/reopening")
    clerk.press(f"{sheet}/scan", code=HONEY)
    clerk.press(f"{sheet}/lines/{line().id}", quantity="9")
    clerk.press(f"{sheet}/handing-in")
    manager.press(f"{stocktake}/comparison/none", sku=tea.product.sku, whose="shop")
    manager.press(f"{stocktake}/comparison/reasons", sku=honey.product.sku, reason="vỡ khi xếp hàng")
    missing = manager.press(f"{stocktake}/comparison/none", sku=tea.product.sku, whose="shop")
    manager.press(f"{stocktake}/comparison/posting")

    assert missing.status_code == 404
    assert (on_hand(honey), on_hand(tea)) == (Quantity.of(9), Quantity.of(0))
    page = words(manager.get("/inventory/stock-counts/1"))
    assert "vỡ khi xếp hàng" in page


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 2000])
def test_whatever_is_typed_stays_text(shop, clerk, manager, honey, text):
    stocktake = begin(manager)

    answer = clerk.press(f"{stocktake}/sheets", zone=text)
    said = manager.press(f"{stocktake}/comparison/reasons", sku=honey.product.sku, reason=text)
    assert said.status_code in (200, 422)
    for field in ("sku", "whose"):
        fields = {"sku": honey.product.sku, "whose": "shop", field: text}
        assert manager.press(f"{stocktake}/comparison/none", **fields).status_code in (404, 422)
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        sheet = db.session.scalars(select(CountSheet).where(CountSheet.office.is_(False))).one()
        assert "\x00" not in sheet.zone
        assert "<script>alert" not in clerk.get(stocktake).get_data(as_text=True)
        assert clerk.press(f"/inventory/count-sheets/{sheet.id}/scan", code=text).status_code in (200, 422)


@pytest.mark.parametrize("number", ["-1", "1,5", "1.000.000.000", "năm", "", "1e3", "٣"])
def test_a_number_that_is_none_is_refused_and_kept_out(shop, clerk, manager, honey, number):
    sheet = take(clerk, begin(manager))
    clerk.press(f"{sheet}/scan", code=HONEY)

    assert clerk.press(f"{sheet}/lines/{line().id}", quantity=number).status_code == 422
    assert line().quantity == Quantity.of(1)


def test_goods_by_weight_wait_for_their_number(shop, clerk, manager):
    fruit = receive(shop, "na", "3,5", unit=Unit.KILOGRAM)
    sheet = take(clerk, begin(manager))

    page = words(clerk.press(f"{sheet}/lines", sku=fruit.product.sku))
    refused = clerk.press(f"{sheet}/handing-in")
    clerk.press(f"{sheet}/lines/{line().id}", quantity="3,45")

    assert "thiếu" in page
    assert refused.status_code == 422
    assert line().quantity == Quantity(3450)


def test_the_papers_of_counting_are_pdfs_and_the_blind_one_knows_no_number(shop, clerk, manager, honey):
    stocktake = begin(manager)
    sheet = take(clerk, stocktake)
    clerk.press(f"{sheet}/scan", code=HONEY)
    clerk.press(f"{sheet}/handing-in")
    blind = clerk.get(f"/inventory/count-papers/stocktakes/{stocktake.rsplit('/', 1)[1]}.pdf")
    manager.press(f"{stocktake}/comparison/posting")

    for answer in (
        blind,
        manager.get("/inventory/count-papers/book.pdf", place="shelf"),
        manager.get("/inventory/count-papers/book.pdf", place="../etc"),
        manager.get("/inventory/count-papers/stock-counts/1.pdf"),
    ):
        assert answer.status_code == 200
        assert answer.data.startswith(b"%PDF")
    assert manager.get("/inventory/count-papers/stock-counts/9.pdf").status_code == 404
    assert clerk.get("/inventory/count-papers/book.pdf").status_code == 403


def test_the_list_of_the_day_is_a_clerks_task(shop, clerk, manager, honey):
    receive(shop, "chè Shan", 2)
    page = words(clerk.get("/inventory/daily-count"))

    started = clerk.press("/inventory/daily-count")
    again = clerk.press("/inventory/daily-count")
    stocktake = urlsplit(started.headers["HX-Redirect"]).path

    assert "chưa đếm lần nào" in page
    assert urlsplit(again.headers["HX-Redirect"]).path == stocktake
    assert "chè Shan" in words(clerk.get(stocktake))
    assert "đang được đếm" in words(clerk.get("/inventory/daily-count"))


def test_claims_and_accuracy_have_their_pages(shop, clerk, manager, honey):
    receive(shop, "chè Shan", 4, terms=Terms.on_commission(1500))
    stocktake = begin(manager)
    sheet = take(clerk, stocktake)
    clerk.press(f"{sheet}/lines", sku=goods(shop, "chè Shan").sku)
    clerk.press(f"{sheet}/handing-in")
    manager.press(f"{stocktake}/comparison/posting")

    claims = words(manager.get("/inventory/claims"))
    assert "255.000" in claims
    assert "Thiếu khi kiểm kê" in claims
    assert "255.000" in words(manager.get("/inventory/claims", producer="0001 HTX"))
    assert manager.get("/inventory/claims", producer="nobody").status_code in (404, 422)
    assert "11/2026" in words(manager.get("/inventory/count-accuracy"))
