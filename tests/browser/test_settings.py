"""A manager changes the receipt between two sales: the next customer reads the new words, a copy of the old paper
keeps the old ones; a second printer is entered, tried, and takes a register's papers."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from core.database import db
from pos.data_folder import DataFolder
from pos.replay import verify_shop
from pos.running import RunningShop
from printers.virtual_printer import VirtualPrinter
from tests.browser.conftest import NOODLES, PATIENCE_MS, Counter, keep_paper
from tests.core.web.wedge import Scanner

pytestmark = pytest.mark.browser

NEW_WORDS = "Hẹn gặp lại quý khách – Tết này nhớ ghé!"


@pytest.fixture
def manager(page: Page, at_work: RunningShop, demo_folder: DataFolder) -> Counter:
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    counter = Counter(page, at_work.address, demo_folder, Scanner(page))
    counter.sign_in("manager")
    return counter


def open_page(counter: Counter, path: str) -> None:
    counter.page.goto(counter.address + path)


def sell(counter: Counter) -> None:
    counter.scan(NOODLES)
    counter.press("F9")
    expect(counter.page.locator("#amount")).to_be_focused()
    counter.press("Enter")
    expect(counter.page.locator(".sold")).to_contain_text("Đã in")


def rows_of(paper: Image.Image) -> set[bytes]:
    """The rows of dots of a paper that are not white."""
    picture = paper.convert("1")
    rows = (picture.crop((0, y, picture.width, y + 1)).tobytes() for y in range(picture.height))
    white = Image.new("1", (picture.width, 1), 1).tobytes()
    return {row for row in rows if row != white}


def test_new_words_on_the_receipt_leave_the_old_one_as_it_was(manager: Counter, printer: VirtualPrinter) -> None:
    page = manager.page
    open_page(manager, "till")
    manager.open_shift()
    sell(manager)

    open_page(manager, "settings/receipt")
    page.locator("[name=footer]").fill(NEW_WORDS)
    expect(page.locator("#preview img")).to_have_attribute("src", re.compile("footer=H"))
    manager.picture("settings-receipt")
    manager.press("F9")
    expect(page.locator(".history")).to_contain_text(NEW_WORDS)

    open_page(manager, "till")
    sell(manager)
    open_page(manager, "receipts/1")
    page.get_by_role("button", name=re.compile("In bản sao")).click()
    for _ in range(100):
        if len(printer.mechanism.papers) == 3:
            break
        page.wait_for_timeout(100)

    first, second, copy = (paper.picture for paper in printer.mechanism.papers)
    assert rows_of(first) <= rows_of(copy)  # the copy has its banner besides
    assert not rows_of(second) <= rows_of(copy)
    keep_paper(copy, "receipt-copy-after-change")


def test_a_second_printer_is_entered_tried_and_given_to_a_register(manager: Counter, at_work: RunningShop) -> None:
    page = manager.page
    open_page(manager, "settings/printers")
    page.locator("[name=name]").fill("Máy in kho")
    page.locator("[name=kind]").select_option("virtual")
    page.locator("[name=address]").fill("127.0.0.1:0")
    page.locator("[name=dots]").select_option("384")
    manager.press("F9")
    expect(page.locator("h1")).to_have_text("Máy in kho")
    manager.press("F8")
    expect(page.locator("#messages")).to_contain_text("Phiếu thử đang được in")
    manager.picture("settings-printer")
    open_page(manager, "settings/registers/1")
    page.locator("[name=printer]").select_option("3")
    manager.press("F9")
    expect(page.locator(".history")).to_contain_text("Máy in kho")

    open_page(manager, "till")
    manager.open_shift()
    sell(manager)

    slip, receipt = at_work.virtual["3"].mechanism.papers
    assert slip.picture.width == receipt.picture.width == 384
    keep_paper(slip.picture, "test-slip")
    assert at_work.virtual["1"].mechanism.papers == []
    with at_work.app.app_context():
        assert verify_shop().clean
        db.session.remove()
