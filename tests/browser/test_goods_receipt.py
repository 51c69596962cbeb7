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


def test_a_delivery_by_scanner_and_keyboard(manager: Counter) -> None:
    begin(manager)
    manager.scan(NOODLES, NOODLES, NOODLES)
    expect(manager.page.locator("[name=quantity]")).to_have_value("3")

    manager.press("F4")
    manager.type("24")
    manager.press("Tab")
    manager.type("35k")
    manager.press("F9")

    expect(manager.page).to_have_url(re.compile(r"inventory/receipts/\d+$"))
    expect(manager.page.locator("main")).to_contain_text("24 túi")
    ((terms, cost, quantity),) = ask(
        manager.folder,
        "SELECT lots.terms, lots.cost, stock_moves.quantity FROM lots JOIN stock_moves ON lot_id = lots.id "
        "ORDER BY lots.id DESC LIMIT 1",
    )
    assert (terms, cost, quantity) == ("bought", 35_000, 24_000)


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
