"""Slips through their pages: the producer's word by code or signature, two papers with one fingerprint, copies."""

from __future__ import annotations

import base64
import re
import uuid

import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.pin_tries import PinTries
from core.quantity import Quantity
from inventory.lot import Lot
from inventory.receiving.confirmation import ConfirmedBy, confirmation_of
from inventory.receiving.counter_code import set_counter_code
from inventory.receiving.fingerprint import fingerprint_of
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.receiving.slip_copies import draw_delivery_slip
from inventory.stock_level import on_hand
from printers.spool import PrintJob
from printers.text_writer import as_text
from tests.factories import Shop, count_of, producer
from tests.pos.web.conftest import Screen, words
from tests.pos.web.receiving import CODE, PAGE, WRONG, add_honey, begin, drawn_signature, new_screen, post


@pytest.fixture
def screen(shop: Shop) -> Screen:
    return new_screen(shop)


def test_a_part_is_refused_and_both_papers_say_the_same(screen, shop):
    draft = begin(screen, shop)
    add_honey(screen, shop, draft, announced="14", refused="2", reason="broken", best_before="2027-05-01")

    answer = post(screen, draft, confirmed="absent", slips="1")

    assert answer.headers["HX-Redirect"] == f"{PAGE}/1"
    shown = words(screen.get(f"{PAGE}/1"))
    assert "Hàng không nhận" in shown
    assert "Vỡ, hở, rò rỉ" in shown
    assert "Chủ thể không có mặt" in shown
    kinds = list(db.session.scalars(select(PrintJob.kind).order_by(PrintJob.id)))
    assert kinds == ["delivery_slip", "delivery_slip_kept"]
    first, second = (as_text(draw_delivery_slip(kind, 1, 0, False)) for kind in kinds)
    groups = fingerprint_of(db.session.get_one(GoodsReceipt, 1).record_seq).split(" ")
    for paper in (first, second):
        assert " ".join(groups[:2]) in paper
        assert " ".join(groups[2:]) in paper
        assert "HÀNG KHÔNG NHẬN" in paper
    assert "Liên 1: chủ thể giữ" in first
    assert "Liên 2: cửa hàng giữ" in second
    assert [line for line in first.splitlines() if "Liên" not in line] == [
        line for line in second.splitlines() if "Liên" not in line
    ]


def test_a_second_press_posts_once_and_later_papers_are_copies(screen, shop):
    draft, key = begin(screen, shop), str(uuid.uuid4())
    add_honey(screen, shop, draft)
    seen = re.search(r'name="seen" value="(\w+)"', screen.get(f"{draft}/confirmation").get_data(as_text=True))[1]
    sent = {"key": key, "seen": seen, "confirmed": "absent", "slips": "1"}

    first, second = screen.press(f"{draft}/posting", **sent), screen.press(f"{draft}/posting", **sent)

    assert first.headers["HX-Redirect"] == second.headers["HX-Redirect"]
    assert (count_of(GoodsReceipt), count_of(PrintJob)) == (1, 2)
    screen.press(f"{PAGE}/1/slips")
    assert "BẢN SAO 1" in as_text(draw_delivery_slip("delivery_slip", 1, 1, False))


def test_the_producer_confirms_with_his_code_and_a_wrong_one_counts(screen, shop):
    with transaction():
        set_counter_code(producer(shop), CODE, by=shop.manager)
    draft = begin(screen, shop)
    add_honey(screen, shop, draft)
    word = {"confirmed": "code", "confirmed_by": producer(shop).code}

    wrong = post(screen, draft, **word, counter_pin=WRONG)
    assert wrong.status_code == 422
    assert "không phải mã xác nhận" in words(wrong)
    assert db.session.scalars(select(PinTries.wrong)).one() == 1
    assert count_of(GoodsReceipt) == 0

    assert post(screen, draft, **word, counter_pin=CODE).status_code == 200
    assert confirmation_of(db.session.get_one(GoodsReceipt, 1).record_seq).way is ConfirmedBy.CODE


