"""Goods brought to the shelf and written off with a photo, in a real browser, by scanner and keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pos.data_folder import DataFolder
from pos.running import RunningShop
from tests.browser.conftest import NOODLES, PATIENCE_MS, Counter, ask
from tests.core.web.wedge import Scanner
from tests.pos.test_attached_file import photo

pytestmark = pytest.mark.browser


@pytest.fixture
def manager(page: Page, at_work: RunningShop, demo_folder: DataFolder) -> Counter:
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    counter = Counter(page, at_work.address, demo_folder, Scanner(page))
    counter.sign_in("manager")
    return counter


def test_a_jar_fell_down(manager: Counter) -> None:
    page = manager.page
    page.goto(f"{manager.address}inventory/write-off")
    expect(page.locator("#code")).to_be_focused()
    manager.scan(NOODLES, NOODLES)
    expect(page.locator("[name=quantity]")).to_have_value("2")

    manager.press("F9")
    expect(page).to_have_url(re.compile("write-off/reasons$"))
    page.locator("[value=breakage]").check()
    page.locator("[name=reason]").fill("rơi khỏi kệ")
    page.locator("[name=files]").set_input_files({"name": "vo.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    manager.press("F9")

    expect(page).to_have_url(re.compile(r"inventory/moves/write_off/\d+$"))
    expect(page.locator(".attached-files img")).to_be_visible()
    assert page.evaluate("document.querySelector('.attached-files img').naturalWidth > 0")
    ((cause, quantity),) = ask(
        manager.folder,
        "SELECT move_slips.cause, stock_moves.quantity FROM move_slips JOIN stock_moves USING (record_seq) "
        "ORDER BY record_seq DESC LIMIT 1",
    )
    assert (cause, quantity) == ("breakage", 2_000)
