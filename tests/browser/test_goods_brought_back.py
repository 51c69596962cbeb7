"""Goods come back: the receipt's QR opens its return, a part goes back, and two windows never give back too much."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from pos.receipt import short_hash
from tests.browser.conftest import NOODLES, TEA, Counter, ask

pytestmark = pytest.mark.browser


def qr_of(till: Counter, number: int) -> str:
    """What the QR at the foot of a receipt says."""
    (seq, total, record_hash), *_ = ask(
        till.folder,
        "SELECT r.seq, s.total, r.hash FROM sales s JOIN journal_records r ON r.seq = s.record_seq WHERE s.number = ?",
        number,
    )
    (tid,), *_ = ask(till.folder, "SELECT json_extract(record, '$.tid') FROM journal_records LIMIT 1")
    return f"{tid}|0|{seq}|{total}|{short_hash(record_hash)}"


def sell(till: Counter, *codes: str) -> None:
    till.scan(*codes)
    till.press("F9")
    expect(till.page.locator("#amount")).to_be_focused()
    till.press("Enter")
    expect(till.page.locator(".sold")).to_be_visible()


def look(page: Page, name: str) -> None:
    """Keep a picture of the screen where somebody wants to look at it."""
    if folder := os.environ.get("LOOK"):
        page.wait_for_timeout(250)
        page.screenshot(path=f"{folder}/{name}.png")


def refunds(till: Counter) -> list[tuple[int, int]]:
    return ask(till.folder, "SELECT number, total FROM refunds ORDER BY number")


def test_one_of_two_packs_comes_back_by_the_receipts_qr_and_the_money_with_it(till: Counter) -> None:
    sell(till, NOODLES, NOODLES, TEA)

    till.scan(qr_of(till, 1))
    expect(till.panel).to_contain_text("Biên lai số 1")
    look(till.page, "receipt")
    till.type("1")
    till.press("Enter")
    expect(till.page.locator(".basket-line.is-return")).to_have_count(1)
    look(till.page, "laid")
    till.press("F9")
    expect(till.panel).to_contain_text("Trả lại khách")
    look(till.page, "money")
    till.press("Enter")

    expect(till.page.locator(".sold.is-refund")).to_contain_text("Phiếu trả hàng số 1")
    look(till.page, "done")
    (price,), *_ = ask(till.folder, "SELECT price FROM sale_lines WHERE sale_number = 1 AND n = 1")
    assert refunds(till) == [(1, price)]


def test_a_receipt_that_was_changed_is_refused_in_words(till: Counter) -> None:
    sell(till, TEA)
    tid, epoch, seq, total, check = qr_of(till, 1).split("|")

    for forged, words in (
        ("|".join(("T9", epoch, seq, total, check)), "cửa hàng khác"),
        ("|".join((tid, epoch, seq, "999000", check)), "đã bị sửa"),
        ("|".join((tid, epoch, seq, total, "A" * 16)), "Mã kiểm tra"),
    ):
        till.scan(forged)
        expect(till.message).to_contain_text(words)
        till.press("Escape")

    assert refunds(till) == []


def test_goods_are_exchanged_in_one_go(till: Counter) -> None:
    sell(till, NOODLES)
    till.scan(qr_of(till, 1))
    till.press("F4")
    expect(till.page.locator(".basket-line.is-return")).to_have_count(1)
    till.scan(TEA)
    look(till.page, "exchange")

    till.press("F9")
    expect(till.panel).to_be_visible()
    look(till.page, "exchange_money")
    till.press("Enter")

    expect(till.page.locator(".sold")).to_be_visible()
    assert len(refunds(till)) == 1
    assert ask(till.folder, "SELECT count(*) FROM sales")[0][0] == 2
    look(till.page, "exchanged")


def test_two_windows_cannot_give_back_more_than_was_paid(till: Counter, context: BrowserContext) -> None:
    sell(till, TEA)
    till.scan(qr_of(till, 1))
    till.press("F4")
    expect(till.page.locator(".basket-line.is-return")).to_have_count(1)
    other = context.new_page()
    other.goto(f"{till.address}till")
    for page in (till.page, other):
        page.bring_to_front()
        page.keyboard.press("F9")
        expect(page.locator("[name=cash]")).to_be_focused()

    till.press("Enter")
    expect(till.page.locator(".sold.is-refund")).to_be_visible()
    other.bring_to_front()
    other.keyboard.press("Enter")

    expect(other.locator("#messages .message")).to_contain_text("đã xong")
    assert len(refunds(till)) == 1


def test_goods_scanned_where_it_asks_for_them_come_back_and_are_not_sold(till: Counter) -> None:
    till.press("Alt+t")
    expect(till.panel).to_contain_text("Hàng thuộc biên lai nào?")
    till.press("F7")
    expect(till.panel).to_contain_text("Khách trả lại hàng gì?")

    till.scan(TEA)

    expect(till.panel).to_contain_text("Hàng thuộc lô nào?")
    assert ask(till.folder, "SELECT count(*) FROM basket_lines") == [(0,)]
