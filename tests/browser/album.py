"""The pictures of the manual, each with the words that it shows.

PICTURES=1 takes them; every other run compares the words on the screens with those of the pictures. So a changed screen
fails the tests until its picture is taken again.
"""

from __future__ import annotations

import io
import json
import os
import re
from dataclasses import dataclass, field

from PIL import Image
from playwright.sync_api import Page, expect

from pos.app import MANUAL

PICTURES = MANUAL / "pictures"
WORDS = PICTURES / "words.json"
HOW = "PICTURES=1 .venv/bin/python -m pytest tests/browser/test_manual.py"
COLOURS = 48  # enough for our few colours and the edges of letters

# The words of the program alone, in the dialog where one is open: rows of tables and choices of lists are the shop's.
SAID = """() => {
  const dialogs = [...document.querySelectorAll("dialog[open]")];
  const own = dialogs.length ? dialogs : [document.querySelector("main")];
  const hidden = [...document.querySelectorAll("tbody, option, [data-pin-pad] .pad, .messages, svg, .proposed")];
  hidden.forEach((el) => { el.dataset.display = el.style.display; el.style.display = "none"; });
  const said = own.map((el) => el.innerText).join("\\n");
  hidden.forEach((el) => { el.style.display = el.dataset.display; });
  return said;
}"""


@dataclass
class Album:
    """The pictures taken on one walk through a shop."""

    page: Page
    known: dict[str, list[str]]
    seen: dict[str, list[str]] = field(default_factory=dict)

    def take(self, name: str, *, top: str = "") -> None:
        """Look at the screen, and take its picture when PICTURES=1 asks for it; `top` is shown at its upper edge."""
        self.page.wait_for_load_state()
        expect(self.page.locator(".htmx-request")).to_have_count(0)
        if top:
            self.page.locator(top).first.evaluate("el => { el.scrollIntoView(); window.scrollBy(0, -12); }")
        self.seen[name] = words_of(self.page)
        if os.environ.get("PICTURES") == "1":
            self.page.wait_for_timeout(300)
            shot = Image.open(io.BytesIO(self.page.screenshot(caret="initial"))).convert("RGB")
            shot.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)

    def close(self) -> list[str]:
        """Keep the words with new pictures; else say which pictures no longer show what the screen says."""
        if os.environ.get("PICTURES") == "1":
            kept = json.dumps(dict(sorted(self.seen.items())), ensure_ascii=False, indent=1)
            WORDS.write_text(f"{kept}\n", encoding="utf-8")
            for path in PICTURES.glob("*.png"):
                if path.stem not in self.seen:
                    path.unlink()
            return []
        return [
            f"{name}: gone {sorted(gone)}, new {sorted(new)}"
            for name in sorted(self.seen.keys() | self.known.keys())
            for gone in [set(self.known.get(name, [])) - set(self.seen.get(name, []))]
            for new in [set(self.seen.get(name, [])) - set(self.known.get(name, []))]
            if gone or new
        ]


def album(page: Page) -> Album:
    """The album as it lies in the manual."""
    return Album(page, json.loads(WORDS.read_text(encoding="utf-8")) if WORDS.exists() else {})


def words_of(page: Page) -> list[str]:
    """The lines on the screen, each once; numbers and times are not compared."""
    lines = (re.sub(r"[\d][\d.,:/]*", "#", " ".join(line.split())) for line in page.evaluate(SAID).splitlines())
    return list(dict.fromkeys(line for line in lines if re.search(r"\w", line)))
