"""Goods that go back to their producer, through the pages: scanned, gathered, confirmed, posted once."""

from __future__ import annotations

import re
import uuid

import pytest
from sqlalchemy import select

from core.database import db
from core.quantity import Quantity
from core.staff import Role
from inventory.lot import Lot, Terms
from inventory.receiving.fingerprint import fingerprint_of
from inventory.receiving.goods_return_draft import ReturnDraft
from inventory.receiving.goods_return_table import GoodsReturn
from inventory.receiving.slip_copies import draw_return_slip
from inventory.stock_level import on_hand
from printers.spool import PrintJob
from printers.text_writer import as_text
from tests.factories import Shop, count_of, producer, receive
from tests.pos.web.conftest import Screen, words

HONEY = "Mật ong rừng"
PAGE = "/inventory/goods-returns"
CONSIGNED = Terms.on_commission(1500)


@pytest.fixture
def lot(shop: Shop) -> Lot:
    return receive(shop, HONEY, 10, terms=CONSIGNED, producer_lot="A1")


@pytest.fixture
def screen(shop: Shop, lot: Lot) -> Screen:
    return Screen(shop, Role.MANAGER)


def begin(screen: Screen, lot: Lot) -> str:
    """A slip begun by scanning a lot; gives its address."""
    answer = screen.press(f"{PAGE}/new", code=lot.number)
    return answer.headers["HX-Redirect"]


def post(screen: Screen, draft: str, **more: str) -> object:
    seen = re.search(r'name="seen" value="(\w+)"', screen.get(f"{draft}/confirmation").get_data(as_text=True))
    assert seen
    return screen.press(f"{draft}/posting", seen=seen[1], **{"confirmed": "absent", **more})


def left(lot: Lot) -> Quantity:
    return on_hand(db.session.scalars(select(Lot).where(Lot.number == lot.number)).one())


def test_a_lot_is_scanned_typed_confirmed_and_goes_back_once(screen, lot):
    draft, key = begin(screen, lot), str(uuid.uuid4())
    screen.press(f"{draft}/lines/1", quantity="4", source="shelf", reason="faulty")
    screen.press(f"{draft}/review")

    seen = re.search(r'name="seen" value="(\w+)"', screen.get(f"{draft}/confirmation").get_data(as_text=True))[1]
    sent = {"key": key, "seen": seen, "confirmed": "absent", "slips": "1"}
    first, second = screen.press(f"{draft}/posting", **sent), screen.press(f"{draft}/posting", **sent)

    assert first.headers["HX-Redirect"] == second.headers["HX-Redirect"] == f"{PAGE}/1"
    assert left(lot) == Quantity.of(6)
    assert (count_of(GoodsReturn), count_of(ReturnDraft), count_of(PrintJob)) == (1, 0, 2)
    shown = words(screen.get(f"{PAGE}/1"))
    assert "Hàng lỗi" in shown
    assert "Chủ thể không có mặt" in shown


def test_both_papers_of_a_return_carry_one_fingerprint_that_leads_back(screen, lot):
    post(screen, begin(screen, lot), slips="1")

    digits = fingerprint_of(db.session.get_one(GoodsReturn, 1).record_seq)
    for kind in db.session.scalars(select(PrintJob.kind)):
        assert digits[:9] in as_text(draw_return_slip(kind, 1, 0, False))
    assert screen.get("/inventory/slips", digits=digits).headers["Location"] == f"{PAGE}/1"
    assert screen.get(f"{PAGE}/1.pdf").data.startswith(b"%PDF-")


def test_everything_of_a_producer_goes_back_by_one_press(screen, shop, lot):
    other = receive(shop, "Trà", 7, terms=CONSIGNED)
    draft = screen.press(f"{PAGE}/new", producer=producer(shop).code).headers["HX-Redirect"]

    screen.press(f"{draft}/everything")
    post(screen, draft)

    assert (left(lot), left(other)) == (Quantity(0), Quantity(0))


def test_all_of_one_lot_goes_back_by_one_press(screen, shop, lot):
    other = receive(shop, "Trà", 7, terms=CONSIGNED)
    draft = begin(screen, other)

    screen.press(f"{draft}/lots/{lot.number}")
    post(screen, draft)

    assert (left(lot), left(other)) == (Quantity(0), Quantity.of(6))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"quantity": "11"}, "chỉ còn 10"),
        ({"quantity": "1", "source": "stockroom"}, "chỉ còn 0"),
        ({"quantity": "0,5"}, "không phải là số nguyên"),
        ({"source": "customer"}, "không có trong danh sách"),
        ({"reason": "=cmd()"}, "không có trong danh sách"),
        ({"quantity": "9" * 2000}, "ký tự"),
    ],
)
def test_what_cannot_go_back_is_said(screen, lot, typed, said):
    draft = begin(screen, lot)

    refused = screen.press(f"{draft}/lines/1", **{"quantity": "1", "source": "shelf", "reason": "unsold", **typed})

    assert refused.status_code == 422
    assert said in words(refused)


def test_a_quantity_of_nothing_cannot_be_confirmed(screen, lot):
    draft = begin(screen, lot)

    refused = screen.press(f"{draft}/review", line="1", quantity="0", source="shelf", reason="unsold")

    assert refused.status_code == 422
    assert "Trả lại bao nhiêu" in words(refused)


def test_another_producers_lot_does_not_go_on_the_slip(screen, shop, lot):
    theirs = receive(shop, "Trà Mẫu Sơn", 5, of="HTX Mẫu Sơn", terms=CONSIGNED)
    draft = begin(screen, lot)

    refused = screen.press(f"{draft}/scan", code=theirs.number)

    assert refused.status_code == 422
    assert "HTX Mẫu Sơn giao" in words(refused)


def test_a_slip_is_dropped_without_a_trace(screen, lot):
    draft = begin(screen, lot)

    screen.press(f"{draft}/giving-up")

    assert (count_of(ReturnDraft), left(lot)) == (0, Quantity.of(10))
    assert screen.get(draft).status_code == 404
