"""Keys press what carries them, but never a key that a scanner typed."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, Route

from tests.core.web.conftest import Till
from tests.core.web.wedge import Scanner, type_at_once

pytestmark = pytest.mark.browser

CODES = [f"89312{number:07d}" for number in range(6)]


def watch_plus(page: Page) -> None:
    page.evaluate(
        "() => { document.querySelector('#plus').onclick = () => { document.body.dataset.plus = 'pressed' } }"
    )


def test_no_hotkey_fires_while_a_scan_arrives(till: Till) -> None:
    watch_plus(till.page)
    till.page.focus("#idle")

    type_at_once(till.page, [*"+8931", "F9", *"2000", "Enter"])
    till.settled()
    till.page.wait_for_timeout(200)

    assert till.noted() == []  # a control key was in it: refused
    assert till.page.locator("body[data-plus]").count() == 0
    assert "+8931\\x7f2000" in till.page.locator(".message").inner_text()
    assert till.page.locator("html").get_attribute("data-sounded") == "refused"


def test_a_burst_of_two_thousand_keys_is_refused_as_one_and_presses_nothing(till: Till) -> None:
    watch_plus(till.page)
    till.page.focus("#text")
    control = ["F9", "Escape", "F1", "Delete", "Home", "ArrowUp"]

    type_at_once(till.page, [*"89", *[*control, *"+abc"] * 200, "Enter"])
    till.settled()

    assert till.noted() == []
    assert till.page.locator(".message-warn").count() == 1
    assert till.page.locator("#text").input_value() == ""
    assert till.page.locator("body[data-plus]").count() == 0
    assert till.page.url == f"{till.address}/till"


def test_hotkeys_press_what_carries_them(till: Till) -> None:
    page = till.page
    watch_plus(page)
    page.focus("#idle")
    assert page.locator("body[data-plus]").count() == 0
    page.keyboard.press("+")
    page.wait_for_selector("body[data-plus=pressed]")

    page.keyboard.press("F3")
    page.wait_for_function("() => document.activeElement.name === 'code'")

    page.fill("[name=amount]", "35k")  # and a function key works from inside a field
    page.keyboard.press("F9")
    page.wait_for_function("() => document.querySelectorAll('#list li').length === 1")
    assert till.noted() == ["paid 35000"]


def test_paying_waits_for_the_scans_before_it(till: Till) -> None:
    def slowly(route: Route) -> None:
        time.sleep(0.15)
        route.continue_()

    till.page.route("**/scans", slowly)
    till.page.fill("[name=amount]", "35.000")
    scanner = Scanner(till.page)

    for code in CODES:
        scanner.scan(code)
    till.page.wait_for_timeout(500)  # the scanner's own time runs ahead of what it has sent at once
    till.page.keyboard.press("F9")
    till.page.wait_for_function("() => document.querySelectorAll('#list li').length === 7")

    assert till.noted() == [*CODES, "paid 35000"]
