"""Stock on hand of five thousand products with a million moves: now, of one product, and on a day in the past.

Beside them stands the floor: plain SQLite adding up the same moves from the same index, in the same run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bench.crowded_shop import crowded_shop
from bench.figure import Figure, Stopwatch, stopwatch
from core.clock import today
from core.database import db
from core.journal.past_day import records_until
from inventory.ledger.flow import balances
from inventory.ledger.stock_on_day import stock_on
from inventory.ledger.valuation import valuation_on
from inventory.stock_level import on_hand_by_lot, on_hand_by_product

PRODUCTS, LOTS_OF_EACH, MOVES = 5_000, 4, 1_000_000
DAYS, A_RECORD = 600, 3
ALL_BOUND_MS, ONE_BOUND_MS, LOTS_BOUND_MS = 300, 5, 2_000

_LOTS = """
INSERT INTO lots (number, product_id, supplier_id, owner_id, terms, cost, commission, received_on, best_before, sell_by,
                  producer_lot, papers, record_seq, line)
WITH RECURSIVE again(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM again WHERE n < :of_each)
SELECT number || '-' || n, product_id, supplier_id, owner_id, terms, cost, commission, received_on, best_before,
       sell_by, producer_lot, papers, record_seq, n FROM lots, again
"""
_RECORDS = """
INSERT INTO journal_records (seq, ep, typ, ts, boot, mono, gross, refunded, sales, hash, record)
WITH RECURSIVE told(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM told WHERE n < :records)
SELECT :newest + n, 0, iif(n = 1 AND :days > 0, 'CLOCK_ADJ', 'SALE'),
       strftime('%Y-%m-%dT%H:%M:%f', :first, (n * :days * 86400 / :records) || ' seconds') || 'Z',
       '', 0, 0, 0, 0, 'measured ' || n, '{}' FROM told
"""
_MOVES = """
INSERT INTO stock_moves (lot_id, source, target, quantity, record_seq, line)
WITH RECURSIVE moved(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM moved WHERE n < :moves - 1)
SELECT 1 + (n * 7919) % :lots, 'shelf', 'customer', 1000, :newest + 1 + n / :a_record, 100 + n % :a_record FROM moved
"""
_FLOOR = "SELECT lot_id, source, target, sum(quantity) FROM stock_moves GROUP BY lot_id, source, target"


def measure(folder: Path, *, products: int = PRODUCTS, moves: int = MOVES, rounds: int = 5) -> Iterator[Figure]:
    """What is on hand takes no longer than adding its moves up, and needs no second book beside them."""
    with crowded_shop(folder / "on_hand", products):
        sell_for_years(products, moves)
        ids, past = list(range(1, products + 1)), today() - timedelta(days=DAYS // 2)
        floor = timed(rounds, lambda: db.session.execute(text(_FLOOR)).all())
        everything = timed(rounds, lambda: on_hand_by_product(ids))
        one = timed(rounds * 40, iter_products(products))
        then = timed(rounds, lambda: balances(records_until(past)))
        lots = timed(rounds, lambda: stock_on(past))
        worth = timed(rounds, lambda: valuation_on(past))
    yield Figure("on_hand_floor", floor.median(), "ms")
    yield Figure("on_hand_of_all", everything.median(), "ms", ALL_BOUND_MS)
    yield Figure("on_hand_of_all_by_floor", everything.median() / floor.median(), "times")
    yield Figure("on_hand_of_one_p95", one.percentile(95), "ms", ONE_BOUND_MS)
    yield Figure("on_hand_on_a_past_day", then.median(), "ms", ALL_BOUND_MS)
    yield Figure("on_hand_on_a_past_day_by_floor", then.median() / floor.median(), "times")
    yield Figure("twenty_thousand_lots_of_a_past_day", lots.median(), "ms", LOTS_BOUND_MS)
    yield Figure("what_they_were_worth", worth.median(), "ms", LOTS_BOUND_MS)


def sell_for_years(products: int, moves: int, days: int = DAYS, lots: int = LOTS_OF_EACH) -> None:
    """More lots of each product, and sales of them over so many days; in bulk, nobody has the hours to play them."""
    first = today() - timedelta(days=days)
    with db.engine.begin() as connection:
        newest = connection.execute(text("SELECT max(seq) FROM journal_records")).scalar_one()
        connection.execute(text(_LOTS), {"of_each": lots})
        told = {"newest": newest, "records": moves // A_RECORD + 1, "first": first.isoformat(), "days": days}
        connection.execute(text(_RECORDS), told)
        moved = {"newest": newest, "moves": moves, "lots": products * lots, "a_record": A_RECORD}
        connection.execute(text(_MOVES), moved)


def timed(rounds: int, ask: Callable[[], object]) -> Stopwatch:
    """One question asked so often, each time by a session that has read nothing."""
    watch = stopwatch()
    for _ in range(rounds):
        db.session.remove()
        with watch.lap():
            ask()
    return watch


def iter_products(products: int) -> Callable[[], object]:
    """The lots of one product after the other, as a scan at the till asks for them."""
    numbers = iter(range(1, 1_000_000))
    return lambda: on_hand_by_lot([1 + next(numbers) * 613 % products])
