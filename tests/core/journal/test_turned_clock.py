"""A clock that was turned never stops a sale; it is written down, and order goes by number."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from core import clock
from core.database import transaction
from core.journal.chain import next_seq, write_record
from core.journal.record import Kind
from tests.core.journal.story import is_whole, kinds, records, write

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "mono", "turned_ms"),
    [
        (timedelta(minutes=10), timedelta(minutes=10), None),  # time passed
        (timedelta(seconds=120), timedelta(0), None),  # within what is tolerated
        (timedelta(seconds=121), timedelta(0), 121_000),
        (timedelta(seconds=-121), timedelta(0), -121_000),
        (timedelta(days=-1), timedelta(minutes=1), -86_460_000),
        (timedelta(days=4000), timedelta(minutes=1), 345_599_940_000),
        (timedelta(0), timedelta(hours=5), -18_000_000),  # set back while the shop was asleep
    ],
)
def test_a_clock_that_was_turned_is_written_down_and_the_sale_goes_on(
    core_app: Flask, monkeypatch: pytest.MonkeyPatch, wall: timedelta, mono: timedelta, turned_ms: int | None
) -> None:
    with clock.stopped_at(NOON) as hand:
        monkeypatch.setattr(clock, "monotonic_ms", lambda: 50_000)
        write(n=1)
        monkeypatch.setattr(clock, "monotonic_ms", lambda: 50_000 + mono // timedelta(milliseconds=1))
        hand.move(wall)
        write(n=2)

    turned = [record["body"] for record in records() if record["typ"] == "CLOCK_ADJ"]
    assert [body["ms"] for body in turned] == ([] if turned_ms is None else [turned_ms])
    assert records()[-1]["body"] == {"n": 2}
    assert is_whole()


def test_over_a_restart_only_a_clock_that_went_back_is_noticed(core_app: Flask) -> None:
    with clock.stopped_at(NOON):
        write(n=1)
    with clock.stopped_at(NOON + timedelta(days=30)):
        write(n=2)
    with clock.stopped_at(NOON):
        write(n=3)

    assert kinds() == ["GENESIS", "VISITOR", "VISITOR", "CLOCK_ADJ", "VISITOR"]
    assert records()[3]["body"] == {
        "expected": "2026-12-22T05:00:00.000Z",
        "found": "2026-11-22T05:00:00.000Z",
        "ms": -2_592_000_000,
        "restarted": True,
    }


def test_the_number_asked_for_stands_behind_the_turned_clock(core_app: Flask) -> None:
    with clock.stopped_at(NOON) as hand:
        write(n=1)
        hand.move(timedelta(days=-1))
        with transaction():
            asked = next_seq()
            given = write_record(Kind.VISITOR, {"n": 2}, by=None).seq

    assert asked == given == 3
    assert kinds() == ["GENESIS", "VISITOR", "CLOCK_ADJ", "VISITOR"]
