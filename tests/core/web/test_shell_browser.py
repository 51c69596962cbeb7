"""The shell in a real browser: signing in by keyboard alone, going back, losing the server, changing the language."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.core.web import tiny_app
from tests.core.web.conftest import BY_HAND_MS, Till

pytestmark = pytest.mark.browser


@pytest.fixture
def sign_in_page(page: Page, served: tuple[Flask, str]) -> Page:
    page.goto(f"{served[1]}/sign-in")
    return page


def test_signing_in_by_arrows_and_digits_alone(sign_in_page: Page) -> None:
    sign_in_page.keyboard.press("ArrowDown")
    sign_in_page.wait_for_timeout(BY_HAND_MS)
    sign_in_page.keyboard.type(tiny_app.PINS["manager"])

    expect(sign_in_page.locator(".staff b")).to_have_text(tiny_app.NAMES["manager"])


def test_signing_in_by_touch_alone(sign_in_page: Page) -> None:
    sign_in_page.get_by_role("radio", name=tiny_app.NAMES["owner"]).click()
    for digit in tiny_app.PINS["owner"]:
        sign_in_page.locator(f"[data-digit='{digit}']").click()

    expect(sign_in_page.locator(".staff b")).to_have_text(tiny_app.NAMES["owner"])


def test_a_wrong_pin_is_said_and_the_field_is_ready_again(sign_in_page: Page) -> None:
    sign_in_page.keyboard.press("F2")
    sign_in_page.wait_for_timeout(BY_HAND_MS)
    sign_in_page.keyboard.type("999999")
    expect(sign_in_page.locator(".message-warn")).to_contain_text("không khớp")
    expect(sign_in_page.locator("[data-pin]")).to_have_value("")

    sign_in_page.keyboard.type(tiny_app.PINS["clerk"])

    expect(sign_in_page.locator(".staff b")).to_have_text(tiny_app.NAMES["clerk"])


def test_one_key_speaks_english_and_the_same_key_vietnamese_again(till: Till) -> None:
    till.page.focus("[name=amount]")

    till.page.keyboard.press("Alt+L")
    expect(till.page.locator("html")).to_have_attribute("lang", "en")
    expect(till.page.get_by_role("button", name="Sign out")).to_be_visible()
    till.page.keyboard.press("Alt+L")
    expect(till.page.locator("html")).to_have_attribute("lang", "vi")


def test_going_back_over_a_part_shows_the_whole_page(till: Till) -> None:
    page = till.page
    page.evaluate("() => htmx.ajax('GET', '/till', {target: '#noted', push: '/till?part'})")
    page.wait_for_url("**/till?part")

    page.go_back()

    expect(page).to_have_url(f"{till.address}/till")
    expect(page.locator("header.top-bar")).to_have_count(1)
    expect(page.locator("#noted")).to_have_count(1)
    page.go_forward()
    expect(page.locator("header.top-bar")).to_have_count(1)


def test_the_page_says_when_the_server_is_silent_and_when_it_is_back(till: Till) -> None:
    till.page.route("**/foot", lambda route: route.abort())
    expect(till.page.locator(".connection-lost")).to_be_visible(timeout=8000)

    till.page.unroute("**/foot")

    expect(till.page.locator(".connection-lost")).to_be_hidden(timeout=8000)


def test_the_foot_bar_follows_what_happens(till: Till) -> None:
    expect(till.page.locator("#foot .lamp")).to_have_count(2)

    till.app.extensions["foot_bar"].pop(0)

    expect(till.page.locator("#foot .lamp")).to_have_count(1, timeout=8000)


def test_a_sent_form_gets_a_new_key_and_a_refused_one_keeps_its_own(till: Till) -> None:
    page, field = till.page, till.page.locator("#pay [name=key]")
    first = field.input_value()

    page.fill("[name=amount]", "50")
    page.keyboard.press("F9")
    page.wait_for_selector(".message-warn")
    assert field.input_value() == first
    page.fill("[name=amount]", "50k")
    page.keyboard.press("F9")
    page.wait_for_function("() => document.querySelectorAll('#list li').length === 1")

    assert till.page.locator("#pay [name=key]").input_value() != first
    assert till.noted() == ["paid 50000"]


def test_nothing_that_the_pages_do_breaks_the_content_policy(page: Page, served: tuple[Flask, str]) -> None:
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Refused to" in message.text:
            heard.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(f"{served[1]}/sign-in")
    page.keyboard.press("F2")
    page.wait_for_timeout(BY_HAND_MS)
    page.keyboard.type(tiny_app.PINS["clerk"])
    page.wait_for_url("**/till")
    page.keyboard.type("8931200000017")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('#list li').length === 1")
    page.goto(f"{served[1]}/mistake")

    assert heard == []


@pytest.mark.parametrize("size", [(1024, 768), (390, 844)])
def test_everything_that_is_pressed_is_large_enough_and_nothing_runs_out_of_the_page(
    till: Till, size: tuple[int, int]
) -> None:
    till.page.set_viewport_size({"width": size[0], "height": size[1]})
    small = till.page.evaluate(
        """() => [...document.querySelectorAll('button, a.button, .menu a, input:not([type=hidden]), select')]
               .filter(el => el.checkVisibility()).map(el => [el.outerHTML.slice(0, 60), el.getBoundingClientRect()])
               .filter(([, box]) => box.height < 44 || box.width < 44).map(([text]) => text)"""
    )

    assert small == []
    assert till.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
