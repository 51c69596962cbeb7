"""A backup while the shop sells twenty times a second: how long the shop is copied, and what a sale feels of it.

The backup is made by the child process, as at a running shop; checking and packing go on after the copying, and the
selling goes on as long as the child works. In the full run the shop has a hundred thousand sales.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import select

from bench.aged import aged_copy
from bench.aged_shop import counter
from bench.crowded_shop import bench_settings, clerk_of_bench
from bench.figure import Figure, Stopwatch, stopwatch
from bench.sale import sell
from core.backup_key import make_key
from core.database import db, transaction
from core.quantity import ONE
from inventory.catalogue.product import Product
from pos.app import create_shop_app
from pos.backups.backup import Order, Outcome
from pos.backups.worker import run_child
from pos.basket import add_product, open_basket
from pos.data_folder import DataFolder
from pos.quote import quote

COPY_BOUND_S, SALE_BOUND_MS = 2, 250
PAUSE_S = 1 / 20
LINES = 3
BEFORE_S = 5
PASSPHRASE = "not a secret at all"


def measure(folder: Path, *, sales: int) -> Iterator[Figure]:
    """The copying and the slowest sale; beside it the slowest sale of the seconds before, when nothing was copied."""
    shop, place = aged_copy(folder / "shop", sales), folder / "place"
    place.mkdir()
    order = Order(shop, tid_of(shop), place=place, key=make_key(PASSPHRASE), greeting="bench")
    app = create_shop_app(bench_settings(), shop)
    app.extensions["journal_terminal"].tid = order.tid
    done: list[Outcome | None] = []
    with app.app_context():
        before = sell_for(lambda since: since > BEFORE_S)
        child = threading.Thread(target=lambda: done.append(run_child(order)))
        child.start()
        during = sell_for(lambda since: not child.is_alive())
        db.session.remove()
        db.engine.dispose()
    outcome = done[0]
    assert outcome is not None
    assert outcome.trouble is None, outcome.detail
    yield Figure("backup_copies_the_shop", outcome.copy_ms / 1000, "s", COPY_BOUND_S)
    yield Figure("backup_copied_checked_encrypted_placed", outcome.took_ms / 1000, "s")
    yield Figure("slowest_sale_before_the_backup", max(before.took), "ms")
    yield Figure("slowest_sale_during_the_backup", max(during.took), "ms", SALE_BOUND_MS)
    yield Figure("sales_during_the_backup", len(during.took), "sales")


def tid_of(shop: DataFolder) -> str:
    """Which terminal the shop is, by its own records."""
    with sqlite.connect(shop.database) as file:
        (record,) = file.execute("SELECT record FROM journal_records WHERE seq = 0").fetchone()
    return str(json.loads(record)["tid"])


def sell_for(is_over: Callable[[float], bool]) -> Stopwatch:
    """Twenty customers a second, until it is over; the first ten warm up."""
    watch, began, n = stopwatch(), time.monotonic(), 0
    products = [product.id for product in db.session.scalars(select(Product).order_by(Product.id).limit(60))]
    while not is_over(time.monotonic() - began):
        due = began + n * PAUSE_S
        time.sleep(max(0, due - time.monotonic()))
        with transaction() as session:
            basket, clerk = open_basket(counter()), clerk_of_bench()
            for step in range(LINES):
                add_product(basket, session.get_one(Product, products[(n * 7 + step * 11) % 60]), ONE, by=clerk)
            order, total = basket.order_code, quote(basket).total
        with watch.lap():
            sell(order, total)
        n += 1
    return watch.after(10)
