"""A shelf counted on a phone while a clerk sells from it: two browsers, one shop."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from pos.data_folder import DataFolder
from pos.running import RunningShop
from tests.browser.conftest import NOODLES, PATIENCE_MS, TEA, Counter, ask
from tests.core.web.wedge import Scanner

pytestmark = pytest.mark.browser

ON_HAND = """
SELECT SUM(CASE WHEN target = 'shelf' THEN quantity WHEN source = 'shelf' THEN -quantity ELSE 0 END)
FROM stock_moves JOIN lots ON lots.id = lot_id JOIN product_numbers ON product_numbers.product_id = lots.product_id
WHERE product_numbers.number = ?
"""


def somebody(browser: Browser, at_work: RunningShop, folder: DataFolder, role: str, width: int, height: int) -> Counter:
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    counter = Counter(page, at_work.address, folder, Scanner(page))
    counter.begin(role)
    return counter


def on_hand(folder: DataFolder, gtin: str) -> int:
    ((thousandths,),) = ask(folder, ON_HAND, gtin.zfill(14))
    return int(thousandths) // 1000


def test_a_shelf_is_counted_on_a_phone_while_a_clerk_sells_from_it(
    browser: Browser, at_work: RunningShop, demo_folder: DataFolder, counter: Counter
) -> None:
    seller = counter
    seller.begin()
    seller.begin_shift()
    owner = somebody(browser, at_work, demo_folder, "owner", 390, 844)
    before = on_hand(demo_folder, NOODLES), on_hand(demo_folder, TEA)
    owner.page.goto(f"{owner.address}inventory/stocktakes/new")
    owner.press("F9")
    expect(owner.page).to_have_url(re.compile(r"stocktakes/\d+$"))
    stocktake = owner.page.url
    owner.page.fill("[name=zone]", "Kệ 1")
    owner.press("Enter")
    expect(owner.page.locator("#code")).to_be_visible()

    owner.scan(NOODLES, NOODLES)
    expect(owner.page.locator(".count-number")).to_contain_text("2")
    seller.scan(NOODLES)  # it lies at the till, not yet paid
    owner.page.fill("[name=quantity]", str(before[0] - 1 - 2))  # two are really missing
    owner.press("Enter")
    expect(owner.page.locator(".count-number")).to_contain_text(str(before[0] - 3))
    expect(owner.page.locator(".count-now")).to_contain_text("Một phần đang ở quầy")
    seller.press("F9")
    expect(seller.page.locator("#amount")).to_be_focused()
    seller.press("Enter")
    expect(seller.page.locator(".sold")).to_be_visible()
    owner.press("F9")
    expect(owner.page).to_have_url(stocktake)

    owner.page.goto(f"{stocktake}/comparison")
    expect(owner.page.locator("main")).to_contain_text("-2")
    owner.page.locator("[data-command=confirm]").click()
    expect(owner.message).to_contain_text("do chính bạn đếm")  # whoever counted everything does not accept it
    owner.begin("manager")
    owner.page.goto(f"{stocktake}/comparison")
    owner.press("F9")
    expect(owner.page).to_have_url(re.compile(r"stock-counts/\d+$"))
    assert (on_hand(demo_folder, NOODLES), on_hand(demo_folder, TEA)) == (before[0] - 3, before[1])
