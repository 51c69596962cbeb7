"""A scanner as browsers see it: a keyboard that types very fast."""

from __future__ import annotations

import time

from playwright.sync_api import CDPSession, Page


class Scanner:
    """Types as a scanner does. Each key carries the time at which the scanner sent it: a real keyboard's keys do so
    too, and a machine that is busy delivers them late but with their own time."""

    def __init__(self, page: Page, gap_ms: float = 5) -> None:
        self.wire: CDPSession = page.context.new_cdp_session(page)
        self.gap = gap_ms / 1000
        self.at = time.time()

    def scan(self, code: str) -> None:
        self.at = max(self.at + 0.05, time.time())
        for character in code:
            self.key(character)
        self.press("Enter", "Enter", 13, text="\r")
        time.sleep(max(0.0, self.at - time.time()))  # its keys are sent faster than they say: let their time come

    def key(self, character: str) -> None:
        number = ord(character.upper())
        code = f"Digit{character}" if character.isdigit() else f"Key{character.upper()}"
        self.press(character, code, number, text=character, modifiers=8 if character.isupper() else 0)

    def press(self, key: str, code: str, number: int, *, text: str = "", modifiers: int = 0) -> None:
        self.at += self.gap
        said = {"key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers, "timestamp": self.at}
        self.wire.send("Input.dispatchKeyEvent", {"type": "keyDown" if text else "rawKeyDown", "text": text, **said})
        self.wire.send("Input.dispatchKeyEvent", {"type": "keyUp", **said})


def type_at_once(page: Page, keys: list[str]) -> None:
    """Sent by the page itself, all in one moment: what comes over the wire may come late on a busy machine."""
    page.evaluate(
        """keys => keys.forEach(key => document.activeElement.dispatchEvent(
               new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true })))""",
        keys,
    )
