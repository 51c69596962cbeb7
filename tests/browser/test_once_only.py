"""Pressing twice, in one window or in two, sells once; paper that does not come stops nobody."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from printers.virtual_mechanism import Fault
from printers.virtual_printer import VirtualPrinter
from tests.browser.conftest import BY_HAND_MS, NOODLES, TEA, Counter, ask

pytestmark = pytest.mark.browser


def sales(till: Counter) -> int:
    return ask(till.folder, "SELECT count(*) FROM sales")[0][0]


def test_two_quick_enters_are_one_sale(till: Counter) -> None:
    till.scan(NOODLES)
    till.press("F9")
    expect(till.page.locator("#amount")).to_be_focused()

    till.page.evaluate(
        "() => { const form = document.querySelector('#payment'); form.requestSubmit(); form.requestSubmit(); }"
    )
    till.press("Enter", "Enter")

    expect(till.page.locator(".sold")).to_be_visible()
    expect(till.page.locator("#messages .message")).to_have_count(0)
    assert sales(till) == 1


def test_a_second_press_while_the_page_is_about_to_change_puts_cash_in_once(till: Counter) -> None:
    till.page.goto(f"{till.address}shift/cash")
    till.page.locator("#cash-in [name=amount]").fill("200k")
    till.page.evaluate(
        """() => document.addEventListener("htmx:finally:request",
        () => document.querySelector("#cash-in").requestSubmit(), { once: true })"""
    )

    till.page.keyboard.press("F6")
    expect(till.page.locator("tr", has_text="200.000")).to_have_count(1)
    till.page.wait_for_timeout(500)

    assert ask(till.folder, "SELECT amount FROM cash_moves") == [(200_000,)]


def test_two_windows_sell_the_basket_once_and_the_second_is_told(till: Counter, context: BrowserContext) -> None:
    till.scan(NOODLES)
    other = context.new_page()
    other.goto(f"{till.address}till")
    for page in (till.page, other):
        page.bring_to_front()
        page.keyboard.press("F9")
        expect(page.locator("#amount")).to_be_focused()

    till.page.keyboard.press("Enter")
    expect(till.page.locator(".sold")).to_be_visible()
    other.keyboard.press("Enter")

    expect(other.locator("#messages .message")).to_contain_text("đã xong")
    assert sales(till) == 1
    other.wait_for_timeout(BY_HAND_MS)  # a key right behind another is taken for a scanner's, and presses nothing
    other.keyboard.press("Escape")
    expect(other.locator(".sold")).to_contain_text("Biên lai số 1")


def test_an_answer_that_is_lost_on_the_way_is_asked_for_again_and_found(till: Counter) -> None:
    till.scan(NOODLES)
    till.press("F9")
    expect(till.page.locator("#amount")).to_be_focused()
    lost = []

    def lose(route: object) -> None:
        route.fetch()  # the shop hears it; its answer never arrives
        lost.append(route)
        route.abort()

    till.page.route("**/till/payment", lose, times=1)
    till.press("Enter")
    expect(till.page.locator("html")).to_have_attribute("data-connection", "lost")
    assert sales(till) == 1
    till.press("Enter")

    expect(till.page.locator(".sold")).to_contain_text("Biên lai số 1")
    assert sales(till) == 1
    assert lost


def test_without_paper_the_till_goes_on_and_the_foot_bar_says_so(till: Counter, printer: VirtualPrinter) -> None:
    printer.fail(Fault.PAPER_END)

    for code in (NOODLES, TEA):
        till.scan(code)
        till.press("F9")
        expect(till.page.locator("#amount")).to_be_focused()
        till.press("Enter")
        expect(till.page.locator(".sold")).to_be_visible()

    assert sales(till) == 2
    expect(till.page.locator("#foot .lamp-act, #foot .lamp-warn").first).to_be_visible(timeout=30_000)
    said = till.page.locator("#foot").inner_text()
    assert "giấy" in said, said
    till.picture("printer-without-paper")

    printer.recover()
    expect(till.page.locator("#foot .lamp-act, #foot .lamp-warn")).to_have_count(0, timeout=30_000)
    assert len(printer.mechanism.papers) == 2
