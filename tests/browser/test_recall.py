"""A recall in a real browser, by scanner and keyboard, while the goods lie in an open basket."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pos.data_folder import DataFolder
from pos.running import RunningShop
from tests.browser.conftest import NOODLES, PATIENCE_MS, Counter, ask
from tests.core.web.wedge import Scanner

pytestmark = pytest.mark.browser


@pytest.fixture
def manager(page: Page, at_work: RunningShop, demo_folder: DataFolder) -> Counter:
    """A manager at the till, with a packet of noodles in the basket."""
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    counter = Counter(page, at_work.address, demo_folder, Scanner(page))
    counter.begin("manager")
    counter.begin_shift()
    counter.scan(NOODLES)
    expect(counter.lines).to_have_count(1)
    return counter


def test_a_recall_reaches_the_open_basket_and_the_goods_are_counted_off_the_shelf(manager: Counter) -> None:
    page = manager.page
    page.goto(f"{manager.address}inventory/recalls/new")
    manager.scan(NOODLES)
    reason = page.locator("[name=reason]")
    expect(reason).to_be_focused()
    manager.type("vi sinh")
    manager.scan(NOODLES)  # by mistake, with the cursor in the reason: it names the same goods and is not typed there
    expect(reason).to_have_value("")
    manager.type("vi sinh")
    manager.press("F9")

    expect(page).to_have_url(re.compile(r"/inventory/recalls/[0-9a-f-]{36}$"))
    found = page.locator("[name^=found-]").first
    expect(found).to_be_visible()
    for field in page.locator("[name^=found-]").all():
        field.fill("5")
    manager.press("F9")
    expect(page.get_by_role("heading", name="Đã hạ khỏi kệ", exact=True)).to_be_visible()

    page.goto(f"{manager.address}till")
    expect(manager.lines.first).to_contain_text("vi sinh")
    manager.scan(NOODLES)
    expect(manager.message).to_contain_text("thu hồi")
    kinds = ask(manager.folder, "SELECT typ FROM journal_records WHERE typ IN ('RECALL_ACK', 'SALE')")
    assert kinds == [("RECALL_ACK",)]


def test_a_scanned_lot_opens_its_trace_wherever_the_cursor_is(manager: Counter) -> None:
    page = manager.page
    ((number,),) = ask(manager.folder, "SELECT number FROM lots WHERE producer_lot = 'L093B'")
    page.goto(f"{manager.address}inventory/lots?held=1")
    expect(page.locator("main")).to_contain_text(number)

    manager.scan("L093B")

    expect(page).to_have_url(re.compile(f"/inventory/lots/{number}$"))
    expect(page.locator("main")).to_contain_text("Đang tạm giữ")