def test_the_code_of_another_producer_confirms_nothing(screen, shop):
    other = producer(shop, "HTX Mẫu Sơn")
    with transaction():
        set_counter_code(other, CODE, by=shop.manager)
    draft = begin(screen, shop)
    add_honey(screen, shop, draft)

    refused = post(screen, draft, confirmed="code", confirmed_by=other.code, counter_pin=CODE)

    assert refused.status_code == 422
    assert count_of(GoodsReceipt) == 0


def test_a_signature_is_kept_as_a_picture_and_stands_on_the_page_and_on_a4(screen, shop):
    draft = begin(screen, shop)
    add_honey(screen, shop, draft)

    post(screen, draft, confirmed="signature", signature=drawn_signature())

    word = confirmation_of(db.session.get_one(GoodsReceipt, 1).record_seq)
    assert screen.get(f"/files/{word.signature}").mimetype == "image/png"
    assert f"/files/{word.signature}" in screen.get(f"{PAGE}/1").get_data(as_text=True)
    pdf = screen.get(f"{PAGE}/1.pdf")
    assert pdf.data.startswith(b"%PDF-")
    assert len(pdf.data) > 10_000


@pytest.mark.parametrize(
    "signature",
    ["", "x", "data:image/png;base64,", "data:image/png;base64,!!!", "data:image/png;base64,aGVsbG8=",
     "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n broken").decode(),
     "data:image/svg+xml;base64,PHN2Zy8+", "data:image/png;base64," + "A" * 500_000],
)  # fmt: skip
def test_what_is_no_signature_posts_nothing(screen, shop, signature):
    draft = begin(screen, shop)
    add_honey(screen, shop, draft)

    refused = post(screen, draft, confirmed="signature", signature=signature)

    assert refused.status_code == 422
    assert count_of(GoodsReceipt) == 0


def test_a_word_given_to_other_quantities_is_no_word(screen, shop):
    draft = begin(screen, shop)
    add_honey(screen, shop, draft)
    seen = re.search(r'name="seen" value="(\w+)"', screen.get(f"{draft}/confirmation").get_data(as_text=True))[1]
    screen.press(f"{draft}/lines/1", quantity="11")

    refused = screen.press(f"{draft}/posting", seen=seen, confirmed="absent")

    assert refused.status_code == 422
    assert "đã bị sửa ở màn hình khác" in words(refused)


def test_a_fingerprint_leads_to_its_receipt_and_a_wrong_one_to_a_sentence(screen, shop):
    draft = begin(screen, shop)
    add_honey(screen, shop, draft)
    post(screen, draft)
    digits = fingerprint_of(db.session.get_one(GoodsReceipt, 1).record_seq)

    assert screen.get("/inventory/slips", digits=digits).headers["Location"] == f"{PAGE}/1"
    assert "không phải dấu vân tay" in words(screen.get("/inventory/slips", digits="1234"))
    assert screen.get("/inventory/slips", digits="0000 0000 0000 0000").status_code == 404


def test_a_receipt_entered_by_mistake_is_taken_back_and_says_so(screen, shop):
    draft = begin(screen, shop)
    add_honey(screen, shop, draft)
    post(screen, draft)

    screen.press(f"{PAGE}/1/reversal", reason="nhập nhầm")

    assert "Đã hủy vì nhập nhầm" in words(screen.get(f"{PAGE}/1"))
    assert on_hand(db.session.scalars(select(Lot)).one()) == Quantity(0)
    assert "ĐÃ HỦY: NHẬP NHẦM" in as_text(draw_delivery_slip("delivery_slip", 1, 1, False))


def test_a_counter_code_is_set_by_typing_it_twice(screen, shop):
    page = f"/inventory/producers/{producer(shop).code}/counter-code"

    differ = screen.press(page, new_pin=CODE, again_pin=WRONG)
    easy = screen.press(page, new_pin="123456", again_pin="123456")
    done = screen.press(page, new_pin=CODE, again_pin=CODE)

    assert (differ.status_code, easy.status_code, done.status_code) == (422, 422, 200)
    assert "Có hiệu lực từ" in words(screen.get(page))
