"""Deliveries through their pages: several wait, a part is refused, both confirm, two papers carry one fingerprint."""

from __future__ import annotations

import io
import re
import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.attached_file import files_of
from core.database import db, transaction
from core.money import Money
from core.quantity import Quantity
from inventory.catalogue.price import price_on
from inventory.catalogue.product_number import ProductNumber, add_number
from inventory.consignment.agreed_terms import Clause
from inventory.consignment.agreement import Conditions, make_agreement
from inventory.consignment.lot_agreement import agreed_terms_of
from inventory.lot import Lot, Terms, TermsKind
from inventory.receiving.delivery_draft_table import DeliveryDraft
from inventory.receiving.receipt_table import GoodsReceipt
from inventory.stock_level import on_hand
from tests.factories import Shop, count_of, enter_goods, goods, producer
from tests.pos.web.conftest import Screen, words
from tests.pos.web.receiving import HONEY, PAGE, add_honey, begin, new_screen, post


@pytest.fixture
def screen(shop: Shop) -> Screen:
    return new_screen(shop)


def test_two_producers_can_wait_at_the_counter(screen, shop):
    goods(shop, "Trà", of="HTX Mẫu Sơn")
    first, second = begin(screen, shop), begin(screen, shop, "bought", "")
    add_honey(screen, shop, second, amount="70k")

    waiting = words(screen.get(PAGE))

    assert waiting.count("Làm tiếp phiếu nhập") == 2
    assert "Mật ong" not in words(screen.get(first))
    post(screen, second)
    assert count_of(DeliveryDraft) == 1


def test_the_next_scan_keeps_what_was_typed_for_the_last_goods(screen, shop):
    draft = begin(screen, shop)
    number = in_store_number(shop)
    screen.press(f"{draft}/scan", code=number)
    screen.press(f"{draft}/scan", code=number, line="1", quantity="24", announced="30")

    refused = screen.press(f"{draft}/scan", code=number, line="1", quantity="x")
    gone = screen.press(f"{draft}/scan", code=number, line="9", quantity="3")

    assert (refused.status_code, gone.status_code) == (422, 200)
    (line,) = db.session.scalars(select(DeliveryDraft)).one().lines
    assert (line.quantity.thousandths, line.announced.thousandths) == (26_000, 30_000)


def test_goods_of_another_producer_are_named_as_his(screen, shop):
    goods(shop, "Trà", of="HTX Mẫu Sơn")
    screen.press(f"{PAGE}/draft/supplier", supplier=producer(shop, "HTX Mẫu Sơn").code)
    ours, theirs = begin(screen, shop), f"{PAGE}/drafts/1"
    for draft in (ours, theirs):
        screen.press(f"{draft}/scan", code=in_store_number(shop))

    assert ["hàng của HTX Quảng Lạc" in words(screen.get(draft)) for draft in (ours, theirs)] == [False, True]


def test_a_page_of_a_finished_delivery_adds_nothing_to_the_next_of_its_number(screen, shop):
    stale = begin(screen, shop)
    opened = re.search(r'name="opened" value="([^"]+)"', screen.get(stale).get_data(as_text=True))
    assert opened
    screen.press(f"{stale}/giving-up")
    shop.clock.move(timedelta(seconds=1))
    assert begin(screen, shop) == stale

    refused = screen.press(f"{stale}/scan", code=in_store_number(shop), opened=opened[1])

    assert (refused.status_code, "đã xong ở màn hình khác" in words(refused)) == (422, True)
    assert db.session.scalars(select(DeliveryDraft)).one().lines == []


def in_store_number(shop: Shop) -> str:
    """The number on the shop's own label of honey, made when it is asked for first."""
    numbers = select(ProductNumber.number).where(ProductNumber.product_id == goods(shop, HONEY).id)
    if db.session.scalar(numbers) is None:
        with transaction():
            add_number(goods(shop, HONEY), "8930000000019", by=shop.manager)
    return "8930000000019"


