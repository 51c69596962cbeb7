"""Barcodes that hold control keys (BadBarcode): whatever comes faster than fingers can presses nothing."""

from __future__ import annotations

import time

import pytest

from tests.core.web.conftest import Till
from tests.core.web.wedge import Scanner

pytestmark = pytest.mark.browser

CONTROL, ALT = 2, 1
KEYS = {
    "F1": ("F1", "F1", 112, 0),
    "F5": ("F5", "F5", 116, 0),
    "F9": ("F9", "F9", 120, 0),
    "F11": ("F11", "F11", 122, 0),
    "Escape": ("Escape", "Escape", 27, 0),
    "Delete": ("Delete", "Delete", 46, 0),
    "Alt+Q": ("q", "KeyQ", 81, ALT),
    "Alt+L": ("l", "KeyL", 76, ALT),
    "Alt+Left": ("ArrowLeft", "ArrowLeft", 37, ALT),
    "Ctrl+J": ("j", "KeyJ", 74, CONTROL),
    "Ctrl+P": ("p", "KeyP", 80, CONTROL),
    "Ctrl+S": ("s", "KeyS", 83, CONTROL),
    "Ctrl+O": ("o", "KeyO", 79, CONTROL),
}
BURSTS = [
    ["F9", "Enter"],
    ["F9", "F9", "Enter", "Enter"],
    ["8", "F9", "9", "3", "Enter"],
    ["8", "9", "3", "1", "F9", "Enter"],
    ["Alt+Q", "Enter"],
    ["1", "Alt+Q", "2", "Enter"],
    ["8", "9", "3", "Alt+L", "Alt+Q", "Enter"],
    ["Escape", "Escape", "Enter"],
    ["F5", "Enter"],
    ["8", "9", "3", "F5", "F11", "F1", "Enter"],
    ["8", "9", "Ctrl+S", "Ctrl+P", "Ctrl+O", "Ctrl+J", "Enter"],
    ["Ctrl+S"],
    ["Ctrl+J", "Enter"],
    ["8", "9", "3", "Alt+Left", "Enter"],
    ["Delete", "Delete", "Enter"],
]


# Which keys reached the browser, and what was clicked.
WATCH = """() => {
    window.pressed = [];
    window.addEventListener('keydown', (event) => setTimeout(() => {
        const control = event.ctrlKey || event.altKey || /^F/.test(event.key);
        if (control && !event.defaultPrevented) window.pressed.push(event.key);
    }), true);
    document.addEventListener('click', (event) => window.pressed.push(event.target.textContent), true);
}"""


def strike(scanner: Scanner, burst: list[str]) -> None:
    """What a barcode types, key after key."""
    scanner.at = max(scanner.at + 1, time.time())
    for name in burst:
        if name == "Enter":
            scanner.press("Enter", "Enter", 13, text="\r")
        elif name in KEYS:
            key, code, number, modifiers = KEYS[name]
            scanner.press(key, code, number, modifiers=modifiers)
        else:
            scanner.key(name)


@pytest.mark.parametrize("place", ["[data-scanner]", "#idle"])
def test_control_keys_in_a_burst_press_nothing(till: Till, place: str) -> None:
    page, scanner = till.page, Scanner(till.page)
    page.fill("[name=amount]", "35.000")
    page.evaluate(WATCH)

    for burst in BURSTS:
        page.focus(place)
        strike(scanner, burst)
        page.wait_for_timeout(150)  # longer than a key waits to be pressed

        assert page.url.endswith("/till"), burst
        assert till.noted() == [], burst
    first_key_alone = {"F5", "F11"}  # that a person pressed them cannot be ruled out; the page stays as it is
    assert set(page.evaluate("window.pressed")) <= first_key_alone
    assert page.locator("[name=amount]").input_value() == "35.000"


def test_a_code_with_a_control_key_inside_is_refused_as_a_whole(till: Till) -> None:
    scanner = Scanner(till.page)

    strike(scanner, [*"8", "F9", *"931200000017", "Enter"])
    till.settled()

    assert till.noted() == []
    assert "8\\x7f931200000017" in till.page.locator(".message").inner_text()


def test_two_thousand_characters_in_a_burst_are_one_refusal(till: Till) -> None:
    till.page.focus("#text")
    scanner = Scanner(till.page, gap_ms=0.5)

    scanner.scan("8931" * 500)
    till.settled()

    assert till.noted() == []
    assert till.page.locator(".message").count() == 1
    assert till.page.locator("#text").input_value() == ""


def test_a_person_presses_one_key_after_the_other_and_both_count(till: Till) -> None:
    till.page.fill("[name=amount]", "35.000")

    till.page.keyboard.press("F3")
    till.page.wait_for_timeout(90)
    till.page.keyboard.press("F9")
    till.page.wait_for_function("() => document.querySelectorAll('#list li').length === 1")

    assert till.noted() == ["paid 35000"]


def test_a_machine_that_is_late_does_not_lose_a_persons_key(till: Till) -> None:
    """The page is busy while a person presses F9 and then another key: both come at once, with their own times."""
    page = till.page
    page.fill("[name=amount]", "35.000")
    page.wait_for_timeout(600)  # the last key of the PIN is long over
    scanner = Scanner(page, gap_ms=120)
    scanner.at = time.time() - 0.4

    scanner.press("F9", "F9", 120)
    scanner.key("a")
    page.wait_for_function("() => document.querySelectorAll('#list li').length === 1")

    assert till.noted() == ["paid 35000"]
