"""The till's page: what each key sends, and what the clerk sees of it."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.clock import today
from core.database import db, transaction
from core.quantity import Unit
from core.staff import Role, hire
from inventory.catalogue.product_number import add_number
from inventory.catalogue.recall import recall
from pos.basket import Basket, BasketLine
from pos.correction import Correction
from pos.shifts.visitor import Visitor
from tests.factories import Shop, count_of, goods, open_shift, receive, set_new_price
from tests.pos.web.conftest import Screen, Statements, words

HONEY, MARROW = "8930000000019", "8930000000026"


@pytest.fixture
def till(shop: Shop, screen: Screen) -> Screen:
    """An open shift, honey by the jar and chestnuts by weight on the shelf."""
    open_shift(shop)
    receive(shop, "mật ong", 10, price=120_000)
    receive(shop, "hạt dẻ", "20", price=130_000, unit=Unit.KILOGRAM)
    with transaction():
        add_number(goods(shop, "mật ong"), HONEY, by=shop.manager)
        add_number(goods(shop, "hạt dẻ"), MARROW, by=shop.manager)
    return screen


def lines() -> list[tuple[str, int]]:
    return [(line.product.name, line.quantity.thousandths) for line in db.session.scalars(select(BasketLine))]


def test_without_a_shift_the_till_leads_to_opening_one(shop: Shop, screen: Screen) -> None:
    answer = screen.get("/till")

    assert answer.status_code == 303
    assert answer.location.endswith("/shift")


def test_a_scan_puts_a_line_in_and_shows_total_lot_and_stars(till: Screen) -> None:
    answer = till.scan(HONEY)

    said = words(answer)
    assert "120.000 ₫" in said
    assert "Lô 261120001" in said
    assert "★★★★" in said
    assert "1 dòng · 1 món" in said


def test_the_same_scan_sent_twice_counts_once(till: Screen) -> None:
    key = str(uuid.uuid4())

    till.scan(HONEY, key=key)
    till.scan(HONEY, key=key)

    assert lines() == [("mật ong", 1000)]


def test_goods_by_weight_ask_for_the_weight_and_go_in_with_it(till: Screen) -> None:
    asked = till.scan(MARROW)
    assert "Cân chỉ bao nhiêu kg?" in words(asked)
    assert lines() == []

    answer = till.press("/till/lines", sku="00002", lot="", quantity="0,85")

    assert lines() == [("hạt dẻ", 850)]
    assert "110.500 ₫" in words(answer)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("8938500000010", "Chưa có mã"),
        ("893000000002đ", "bộ gõ tiếng Việt"),
        ("8930000000018", "8930000000018"),  # one digit misread
    ],
)
def test_a_refused_scan_says_why_with_a_sound_and_changes_nothing(till: Screen, code: str, sentence: str) -> None:
    till.scan(HONEY)

    answer = till.scan(code)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'data-sound="refused"' in answer.text
    assert answer.headers["HX-Retarget"] == "#messages"
    assert lines() == [("mật ong", 1000)]


def test_a_recalled_lot_stays_out_and_the_till_says_so(shop: Shop, till: Screen) -> None:
    lot = receive(shop, "mật ong", 5, producer_lot="A7")
    with transaction():
        recall(goods(shop, "mật ong"), lot_number=lot.number, reason="cặn lạ", by=shop.manager)

    answer = till.press("/till/lines", sku="00001", lot=lot.number, quantity="1")

    assert answer.status_code == 422
    assert "thu hồi" in words(answer)


def test_a_lot_past_its_day_is_shown_as_the_line_s_trouble_and_cannot_be_paid(shop: Shop, till: Screen) -> None:
    receive(shop, "bánh khảo", 5, best_before=today())
    till.press("/till/lines", sku="00003")
    shop.clock.move(timedelta(days=1))

    assert "is-barred" in till.part("/till").text
    asked_for_money = till.part("/till/payment")
    assert asked_for_money.status_code == 422
    assert "chỉ được bán đến hết ngày" in words(asked_for_money)


def test_quantity_removal_and_lot_by_hand_act_on_the_chosen_line(shop: Shop, till: Screen) -> None:
    till.scan(HONEY)
    other = receive(shop, "mật ong", 5)

    till.press("/till/lines/quantity", line=1, quantity="3")
    assert lines() == [("mật ong", 3000)]
    answer = till.press("/till/lines/lot", line=1, lot=other.number, reason="Khách chọn lô này")
    assert f"Lô {other.number}" in words(answer)
    assert "Lô chọn tay" in words(answer)
    till.press("/till/lines/removal", line=1)
    assert lines() == []

    acts = [correction.kind.value for correction in db.session.scalars(select(Correction))]
    assert acts == ["lot_by_hand", "removal"]


def test_a_lot_by_hand_needs_a_reason(till: Screen) -> None:
    till.scan(HONEY)

    answer = till.press("/till/lines/lot", line=1, lot="261120001")

    assert answer.status_code == 422
    assert "lý do" in words(answer)


def test_another_window_took_the_line_out(till: Screen) -> None:
    till.scan(HONEY)

    assert till.part("/till/lines/quantity", line=9).status_code == 404


def test_parked_baskets_are_tabs_and_come_back(till: Screen) -> None:
    till.scan(HONEY)
    answer = till.press("/till/baskets/parking", label="chị nón đỏ")
    assert "chị nón đỏ" in words(answer)
    assert "120.000 ₫" in words(answer)
    order = db.session.scalars(select(Basket.order_code)).one()

    answer = till.press("/till/baskets/resumption", order=order)

    assert "1 dòng · 1 món" in words(answer)
    assert "chị nón đỏ" in words(answer)


def test_a_basket_given_up_leaves_its_reason(till: Screen) -> None:
    till.scan(HONEY)
    order = db.session.scalars(select(Basket.order_code)).one()
    assert till.press("/till/baskets/giving-up", order=order).status_code == 422

    answer = till.press("/till/baskets/giving-up", order=order, reason="Khách đổi ý")

    assert "Sẵn sàng" in words(answer)
    assert "Khách đổi ý" in words(till.get("/shift"))


def test_a_changed_price_is_shown_and_one_key_takes_the_new_one(shop: Shop, till: Screen) -> None:
    till.scan(HONEY)
    shop.clock.move(timedelta(days=1))
    set_new_price(shop, "mật ong", 125_000)
    said = words(till.part("/till"))
    assert "120.000" in said
    assert "125.000" in said
    till.scan(MARROW)
    till.press("/till/lines", sku=goods(shop, "hạt dẻ").sku, quantity="1")
    refused = till.part("/till/payment")
    assert refused.status_code == 422
    chosen = re.search(r'name="line" value="(\d)" id="line-\d" checked', refused.text)
    assert chosen[1] == "1"  # so that the next key acts on the line in the way
    assert "Lấy giá hôm nay" in words(refused)

    answer = till.press("/till/baskets/prices")

    assert "is-barred" not in answer.text
    assert "125.000 ₫" in words(answer)


def test_one_key_counts_a_visitor(till: Screen) -> None:
    till.press("/till/visitors")
    answer = till.press("/till/visitors")

    assert count_of(Visitor) == 2
    assert "Khách vào F3 2" in words(answer)


def test_search_ranks_the_written_marks_first_and_shows_price_and_paper_trouble(shop: Shop, till: Screen) -> None:
    receive(shop, "mắt ông lão", 1)
    goods(shop, "mật mía", stars=None)

    found = words(till.part("/till/search", code="mật"))
    assert found.index("mật ong") < found.index("mắt ông lão")
    assert "120.000 ₫" in found
    assert words(till.part("/till/search", code="zzz")) == "Không có mặt hàng nào tên “zzz”."


@pytest.mark.parametrize("count", [1, 30])
def test_a_redraw_asks_the_database_as_often_for_one_line_as_for_thirty(shop: Shop, till: Screen, count: int) -> None:
    for number in range(count):
        name = f"hàng {number}"
        receive(shop, name, 5, of=f"HTX {number}")
        till.press("/till/lines", sku=goods(shop, name).sku)
    db.session.remove()

    with Statements() as statements:
        till.part("/till")

    assert len(statements.asked) == REDRAW_STATEMENTS, "\n".join(statements.asked)


REDRAW_STATEMENTS = (
    17  # two ask whether the clock was turned (selling_day.py), one what promotions run, one what came back
)


def test_every_page_of_a_till_opens_without_a_script(till: Screen) -> None:
    till.scan(HONEY)

    for page in ("", "/lines/quantity", "/lines/lot", "/baskets/label", "/baskets/waiting", "/baskets/giving-up",
                 "/payment", "/search"):  # fmt: skip
        address = f"/till{page}"
        answer = till.get(address, line=1, code="mat")
        assert answer.status_code == 200, address
        assert "<!doctype html>" in answer.text, address


def test_an_auditor_reads_receipts_but_has_no_till(shop: Shop, till: Screen) -> None:
    with transaction():
        hire(name="Ánh", role=Role.AUDITOR, pin="135790", by=shop.owner)
    auditor = Screen(shop, Role.AUDITOR)

    assert auditor.get("/receipts").status_code == 200
    assert auditor.get("/till").status_code == 403
    assert auditor.get("/").location.endswith("/receipts")


def test_a_weight_is_priced_to_the_dong(till: Screen) -> None:
    answer = till.press("/till/lines", sku="00002", quantity="0,333")

    assert "43.290 ₫" in words(answer)
