"""The inspector's pages in a shop of five hundred articles, two lots of each, with some trade behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.crowded_shop import PIN, crowded_shop
from bench.figure import Figure, Stopwatch, stopwatch
from bench.on_hand import sell_for_years
from core.database import db
from core.staff import Role, Staff
from pos.inspection.inspection import GROUPS

PRODUCTS, MOVES = 500, 60_000
PAGE_P95_MS, BOOKLET_S = 200, 20
FRONT = "/inspection"


def measure(folder: Path, *, rounds: int = 8) -> Iterator[Figure]:
    """Every list of today; the front page makes all of them at once, the booklet draws them, too."""
    with crowded_shop(folder / "inspection", PRODUCTS) as app:
        sell_for_years(PRODUCTS, MOVES, days=0, lots=2)
        app.config["WTF_CSRF_ENABLED"] = False
        client = app.test_client()
        owner = db.session.query(Staff).filter_by(role=Role.OWNER).one().id
        db.session.remove()
        signed = client.post("/sign-in", data={"staff": owner, "pin": PIN}, base_url="http://127.0.0.1")
        assert signed.status_code == 303, signed.data

        def ask(address: str, times: int) -> Stopwatch:
            watch = stopwatch()
            for _ in range(times):
                with watch.lap():
                    answer = client.get(address, base_url="http://127.0.0.1")
                assert answer.status_code == 200, answer.data[-2000:]
            return watch

        ask(FRONT, 1)
        lists = [lap for group in GROUPS for name in group.names for lap in ask(f"/inspection/{name}", rounds).took]
        front, booklet = ask(FRONT, rounds), ask("/inspection/booklet.pdf", 1)
    yield Figure("inspection_list_p95", Stopwatch(lists).percentile(95), "ms", PAGE_P95_MS)
    yield Figure("inspection_front_median", front.median(), "ms")
    yield Figure("inspection_booklet", booklet.median() / 1000, "s", BOOKLET_S)
