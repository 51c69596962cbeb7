"""The pages of moved goods: scanned, posted once, looked at, moved back; and what a clerk may do of it."""

from __future__ import annotations

import io
import uuid

import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.quantity import Quantity
from core.staff import Role
from inventory.catalogue.product import Product
from inventory.location import SHELF, STOCKROOM
from inventory.lot import Terms
from inventory.moving.move_draft import MoveDraftLine
from inventory.moving.move_slip import MoveSlip, Portion
from inventory.moving.shelf_move import move_to_stockroom
from inventory.stock_level import on_hand
from pos.replay import verify_shop
from tests.factories import Shop, receive
from tests.pos.test_attached_file import photo
from tests.pos.web.conftest import Screen


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


def stored(shop: Shop, quantity: int = 10) -> object:
    lot = receive(shop, "mật ong", quantity, terms=Terms.on_commission(2000))
    with transaction():
        move_to_stockroom([Portion(lot, Quantity.of(quantity))], by=shop.manager)
    return lot


def text(answer: object) -> str:
    return answer.get_data(as_text=True)


def slips() -> list[tuple[str, int]]:
    return [(one.kind.value, one.number) for one in db.session.scalars(select(MoveSlip).order_by(MoveSlip.record_seq))]


def test_a_clerk_refills_the_shelf_by_scanning_lots(shop: Shop) -> None:
    lot, clerk = stored(shop), Screen(shop, Role.CLERK)
    assert "mật ong" in text(clerk.get("/inventory/refill"))

    for _ in range(3):
        clerk.press("/inventory/refill/scans", code=lot.number)
    done = clerk.press("/inventory/refill/next", line="1", quantity="4")

    assert done.headers["HX-Redirect"].endswith("/inventory/moves/shelf_move/2")
    assert on_hand(lot, SHELF) == Quantity.of(4)
    assert "Phiếu chuyển kho – quầy 2" in text(clerk.get("/inventory/moves/shelf_move/2"))
    assert clerk.get("/inventory/refill").status_code == 200


def test_the_next_scan_keeps_what_was_typed_for_the_last_goods(shop: Shop, manager: Screen) -> None:
    honey, tea = (receive(shop, name, 10) for name in ("mật ong", "chè Shan"))
    manager.press("/inventory/write-off/scans", code=honey.number)

    shown = manager.press("/inventory/write-off/scans", code=tea.number, line="1", quantity="4")
    refused = manager.press("/inventory/write-off/scans", code=tea.number, line="2", quantity="x")
    gone = manager.press("/inventory/write-off/scans", code=tea.number, line="9", quantity="3")

    assert 'name="line" value="2"' in text(shown), "the goods just scanned are open"
    assert (refused.status_code, gone.status_code) == (422, 200)
    lines = db.session.scalars(select(MoveDraftLine).order_by(MoveDraftLine.n))
    assert [line.quantity for line in lines] == [Quantity.of(4), Quantity.of(2)]


@pytest.mark.parametrize("address", ["stockroom-slip", "write-off", "own-use", "moves"])
def test_a_clerk_does_nothing_else_with_stock(shop: Shop, address: str) -> None:
    assert Screen(shop, Role.CLERK).get(f"/inventory/{address}").status_code == 403


def test_what_the_shelf_lacks_is_one_press(shop: Shop) -> None:
    lot, clerk = stored(shop), Screen(shop, Role.CLERK)
    sku = db.session.get(Product, lot.product_id).sku

    shown = clerk.press("/inventory/refill/goods", sku=sku, quantity="2")

    assert "Theo sổ ở đó còn 10" in text(shown)


def test_goods_leave_the_books_with_a_cause_words_and_a_photo(shop: Shop, manager: Screen) -> None:
    lot = stored(shop)
    manager.press("/inventory/write-off/place", place=STOCKROOM)
    manager.press("/inventory/write-off/scans", code=lot.number)
    asked = manager.press("/inventory/write-off/next", line="1", quantity="2")
    assert asked.headers["HX-Redirect"].endswith("/inventory/write-off/reasons")
    key = str(uuid.uuid4())

    def post() -> object:
        fields = {"key": key, "cause": "breakage", "reason": "rơi vỡ", "files": (io.BytesIO(photo()), "vỡ.jpg")}
        return manager.send(
            "POST", "/inventory/write-off/posting", data=fields, content_type="multipart/form-data"
        )  # fmt: skip

    first, again = post(), post()

    assert first.location == again.location == "/inventory/moves/write_off/1"
    page = text(manager.get(first.location))
    assert "cửa hàng phải trả 160.000" in page
    assert "vỡ.jpg" in page
    assert manager.get("/inventory/moves/write_off/1.pdf").data.startswith(b"%PDF")
    assert verify_shop().clean


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"cause": "breakage", "reason": ""}, "còn trống"),
        ({"cause": "tasting", "reason": "x"}, "không có trong danh sách"),
        ({"reason": "x"}, "còn trống"),
        ({"cause": "expiry", "reason": "x"}, "chưa hết hạn"),
        ({"cause": "recall", "reason": "x"}, "chưa bị thu hồi"),
        ({"cause": "other", "reason": "x" * 301}, "300"),
    ],
)
def test_what_is_not_told_rightly_is_refused(shop: Shop, manager: Screen, fields: dict[str, str], said: str) -> None:
    lot = receive(shop, "mật ong", 5)
    manager.press("/inventory/write-off/scans", code=lot.number)

    answer = manager.press("/inventory/write-off/posting", **fields)

    assert answer.status_code == 422
    assert said in text(answer)
    assert slips() == []


def test_a_slip_is_moved_back_once(shop: Shop, manager: Screen) -> None:
    lot = receive(shop, "mật ong", 5)
    manager.press("/inventory/own-use/scans", code=lot.number)
    manager.press("/inventory/own-use/posting", cause="tasting", reason="mời khách")

    done = manager.press("/inventory/moves/own_use/1/moving-back", **{"quantity-1": "1", "reason": "chưa mở"})
    again = manager.press("/inventory/moves/own_use/1/moving-back", **{"quantity-1": "1", "reason": "lần nữa"})

    assert done.headers["HX-Redirect"].endswith("/inventory/moves/move_back/1")
    assert (again.status_code, on_hand(lot)) == (422, Quantity.of(5))
    assert "đã chuyển ngược" in text(manager.get("/inventory/moves/own_use/1"))
    assert "Phiếu chuyển ngược 1" in text(manager.get("/inventory/moves", kind="move_back"))


@pytest.mark.parametrize("address", ["nothing/1", "write_off/9", "move_back/1.pdf"])
def test_a_slip_that_is_not_there(manager: Screen, address: str) -> None:
    assert manager.get(f"/inventory/moves/{address}").status_code == 404


def test_an_empty_slip_asks_for_no_reasons(manager: Screen) -> None:
    assert manager.get("/inventory/write-off/reasons").location == "/inventory/write-off"
