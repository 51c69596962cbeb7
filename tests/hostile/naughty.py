"""Texts that mean no good: our own, and those that others collected, where they stand beside the project."""

from __future__ import annotations

from typing import Any

from tests.shared_cases import shared_json

# A word that no page of ours says, to find again whatever was made of it. 9184 is what 1312*7 comes to.
MARK = "xhostile"
COMES_TO = "9184"
OWN = [
    f"<{MARK} on{MARK}=alert(1)>",
    f"\"><{MARK} on{MARK}=alert(1) x='",
    f"</textarea></script><{MARK} on{MARK}=1>",
    f"{MARK}{{{{1312*7}}}}",
    f"{MARK}${{1312*7}}<%=1312*7%>#{{1312*7}}",
    f"{MARK}%(left)s%s%n{{0.__class__}}",
    f"{MARK}\r\nSet-Cookie: {MARK}=1\r\n\r\n<html>",
    f"{MARK}%0d%0aX-{MARK}:%201",
    f"//{MARK}.example/%2e%2e/",
    f"https://{MARK}.example/?{MARK}",
    f"../../../../etc/{MARK}",
    f"..\\..\\{MARK}",
    f"{MARK}\x00\x1b[2J\x07",
    f"'; DROP TABLE sales;-- {MARK}",
    f'{MARK}" OR 1=1 --',
    f'=HYPERLINK("http://127.0.0.1:9/{MARK}",1)',
    f"\u202e{MARK}\u2066\u200b\ufeff",
    f"{MARK} thu\u0309 ti\u0302\u0301ng \U0001f600 \ufffd",
    f"{MARK}\ud800",
    MARK * 2500,
    "9" * 400,
    "-1",
    "1e400",
    "NaN",
    "\u0661\u0662",
    "2026-02-30",
    "99/99/9999",
    "\x1d01089345880122281727031510LOT7",
    "",
    " \t\u3000 ",
]


def collected() -> list[str]:
    """Every text of the independent cases that a field can be sent; skips the test where they are absent."""
    bad: dict[str, Any] = shared_json("cases/naughty/bad_inputs.json", cases=34 + 22 + 21 + 31)
    groups = ("numbers", "dates_day_first", "gs1_yymmdd", "barcodes", "text_fields")
    made = [spelt(case["in"]) for group in groups for case in bad[group]]
    return [*made, *shared_json("cases/naughty/blns_half.json", cases=258)]


def spelt(given: Any) -> str:
    """A text of the cases; long ones are written as a word and how often."""
    return given if isinstance(given, str) else given["_repeat"] * given["_times"]
