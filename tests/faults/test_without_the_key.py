"""J11: the signing key cannot be read for thirty sales: selling goes on, papers say so, a signed OUTAGE ends it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from core.database import db
from core.i18n import use
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from core.journal.seal import current_terminal
from pos.replay import verify_shop
from pos.start_up_check import look_over
from printers.spool import PrintJob, make_paper
from printers.text_writer import as_text
from tests.factories import Shop, build_template, open_shift, opened, receive, records, sell, shop_settings

SALES = 30


def paper_of(number: int) -> str:
    """The customer's paper of a sale."""
    job = db.session.scalars(select(PrintJob).where(PrintJob.number == number)).first()
    assert job is not None
    with use("vi"):
        return as_text(make_paper(job))


@pytest.mark.parametrize("trouble", ["gone", "unreadable", "another key"])
def test_thirty_sales_without_the_key(tmp_path: Path, trouble: str, count: Callable[..., None]) -> None:
    folder = build_template(tmp_path / "shop")
    with opened(folder, shop_settings()) as app:
        shop = Shop(app, folder)
        receive(shop, "mật ong", 100)
        open_shift(shop)
        signed = sell(shop, "mật ong").number
    good = folder.terminal_key.read_bytes()
    folder.terminal_key.unlink()
    if trouble != "gone":
        other = build_template(tmp_path / "other").terminal_key.read_bytes()
        folder.terminal_key.write_bytes(other if trouble == "another key" else b"hong")

    with opened(folder, shop_settings()) as app:
        unsigned = [sell(Shop(app, folder), "mật ong").number for _ in range(SALES)]
        assert current_terminal().trouble
        papers = [paper_of(number) for number in (signed, *unsigned)]
        during = verify_shop()
    assert look_over(folder) is None
    folder.terminal_key.write_bytes(good)
    with opened(folder, shop_settings()) as app:
        after = sell(Shop(app, folder), "mật ong").number
        rows = list(db.session.execute(select(JournalRecord.typ, JournalRecord.sig, JournalRecord.seq)))
        closed = [record["body"] for record in records(Kind.OUTAGE)]
        verdict = verify_shop()

    without = [seq for _, sig, seq in rows if sig is None]
    assert ["CHƯA KÝ" in paper for paper in papers] == [False, *[True] * SALES]
    assert sum(typ == Kind.SALE for typ, sig, _ in rows if sig is None) == SALES
    assert closed == [{"first": without[0], "last": without[-1]}]
    assert without == list(range(without[0], without[-1] + 1))
    assert during.report.outage_open or trouble == "another key"  # which verify names a fault of its own
    assert verdict.clean
    assert look_over(folder) is None
    assert after == SALES + 2
    count(f"J11: sales while the key was {trouble}", unsigned=SALES)
