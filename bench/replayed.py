"""How many baskets of a sales file the till plays in a second: twenty-one lines each, as in a wholesaler's month.

A third of the lines is off the list, and every twelfth basket is brought back without a receipt. The file is made here,
so that the figure is the same wherever it is taken; `bench/replay_baskets.py FILE` says the pace of any other one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.figure import Figure
from bench.replay.replay import replay

BASKETS, LINES, ARTICLES = 240, 21, 300
BROUGHT_BACK = 12
OPENS = datetime(2010, 12, 1, 1, tzinfo=UTC)
LEAST = 40  # a second; what is aimed at is 100, on a machine with nothing else to do


def measure(folder: Path, *, baskets: int = BASKETS) -> Iterator[Figure]:
    """The pace of playing alone; stocking the shop and verifying it are not counted."""
    file = folder / "sales.csv"
    file.write_text("\n".join(lines_of(baskets)) + "\n", encoding="utf-8")
    done = replay(file, folder / "replayed")
    assert done.agrees, done.report
    pace = done.report["pace"]
    yield Figure("replay_baskets_per_second", pace["baskets_per_second"], "baskets/s", LEAST, at_least=True)
    yield Figure("replay_cpu_per_basket", pace["cpu_seconds"] / baskets * 1000, "ms")


def lines_of(baskets: int) -> Iterator[str]:
    """A day of a sales file."""
    yield "datetime,basket,sku,name,qty,unit_price"
    for n in range(baskets):
        at = OPENS + n * timedelta(minutes=2)
        sign = -1 if n % BROUGHT_BACK == BROUGHT_BACK - 1 else 1
        for k in range(LINES):
            article = (n * 7 + k * 13) % ARTICLES
            price = 2.95 if k % 3 == 0 else 1.25
            yield f"{at.isoformat()},{n},1{article:04d},Hàng {article},{sign * (1 + k % 12)},{price}"
