"""An agreement in a real browser: entered by keyboard and said in plain words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pos.data_folder import DataFolder
from pos.running import RunningShop
from tests.browser.conftest import PATIENCE_MS, Counter, ask
from tests.core.web.wedge import Scanner

pytestmark = pytest.mark.browser


@pytest.fixture
def manager(page: Page, at_work: RunningShop, demo_folder: DataFolder) -> Counter:
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    counter = Counter(page, at_work.address, demo_folder, Scanner(page))
    counter.sign_in("manager")
    return counter


def test_an_agreement_is_entered_by_keyboard(manager: Counter) -> None:
    page = manager.page
    ((code,),) = ask(manager.folder, "SELECT code FROM producers WHERE name = ?", "HTX Quảng Lạc")
    page.goto(f"{manager.address}inventory/agreements")

    manager.press("F9")
    expect(page.locator("[name=producer]")).to_be_focused()
    manager.type(code)
    manager.press("F9")
    expect(page.locator("[name=paper]")).to_be_focused()
    manager.type("77/2026/HĐKG")
    page.locator("[name=commission_1]").focus()
    manager.type("12,5")
    manager.press("F9")

    expect(page).to_have_url(re.compile(r"inventory/agreements/\d+$"))
    expect(page.locator("main")).to_contain_text("87.500")
    ((paper, rate),) = ask(
        manager.folder,
        "SELECT paper, commission FROM agreements JOIN agreement_terms ON agreement_number = number "
        "ORDER BY number DESC LIMIT 1",
    )
    assert (paper, rate) == ("77/2026/HĐKG", 1_250)
