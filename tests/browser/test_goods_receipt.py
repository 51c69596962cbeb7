"""A delivery in a real browser: chosen, scanned, weighed, typed and posted by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pos.data_folder import DataFolder
from pos.running import RunningShop
from tests.browser.conftest import NOODLES, PATIENCE_MS, Counter, ask
from tests.core.web.wedge import Scanner

pytestmark = pytest.mark.browser

SUPPLIER = "Công ty CP Đầu tư và Phát triển Ba Sơn"


@pytest.fixture
def manager(page: Page, at_work: RunningShop, demo_folder: DataFolder) -> Counter:
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    counter = Counter(page, at_work.address, demo_folder, Scanner(page))
    counter.sign_in("manager")
    return counter


def begin(manager: Counter) -> None:
    """A new receipt from the menu, for the maker of the noodles."""
    manager.press("Alt+N")
    expect(manager.page).to_have_url(re.compile("inventory/receipts$"))
    manager.press("F8")
    expect(manager.page.locator("[name=supplier]")).to_be_focused()
    ((code,),) = ask(manager.folder, "SELECT code FROM producers WHERE name = ?", SUPPLIER)
    manager.type(code)
    manager.press("Enter")
    expect(manager.page.locator("#code")).to_be_focused()


def sign(manager: Counter) -> None:
    """The producer draws a signature with a pen."""
    canvas = manager.page.locator("[data-signature] canvas")
    canvas.evaluate("box => box.scrollIntoView({ block: 'center' })")
    box = canvas.bounding_box()
    assert box is not None
    left, middle = box["x"], box["y"] + box["height"] / 2
    manager.page.mouse.move(left + 20, middle)
    manager.page.mouse.down()
    for at in range(1, 12):
        manager.page.mouse.move(left + 20 + at * 15, middle + (15 if at % 2 else -15))
    manager.page.mouse.up()
    expect(manager.page.locator("[name=confirmed][value=signature]")).to_be_checked()


def test_a_delivery_is_accepted_in_part_and_signed_and_some_of_it_goes_back(manager: Counter) -> None:
    begin(manager)
    manager.scan(NOODLES, NOODLES, NOODLES)
    expect(manager.page.locator("[name=quantity]")).to_have_value("3")
    manager.press("F4")
    manager.type("24")
    manager.press("Tab")
    manager.type("30")
    manager.page.locator("[name=amount]").fill("35k")
    manager.page.locator("[name=refused]").fill("6")
    manager.page.locator("[name=reason]").select_option("broken")
    manager.press("F9")
    expect(manager.page).to_have_url(re.compile("/confirmation$"))
    sign(manager)
    manager.press("F9")

    expect(manager.page).to_have_url(re.compile(r"inventory/receipts/\d+$"))
    expect(manager.page.locator("main")).to_contain_text("24 túi")
    expect(manager.page.locator("main")).to_contain_text("Vỡ, hở, rò rỉ")
    expect(manager.page.locator(".signature-picture")).to_be_visible()
    ((lot, terms, cost, quantity),) = ask(
        manager.folder,
        "SELECT lots.number, lots.terms, lots.cost, stock_moves.quantity FROM lots JOIN stock_moves "
        "ON lot_id = lots.id ORDER BY lots.id DESC LIMIT 1",
    )
    assert (terms, cost, quantity) == ("bought", 35_000, 24_000)

    manager.page.goto(f"{manager.address}inventory/goods-returns/new")
    manager.scan(lot)
    expect(manager.page.locator("[name=quantity]")).to_be_focused()
    manager.page.locator("[name=quantity]").fill("5")
    manager.press("F9")
    expect(manager.page).to_have_url(re.compile("/confirmation$"))
    manager.page.locator("[name=confirmed][value=absent]").check()
    manager.press("F9")

    expect(manager.page).to_have_url(re.compile(r"goods-returns/\d+$"))
    expect(manager.page.locator("main")).to_contain_text("5 túi")
    ((kind, source, target, gone),) = ask(
        manager.folder,
        "SELECT typ, source, target, quantity FROM stock_moves JOIN journal_records ON seq = record_seq "
        "ORDER BY id DESC LIMIT 1",
    )
    assert (kind, source, target, gone) == ("GOODS_OUT", "shelf", "producer", 5_000)


def test_a_number_is_typed_over_and_the_next_scan_keeps_it(manager: Counter) -> None:
    begin(manager)
    manager.scan(NOODLES)
    expect(manager.page.locator("[name=quantity]")).to_be_focused()
    manager.type("24")
    expect(manager.page.locator("[name=quantity]")).to_have_value("24")
    manager.page.wait_for_timeout(350)  # a hand reaches for the scanner

    manager.scan(NOODLES)

    expect(manager.page.locator("[name=quantity]")).to_have_value("25")


def test_words_find_goods_and_a_number_puts_them_in(manager: Counter) -> None:
    begin(manager)
    manager.press("F2")
    manager.type("trang phai")
    manager.press("Enter")
    expect(manager.page.locator(".draft-hits button").first).to_contain_text("Miến dong Tràng Phái")

    manager.press("Alt+2")

    expect(manager.page.locator(".draft .chosen")).to_contain_text("Miến dong Tràng Phái")
    expect(manager.page.locator("[name=quantity]")).to_be_focused()
    manager.picture("goods_receipt")


def test_a_scan_that_is_refused_changes_nothing_and_the_next_one_works(manager: Counter) -> None:
    begin(manager)
    manager.scan("8930000000453")  # its certificate has ended
    expect(manager.message).to_contain_text("giấy chứng nhận OCOP đã hết hạn")
    manager.press("Escape")

    manager.scan(NOODLES)

    expect(manager.page.locator(".draft tbody tr")).to_have_count(1)
