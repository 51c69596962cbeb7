#!/usr/bin/env python3
"""Play a neutral sales file through the till's own verbs, and print what the journal says was sold.

    bench/replay_baskets.py FILE [--data FOLDER] [--days N]

FILE is CSV in UTF-8, plain or gzipped: datetime, basket, sku, name, qty, unit_price, in any order of columns. Prices
times 1,000 are đồng; a quantity below zero is goods brought back without a receipt; a line whose code is no article
code (bench/replay/articles.py) is a service article; a price off the list is set by right. Lines of price 0, and others
that no till can ring up (bench/replay/sales_file.py), are listed by their number and not played.

Standard output holds one JSON object and nothing else: `{"per_day": {"2010-12-01": {"baskets": …,
"quantity_thousandths": …, "value_dong": …}}, "per_month": {…}}`, added up from `shop journal export`. Standard error
gets a second one: what was listed and its own sums (played and listed together are the file), what was odd, how fast.

The shop stands in FOLDER, or in a temporary folder. The same file again changes nothing there; a replay that was
stopped goes on. Exit code 1 when `shop verify` finds a fault, or when journal and listed lines are not the file.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1]
_OWN_PYTHON = _PROJECT / ".venv" / "bin" / "python"


def hand_over(words: list[str]) -> None:
    """Go on as `bench.replay` in the project's own Python, which has what a till needs, whoever was asked first."""
    python = str(_OWN_PYTHON if _OWN_PYTHON.exists() else sys.executable)
    os.execve(python, [python, "-P", "-m", "bench.replay", *words], {**os.environ, "PYTHONPATH": str(_PROJECT)})


if __name__ == "__main__":
    hand_over(sys.argv[1:])
