"""A scanner is a fast keyboard: it must work wherever the focus is, and nothing it types may be lost or pressed."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Route, expect

from tests.core.web.conftest import BY_HAND_MS, Till
from tests.core.web.wedge import Scanner

pytestmark = pytest.mark.browser

CODES = [f"89312{number:07d}" for number in range(60)]


@pytest.mark.parametrize("gap_ms", [0.2, 5, 20])
def test_sixty_scans_back_to_back_arrive_in_order(till: Till, gap_ms: float) -> None:
    scanner = Scanner(till.page, gap_ms)

    for code in CODES:
        scanner.scan(code)
    till.settled()

    assert till.noted() == CODES
    assert till.page.locator("#list li").all_inner_texts() == CODES
    assert till.page.locator("[data-scanner]").input_value() == ""


@pytest.mark.parametrize("place", ["body", "#text", "#kind", "#number", "#idle", "[data-scanner]", "[name=amount]"])
def test_a_scan_is_taken_wherever_the_focus_is_and_leaves_the_field_as_it_was(till: Till, place: str) -> None:
    page, scanner = till.page, Scanner(till.page)
    before = {"#text": "mật ong", "#number": "7", "[name=amount]": "35.000"}.get(place, "")
    if before:
        page.fill(place, before)
    chosen = page.locator("#kind").input_value()
    page.evaluate(
        "place => place === 'body' ? document.activeElement.blur() : document.querySelector(place).focus()", place
    )

    scanner.scan("8931200000017")
    scanner.scan("8931200000024")
    till.settled()

    assert till.noted() == ["8931200000017", "8931200000024"]
    assert page.locator("#kind").input_value() == chosen
    if before:
        assert page.locator(place).input_value() == before


def test_sixty_scans_typed_by_the_browser_itself_with_the_focus_moving(till: Till) -> None:
    places = ["#text", "[data-scanner]", "#kind", "#idle", "#number", "[name=amount]"]

    for number, code in enumerate(CODES):
        if number % 10 == 0:
            till.page.focus(places[number // 10])
        till.page.keyboard.type(code)
        till.page.keyboard.press("Enter")
    till.settled()

    assert till.noted() == CODES
    assert till.page.locator("#text").input_value() == ""


def test_what_a_person_types_stays_in_the_field(till: Till) -> None:
    till.page.focus("#text")

    till.page.keyboard.type("mat ong 8931", delay=90)
    till.page.keyboard.press("Tab")

    assert till.page.locator("#text").input_value() == "mat ong 8931"
    assert till.noted() == []


def test_two_keys_struck_together_are_still_typing(till: Till) -> None:
    till.page.focus("#text")
    scanner = Scanner(till.page, gap_ms=12)

    scanner.key("t")
    scanner.key("h")
    till.page.wait_for_timeout(300)
    scanner.key("a")
    till.page.wait_for_timeout(300)

    assert till.page.locator("#text").input_value() == "tha"


def test_a_number_typed_by_hand_is_sent_with_enter(till: Till) -> None:
    till.page.focus("[data-scanner]")

    till.page.keyboard.type("8931200000017", delay=90)
    till.page.keyboard.press("Enter")
    till.settled()

    assert till.noted() == ["8931200000017"]
    assert till.page.locator("[data-scanner]").input_value() == ""


def test_letters_and_the_separator_of_gs1_arrive_as_they_were_sent(till: Till) -> None:
    scanner = Scanner(till.page)
    scanner.at = time.time()

    for character in "01089312000000171712":
        scanner.key(character)
    scanner.press("]", "BracketRight", 221, modifiers=2)
    for character in "10LOa7":
        scanner.key(character)
    scanner.press("Enter", "Enter", 13, text="\r")
    till.settled()

    assert till.noted() == ["01089312000000171712\x1d10LOa7"]


def test_scans_wait_for_the_shops_computer_and_none_counts_twice(till: Till) -> None:
    """The answers to the first tries are lost, once before and once after the shop's computer has done its part."""
    tries: list[int] = []

    def lose_some(route: Route) -> None:
        tries.append(1)
        if len(tries) == 1:
            route.abort()
        elif len(tries) == 2:
            route.fetch()  # it reaches the shop, but the answer does not come back
            route.abort()
        else:
            route.continue_()

    till.page.route("**/scans", lose_some)
    scanner = Scanner(till.page)

    for code in CODES[:5]:
        scanner.scan(code)
    till.page.wait_for_selector("html[data-connection=lost]")
    till.settled()

    assert till.noted() == CODES[:5]
    assert till.page.locator("html[data-connection]").count() == 0


