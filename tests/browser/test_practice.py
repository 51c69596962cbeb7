"""A new clerk practises before any shift is open: another screen, a paper worth nothing, and no sale left of it."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from pos.replay import verify_shop
from pos.running import RunningShop
from printers.virtual_printer import VirtualPrinter
from tests.browser.conftest import NEM, NOODLES, TEA, WITHOUT_PAPERS, Counter, ask

pytestmark = pytest.mark.browser


def test_practice_looks_otherwise_prints_a_worthless_paper_and_leaves_no_sale(
    counter: Counter, at_work: RunningShop, printer: VirtualPrinter
) -> None:
    page = counter.page
    gross = ask(counter.folder, "SELECT gross, refunded, sales FROM journal_records ORDER BY seq DESC LIMIT 1")

    counter.press("F8")  # on the page that would open a shift
    expect(page.locator("h1")).to_have_text("Tập sự")
    counter.press("F9")
    expect(page.locator(".practice-word")).to_have_text("TẬP SỰ")
    expect(page.locator("#code")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.body, '::after').borderTopWidth") == "10px"

    counter.scan(NOODLES, TEA, NEM)
    counter.scan(WITHOUT_PAPERS)
    expect(counter.message).to_contain_text("Chưa được bán")
    counter.press("Escape")
    expect(counter.lines).to_have_count(3)
    counter.press("F9")
    expect(page.locator("#amount")).to_be_focused()
    counter.press("F3")
    expect(page.locator(".practice-qr")).to_contain_text("TẬP SỰ")
    counter.press("F2")
    expect(page.locator("#change")).to_be_visible()
    expect(page.locator("#amount")).to_be_focused()
    counter.press("Enter")
    expect(page.locator(".sold-done")).to_contain_text("Tập xong, không bán · Phiếu tập sự T1")
    until = time.monotonic() + 30
    while not printer.mechanism.papers and time.monotonic() < until:
        time.sleep(0.05)
    assert (len(printer.mechanism.papers), printer.mechanism.pulses) == (1, 0)

    other = page.context.new_page()  # a second window of the same browser leaves practice
    other.goto(f"{counter.address}till")
    other.keyboard.press("Alt+s")
    expect(other.locator(".practice-word")).to_have_count(0)
    expect(page.locator(".practice-word")).to_have_count(0)  # the first one follows when its foot bar asks again

    assert ask(counter.folder, "SELECT gross, refunded, sales FROM journal_records ORDER BY seq DESC LIMIT 1") == gross
    assert ask(counter.folder, "SELECT count(*) FROM sales UNION ALL SELECT count(*) FROM practice_receipts") == [
        (0,),
        (1,),
    ]
    with at_work.app.app_context():
        assert verify_shop().clean
