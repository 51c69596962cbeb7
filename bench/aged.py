"""A shop after a hundred thousand sales: completing the next one, the check before it opens, verifying it, memory.

Making such a shop takes many minutes, so these figures are asked for by name (`make bench-full`). The variable
AGED_SHOP names one that was made before by `python -m bench.aged_shop FOLDER 100000`; it is copied, never written to.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.aged_shop import ARTICLES, LINES, app_of, counter, make_aged_shop
from bench.crowded_shop import clerk_of_bench, gtin_of
from bench.figure import Figure, Stopwatch, stopwatch
from bench.sale import sell
from bench.start import peak_memory_mb
from core.database import db, transaction
from core.money import Money
from pos.basket import open_basket, scan_into
from pos.data_folder import DataFolder
from pos.quote import quote
from pos.replay import verify_shop
from pos.start_up_check import look_over

SALES = 100_000
SALE_P99_MS, CHECK_S, VERIFY_S, MEMORY_MB = 50, 10, 60, 300


def measure(folder: Path, *, sales: int = SALES, sold_now: int = 1_000) -> Iterator[Figure]:
    """The figures that must not grow with the age of a shop."""
    shop = aged_copy(folder / "aged", sales)
    started = time.perf_counter()
    damage = look_over(shop)
    assert damage is None, damage
    yield Figure("aged_start_up_check", time.perf_counter() - started, "s", CHECK_S)
    with app_of(shop):
        watch = sell_on(sold_now)
    yield Figure("aged_sale_median", watch.median(), "ms")
    yield Figure("aged_sale_p99", watch.percentile(99), "ms", SALE_P99_MS)
    yield Figure("aged_memory_while_selling", peak_memory_mb(os.getpid()), "MB", MEMORY_MB)
    yield from verify_alone(shop)


def aged_copy(path: Path, sales: int) -> DataFolder:
    """A copy of the shop that AGED_SHOP names, or a new one."""
    if kept := os.environ.get("AGED_SHOP"):
        shutil.copytree(kept, path)
        return DataFolder(path)
    return make_aged_shop(path, sales)


def sell_on(sales: int) -> Stopwatch:
    """The next customers of a long-lived shop; the first tenth warms up and is not counted."""
    watch = stopwatch()
    for n in range(sales):
        with transaction():
            basket = open_basket(counter())
            for step in range(LINES):
                scan_into(basket, gtin_of((n * 7 + step * 101) % ARTICLES), by=clerk_of_bench())
            order, total = basket.order_code, Money(quote(basket).total.dong)
        with watch.lap():
            sell(order, total)
    db.session.remove()
    return watch.after(sales // 10)


def verify_alone(shop: DataFolder) -> Iterator[Figure]:
    """`shop verify` in a process of its own, with the most memory that it held."""
    run = [sys.executable, "-m", "bench.aged", str(shop.path)]
    seconds, megabytes = map(float, subprocess.run(run, check=True, capture_output=True, text=True).stdout.split())
    yield Figure("aged_verify", seconds, "s", VERIFY_S)
    yield Figure("aged_verify_memory", megabytes, "MB", MEMORY_MB)


def verify_now(shop: DataFolder) -> None:
    """Verify in this process; prints the seconds it took and its most memory in megabytes."""
    started = time.perf_counter()
    with app_of(shop):
        verdict = verify_shop()
    assert verdict.clean, verdict
    print(time.perf_counter() - started, peak_memory_mb(os.getpid()))


if __name__ == "__main__":
    verify_now(DataFolder(Path(sys.argv[1])))
