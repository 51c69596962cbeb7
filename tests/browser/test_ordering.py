"""Goods asked for from two producers in a real browser: suggestion, a scan, a changed quantity, paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pos.data_folder import DataFolder
from pos.running import RunningShop
from tests.browser.conftest import NOODLES, PATIENCE_MS, Counter, ask
from tests.core.web.wedge import Scanner

pytestmark = pytest.mark.browser

MAKER_OF_NOODLES = "Công ty CP Đầu tư và Phát triển Ba Sơn"


@pytest.fixture
def manager(page: Page, at_work: RunningShop, demo_folder: DataFolder) -> Counter:
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    counter = Counter(page, at_work.address, demo_folder, Scanner(page))
    counter.begin("manager")
    return counter


def test_goods_are_ordered_from_two_producers(manager: Counter) -> None:
    page = manager.page
    page.goto(f"{manager.address}inventory/reorder")
    page.locator("table a").first.click()
    expect(page.locator(".reason").first).to_contain_text("bán")
    manager.picture("ordering")
    manager.press("F9")
    expect(page).to_have_url(re.compile(r"inventory/requests/\d+$"))
    manager.press("F9")
    expect(page.locator("#messages")).to_contain_text("Đang in")

    ((code,),) = ask(manager.folder, "SELECT code FROM producers WHERE name = ?", MAKER_OF_NOODLES)
    page.goto(f"{manager.address}inventory/reorder/{code}")
    typed = page.locator(".ask-lines tr", has_text="Miến dong").locator("input").first
    typed.fill("4")
    manager.scan(NOODLES)
    expect(typed).to_have_value("5")
    manager.press("F9")
    expect(page).to_have_url(re.compile(r"inventory/requests/\d+$"))

    asked = ask(manager.folder, "SELECT COUNT(DISTINCT producer_id) FROM delivery_requests WHERE number > 1")
    assert asked == [(2,)]
