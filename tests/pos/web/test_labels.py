"""The pages of labels: scan, choose, look, print; and the label of a lot at the till."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from core.clock import today
from core.database import db, transaction
from core.money import Money
from core.staff import Role
from inventory.catalogue.price import set_price
from inventory.catalogue.product_number import add_number
from inventory.labels.label_draft import LabelWish
from inventory.labels.label_run_table import LabelRun
from inventory.lot_label import label_number
from pos.basket_table import BasketLine
from pos.replay import verify_shop
from tests.factories import Shop, goods, open_shift, receive
from tests.pdf_reader import text_of
from tests.pos.web.conftest import Screen, words

GTIN = "8930000000019"
A4 = {"stock": "a4-24", "kind": "shelf", "symbol": "bars", "start": "1"}


@pytest.fixture
def manager(shop: Shop) -> Screen:
    return Screen(shop, Role.MANAGER)


@pytest.fixture
def honey(shop: Shop) -> object:
    lot = receive(shop, "mật ong", 12)
    with transaction():
        add_number(lot.product, GTIN, by=shop.manager)
    return lot


def wishes() -> list[tuple[str, int]]:
    db.session.rollback()
    return [(wish.kind.value, wish.copies) for wish in db.session.scalars(select(LabelWish).order_by(LabelWish.id))]


def test_a_scanned_product_is_printed_on_a_sheet(manager: Screen, honey: object) -> None:
    manager.press("/inventory/labels/scan", code=GTIN, **A4)
    page = manager.get("/inventory/labels", stock="a4-24", kind="shelf")
    assert "mật ong" in words(page)
    assert wishes() == [("shelf", 1)]

    manager.press("/inventory/labels/runs", **{**A4, "start": "24"})

    run = db.session.scalars(select(LabelRun)).one()
    assert "Khi in hãy để cỡ 100 %, không" in words(manager.get(f"/inventory/labels/runs/{run.number}"))
    answer = manager.get(f"/inventory/labels/runs/{run.number}.pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="tem-nhan-1.pdf"'
    assert "mật ong" in text_of(answer.data)[0]
    assert wishes() == []
    assert verify_shop().differences == ()


def test_a_scan_carries_what_was_chosen(manager: Screen, honey: object) -> None:
    page = manager.get("/inventory/labels", stock="a4-24", kind="shelf", symbol="qr")
    carried = dict(re.findall(r'name="(\w+)" value="([^"]*)" form="label-scan"', page.text))

    manager.press("/inventory/labels/scan", code=GTIN, **carried)

    assert (carried["stock"], carried["symbol"]) == ("a4-24", "qr")
    assert wishes() == [("shelf", 1)]


def test_the_label_of_a_lot_puts_that_lot_on_the_list_with_as_many_as_came(manager: Screen, honey: object) -> None:
    manager.press("/inventory/labels/scan", code=label_number(honey), **A4)  # type: ignore[arg-type]

    assert wishes() == [("lot", 12)]


def test_a_receipt_puts_its_lots_on_the_list(manager: Screen, honey: object) -> None:
    assert "Đưa 1 lô" in words(manager.get("/inventory/labels", receipt="1"))

    manager.press("/inventory/labels/receipts/1", **{**A4, "kind": "lot"})

    assert wishes() == [("lot", 12)]


def test_a_label_is_shown_as_it_will_be_printed(manager: Screen, honey: object) -> None:
    manager.press("/inventory/labels/scan", code=GTIN, **A4)
    wish = db.session.scalars(select(LabelWish)).one()

    answer = manager.get(f"/inventory/labels/wishes/{wish.id}.png", stock="roll-50x30")

    with Image.open(io.BytesIO(answer.data)) as picture:
        assert picture.height in range(230, 710)


def test_number_and_kind_are_changed_and_a_line_is_taken_off(manager: Screen, honey: object) -> None:
    manager.press("/inventory/labels/scan", code=GTIN, **A4)
    wish = db.session.scalars(select(LabelWish)).one()

    manager.press(f"/inventory/labels/wishes/{wish.id}", copies="7", label="product", **A4)
    assert wishes() == [("product", 7)]
    manager.press(f"/inventory/labels/wishes/{wish.id}/removal", **A4)

    assert wishes() == []


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("scan", {"code": "8930000000018"}, "8930000000018 không đúng"),
        ("scan", {"code": "8930000000026"}, "8930000000026"),
        ("runs", {}, "Danh sách còn trống"),
        ("runs", {"stock": "a5-1"}, "a5-1"),
        ("runs", {"start": "25"}, "25"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    manager: Screen, honey: object, path: str, fields: dict[str, str], said: str
) -> None:
    answer = manager.press(f"/inventory/labels/{path}", **{**A4, **fields})

    assert answer.status_code == 422
    assert said in words(answer)


def test_another_persons_list_is_not_touched(shop: Shop, manager: Screen, honey: object) -> None:
    manager.press("/inventory/labels/scan", code=GTIN, **A4)
    wish = db.session.scalars(select(LabelWish)).one()
    owner = Screen(shop, Role.OWNER)

    assert owner.press(f"/inventory/labels/wishes/{wish.id}/removal", **A4).status_code == 404
    assert wishes() == [("shelf", 1)]


def test_a_raised_price_asks_for_a_new_label(shop: Shop, manager: Screen, honey: object) -> None:
    manager.press("/inventory/labels/scan", code=GTIN, **A4)
    manager.press("/inventory/labels/runs", **A4)
    assert "Tem phải thay" not in words(manager.get("/inventory/labels"))
    with transaction():
        set_price(goods(shop, "mật ong"), Money(777_000), from_day=today(), by=shop.manager)

    assert "Tem phải thay: 1" in words(manager.get("/inventory/labels"))
    manager.press("/inventory/labels/replacements", **A4)

    assert wishes() == [("shelf", 1)]


def test_the_till_takes_the_lot_whose_label_is_scanned(shop: Shop) -> None:
    first = receive(shop, "mật ong", 5)
    second = receive(shop, "mật ong", 5)
    open_shift(shop)
    clerk = Screen(shop)

    for lot in (second, first):
        clerk.scan(label_number(lot))

    taken = [line.lot_id for line in db.session.scalars(select(BasketLine).order_by(BasketLine.n))]
    assert taken == [second.id, first.id]
