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
if __name__ == "__main__":
    if _OWN_PYTHON.exists() and Path(sys.prefix) != _OWN_PYTHON.parents[1]:
        os.execv(_OWN_PYTHON, [str(_OWN_PYTHON), *sys.argv])
    sys.path[0] = str(_PROJECT)

import argparse  # noqa: E402
import json  # noqa: E402
import tempfile  # noqa: E402

from bench.replay.replay import Replayed, replay  # noqa: E402
from bench.replay.sales_file import NotASalesFile  # noqa: E402
from bench.replay.shop import NotAReplayShop  # noqa: E402


def main(words: list[str] | None = None) -> int:
    """Replay, print, and say by the exit code whether everything agrees."""
    asked = argparse.ArgumentParser(description="Play a neutral sales file through the till.")
    asked.add_argument("file", type=Path, help="CSV, plain or gzipped")
    asked.add_argument("--data", type=Path, help="folder of the shop that is replayed in; else a temporary one")
    asked.add_argument("--days", type=int, help="only the file's first so many days")
    given = asked.parse_args(words)
    try:
        with tempfile.TemporaryDirectory(prefix="replay_") as folder:
            done = replay(given.file, given.data or Path(folder) / "shop", days=given.days)
    except (NotASalesFile, NotAReplayShop, OSError) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(json.dumps(done.sums))
    print(json.dumps(done.report, ensure_ascii=False, indent=1), file=sys.stderr)
    return 0 if done.agrees else 1


__all__ = ["Replayed", "main"]

if __name__ == "__main__":
    sys.exit(main())
