"""Labels printed by a hand that holds nothing but a scanner: digits and the press of the button come from bars, too."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from inventory.labels.command_sheet import CONFIRM, ERASE, number_of
from pos.data_folder import DataFolder
from pos.running import RunningShop
from tests.browser.conftest import NOODLES, PATIENCE_MS, Counter
from tests.core.web.wedge import Scanner

pytestmark = pytest.mark.browser


@pytest.fixture
def manager(page: Page, at_work: RunningShop, demo_folder: DataFolder) -> Counter:
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    counter = Counter(page, at_work.address, demo_folder, Scanner(page))
    counter.sign_in("manager")
    return counter


def test_digits_and_the_button_are_scanned(manager: Counter) -> None:
    manager.page.goto(f"{manager.address}inventory/labels")
    manager.scan(NOODLES)
    copies = manager.page.locator("input[name=copies]").first
    expect(copies).to_be_visible()

    copies.focus()
    manager.scan(number_of("101"), number_of("102"))
    expect(copies).to_have_value("12")
    manager.scan(number_of(ERASE), number_of("104"))
    expect(copies).to_have_value("4")
    expect(manager.page.locator("#messages .message-warn")).to_have_count(0)

    manager.scan(number_of(CONFIRM))
    expect(manager.page).to_have_url(re.compile(r"inventory/labels/runs/\d+$"))