def test_the_terms_come_from_the_agreement_in_force(screen, shop):
    with transaction():
        make_agreement(
            producer(shop),
            Conditions("5/2026", date(2026, 1, 1)),
            [Clause(Terms.on_commission(1200))],
            losses={},
            by=shop.manager,
        )
    screen.press(f"{PAGE}/draft/supplier", supplier=producer(shop).code)
    draft = f"{PAGE}/drafts/1"
    add_honey(screen, shop, draft)

    page = words(screen.get(draft))
    post(screen, draft)

    assert "hợp đồng 1 còn hiệu lực" in page
    assert "cửa hàng hưởng 12 %" in page
    lot = db.session.scalars(select(Lot)).one()
    assert (lot.terms, lot.commission, agreed_terms_of(lot).agreement_number) == (TermsKind.COMMISSION, 1200, 1)


def test_without_an_agreement_the_page_says_so_and_still_takes_the_goods(screen, shop):
    draft = begin(screen, shop)
    add_honey(screen, shop, draft)

    assert "Không có hợp đồng nào với HTX Quảng Lạc còn hiệu lực" in words(screen.get(draft))
    assert "không nằm trong hợp đồng nào" in words(screen.get(f"{draft}/confirmation"))
    assert post(screen, draft).status_code == 200


def test_a_new_price_holds_from_the_receipt_on(screen, shop):
    draft = begin(screen, shop)
    add_honey(screen, shop, draft, price="135.000", target="stockroom")

    post(screen, draft)

    receipt = db.session.get_one(GoodsReceipt, 1)
    assert price_on(goods(shop, HONEY), receipt.day) == receipt.words[0].price == Money(135_000)
    assert on_hand(receipt.lots[0], "stockroom") == Quantity.of(10)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"refused": "2"}, "Vì sao không nhận"),
        ({"refused": "2", "reason": "other"}, "Vì sao không nhận"),
        ({"refused": "0,5", "reason": "broken"}, "không phải là số nguyên"),
        ({"quantity": "-1"}, "không phải là số lượng"),
        ({"best_before": "2020-01-01"}, "chỉ được bán đến hết ngày"),
        ({"price": "120"}, "120"),
        ({"target": "customer"}, "không có trong danh sách"),
    ],
)
def test_what_cannot_be_typed_for_a_line_is_said(screen, shop, typed, said):
    draft = begin(screen, shop)
    add_honey(screen, shop, draft)

    refused = screen.press(f"{draft}/lines/1", **{"quantity": "10", **typed})

    assert refused.status_code == 422
    assert said in words(refused)


def test_goods_that_may_not_be_sold_are_written_down_as_refused(screen, shop):
    lapsed = enter_goods(shop, "Na lỡ hạn", since=date(2020, 5, 1), group="I.1.a")
    draft = begin(screen, shop)

    assert screen.press(f"{draft}/lines", sku=lapsed.sku).status_code == 422
    screen.press(f"{draft}/lines", sku=lapsed.sku, refuse="no_papers")
    post(screen, draft)

    receipt = db.session.get_one(GoodsReceipt, 1)
    assert (receipt.lots, receipt.refusals[0].product_id) == ([], lapsed.id)


def test_papers_are_attached_to_the_delivery(screen, shop):
    draft = begin(screen, shop)
    add_honey(screen, shop, draft)
    paper = io.BytesIO(b"%PDF-1.4\nself-declaration\n%%EOF\n")

    screen.send("POST", f"{draft}/files", data={"key": str(uuid.uuid4()), "files": (paper, "tự công bố.pdf")})
    post(screen, draft)

    assert [file.name for file in files_of(db.session.get_one(GoodsReceipt, 1).record_seq)] == ["tự công bố.pdf"]
    assert "tự công bố.pdf" in words(screen.get(f"{PAGE}/1"))


def test_lines_are_taken_out_and_drafts_given_up(screen, shop):
    draft = begin(screen, shop)
    add_honey(screen, shop, draft)

    emptied = screen.press(f"{draft}/lines/1/removal")
    gone = screen.press(f"{draft}/giving-up")

    assert "Mật ong" not in words(emptied)
    assert gone.headers["HX-Redirect"] == PAGE
    assert (count_of(DeliveryDraft), count_of(GoodsReceipt)) == (0, 0)


def test_changing_the_kind_of_terms_forgets_the_prices_of_the_other_kind(screen, shop):
    draft = begin(screen, shop, "bought", "")
    add_honey(screen, shop, draft, amount="70.000")

    screen.press(f"{draft}/terms", terms="delivery_price", commission="", note="")

    assert db.session.scalars(select(DeliveryDraft)).one().lines[0].amount is None
