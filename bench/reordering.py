"""What to ask every producer for: five thousand products, a million moves in two years.

Beside it stands the floor: the same days asked of the same database in one plain statement, in the same run.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bench.crowded_shop import crowded_shop
from bench.figure import Figure, stopwatch
from bench.on_hand import sell_for_years
from core.clock import today
from core.database import db
from inventory.catalogue.producer import producers_at_work
from inventory.reordering.suggestion import producers_in_need, suggestions_for

PRODUCTS, MOVES, DAYS = 5_000, 1_000_000, 729
ALL_BOUND_S, ONE_BOUND_MS = 10, 500

_ARRIVALS = """
INSERT INTO journal_records (seq, ep, typ, ts, boot, mono, gross, refunded, sales, hash, record)
SELECT DISTINCT record_seq, 0, 'GOODS_IN', :first || 'T00:30:00.000Z', '', 0, 0, 0, 0, 'arrived ' || record_seq, '{}'
FROM stock_moves WHERE source = 'producer'
"""
_FLOOR = """
SELECT lots.product_id, date(journal_records.ts, '+7 hours'), sum(stock_moves.quantity)
FROM stock_moves JOIN lots ON lots.id = lot_id JOIN journal_records ON seq = stock_moves.record_seq
GROUP BY 1, 2
"""


def measure(folder: Path, *, products: int = PRODUCTS, moves: int = MOVES) -> Iterator[Figure]:
    """The list of all producers within the time a person waits, one producer's page at once."""
    floor, everything, one = stopwatch(), stopwatch(), stopwatch()
    with crowded_shop(folder / "reordering", products):
        sell_for_years(products, moves, DAYS)
        with db.engine.begin() as connection:
            connection.execute(text(_ARRIVALS), {"first": (today() - timedelta(days=DAYS)).isoformat()})
        with floor.lap():
            db.session.execute(text(_FLOOR)).all()
        db.session.remove()
        with everything.lap():
            found = producers_in_need()
        assert sum(len(one.suggestions) for one in found) == products
        for maker in producers_at_work()[:20]:
            with one.lap():
                suggestions_for(maker)
    yield Figure("suggestions_floor", floor.median() / 1000, "s")
    yield Figure("suggestions_for_all", everything.median() / 1000, "s", ALL_BOUND_S)
    yield Figure("suggestions_for_all_by_floor", everything.median() / floor.median(), "times")
    yield Figure("suggestions_for_one_producer", one.median(), "ms", ONE_BOUND_MS)