def test_an_input_method_that_only_watches_digits_does_no_harm(till: Till) -> None:
    """With an input method on, browsers call every key 229 and tell the real one by its place on the keyboard."""
    page, scanner = till.page, Scanner(till.page)
    page.focus("#text")

    scanner.at = time.time()
    for at, digit in enumerate("8931200000017"):
        scanner.press("Process", f"Digit{digit}", 229)
        scanner.wire.send(
            "Input.imeSetComposition",
            {"text": "8931200000017"[: at + 1], "selectionStart": at + 1, "selectionEnd": at + 1},
        )
    scanner.press("Process", "Enter", 229)
    till.settled()
    page.wait_for_timeout(100)

    assert till.noted() == ["8931200000017"]
    assert page.locator("#text").input_value() == ""


def test_letters_changed_by_an_input_method_are_refused(till: Till) -> None:
    """Unikey answers "DD" with a backspace and "Đ", which no code holds."""
    scanner = Scanner(till.page)
    till.page.focus("#text")

    scanner.at = time.time()
    scanner.key("D")
    scanner.press("Backspace", "Backspace", 8)
    scanner.press("Đ", "", 231, text="Đ")
    for digit in "12345":
        scanner.key(digit)
    scanner.press("Enter", "Enter", 13, text="\r")
    till.settled()

    assert till.noted() == []
    assert "D\\x08\\u011012345" in till.page.locator(".message").inner_text()
    assert till.page.locator("#text").input_value() == ""


def test_a_refused_scan_does_not_hold_up_the_next_and_its_message_stays(till: Till) -> None:
    scanner = Scanner(till.page)

    scanner.scan("8931200000017")
    scanner.at += 0.2
    scanner.press("Đ", "", 231, text="Đ")
    for digit in "123":
        scanner.key(digit)
    scanner.press("Enter", "Enter", 13, text="\r")
    scanner.scan("8931200000024")
    till.settled()

    assert till.noted() == ["8931200000017", "8931200000024"]
    assert till.page.locator(".message-warn").count() == 1
    till.page.wait_for_timeout(BY_HAND_MS)
    till.page.keyboard.press("Escape")
    expect(till.page.locator(".message")).to_have_count(0)


def test_a_refused_form_stays_as_it_was_typed(till: Till) -> None:
    till.page.fill("[name=amount]", "50")

    till.page.keyboard.press("F9")
    till.page.wait_for_selector(".message-warn")

    assert "50k" in till.page.locator(".message").inner_text()
    assert till.page.locator("[name=amount]").input_value() == "50"


@pytest.mark.parametrize(
    ("place", "late"),
    [("#text", (1,)), ("#number", (2, 6)), ("#kind", (2, 3, 12)), ("#idle", (1, 13)), ("#text", (3, 13))],
)
def test_keys_that_come_unevenly_are_still_a_scan(till: Till, place: str, late: tuple[int, ...]) -> None:
    """On a busy machine some keys come late, at the beginning, in the middle, or the Enter at the end."""
    till.page.focus(place)
    chosen = till.page.locator("#kind").input_value()
    scanner = Scanner(till.page)
    scanner.at = time.time()

    for at, digit in enumerate("8931200000017"):
        scanner.at += 0.2 if at in late else 0
        scanner.key(digit)
    scanner.at += 0.2 if 13 in late else 0
    scanner.press("Enter", "Enter", 13, text="\r")
    till.settled()

    assert till.noted() == ["8931200000017"]
    assert till.page.locator("#text").input_value() == till.page.locator("#number").input_value() == ""
    assert till.page.locator("#kind").input_value() == chosen


def test_a_quick_typist_is_no_scanner(till: Till) -> None:
    till.page.focus("#text")
    scanner = Scanner(till.page, gap_ms=85)  # 140 words a minute, with some keys struck together
    scanner.at = time.time()

    for at, letter in enumerate("matongrung2026"):
        scanner.at -= 0.06 if at % 5 == 4 else 0
        scanner.key(letter)
    scanner.press("Tab", "Tab", 9)

    assert till.page.locator("#text").input_value() == "matongrung2026"
    assert till.noted() == []
