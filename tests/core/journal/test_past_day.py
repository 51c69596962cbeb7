"""Which records a past day knows: a table of turned clocks, and the whole held against looking at each record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core import clock
from core.clock import business_day, stopped_at
from core.database import db, transaction
from core.journal.chain import JournalRecord
from core.journal.past_day import ALL, Records, Stretch, records_between, records_until
from core.journal.record import Kind
from tests.core.conftest import make_core_app
from tests.core.journal.story import write

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


def held(records: Records) -> list[int]:
    return list(db.session.scalars(select(JournalRecord.seq).where(records.hold(JournalRecord.seq))))


def of_days(first: date | None, last: date) -> list[int]:
    """The same by looking at every record."""
    rows = db.session.execute(select(JournalRecord.seq, JournalRecord.ts).order_by(JournalRecord.seq))
    return [seq for seq, ts in rows if (first is None or first <= business_day(ts)) and business_day(ts) <= last]


@pytest.fixture
def three_days(core_app: Flask) -> Iterator[clock.Hand]:
    """Two records on each of three days; it is noon of the third."""
    with stopped_at(NOON - 2 * DAY) as hand:
        for _ in range(3):
            write(n=1)
            hand.move(timedelta(hours=1))
            write(n=2)
            hand.move(timedelta(hours=23))
        hand.move(-DAY + timedelta(hours=2))
        yield hand


def test_a_past_day_knows_its_own_records_and_all_before(three_days: clock.Hand) -> None:
    yesterday = TODAY - DAY

    assert held(records_until(yesterday)) == of_days(None, yesterday) == [0, 1, 2, 3, 4]
    assert held(records_between(yesterday, yesterday)) == [3, 4]


def test_today_and_days_to_come_know_every_record(three_days: clock.Hand) -> None:
    assert records_until(TODAY) == records_until(TODAY + DAY) == ALL


def test_before_the_journal_began_nothing_is_known(three_days: clock.Hand) -> None:
    assert held(records_until(TODAY - 30 * DAY)) == []


def test_the_day_begins_at_midnight_in_viet_nam(core_app: Flask) -> None:
    with stopped_at(datetime(2026, 11, 21, 16, 59, 59, 999000, tzinfo=UTC)) as hand:
        write(n=1)
        hand.move(timedelta(milliseconds=1))
        write(n=2)
        hand.move(DAY)

        assert held(records_until(date(2026, 11, 21))) == [0, 1]
        assert held(records_between(date(2026, 11, 22), date(2026, 11, 22))) == [2]


def test_what_a_clock_set_ahead_wrote_belongs_to_the_day_it_named(three_days: clock.Hand) -> None:
    with transaction():
        pass
    three_days.set(NOON + 40 * DAY)
    write(n=3)
    three_days.set(NOON + timedelta(hours=3))
    write(n=4)
    three_days.move(DAY)

    ahead = db.session.scalars(select(JournalRecord.seq).where(JournalRecord.typ == Kind.CLOCK_ADJ)).all()

    assert ahead, "the turn back is told"
    assert held(records_until(TODAY)) == of_days(None, TODAY)
    assert len(records_until(TODAY).stretches) == 2


def test_a_clock_put_back_a_minute_over_midnight_keeps_what_came_after_on_the_new_day(core_app: Flask) -> None:
    midnight = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
    with stopped_at(midnight - timedelta(seconds=60)) as hand:
        write(n=1)
        hand.move(timedelta(seconds=70))
        write(n=2)  # the new day has begun
        hand.instant -= timedelta(seconds=30)
        write(n=3)  # and the clock shows the old one once more
        hand.move(DAY)

        assert not db.session.scalars(select(JournalRecord.seq).where(JournalRecord.typ == Kind.CLOCK_ADJ)).all()
        assert held(records_until(date(2026, 11, 21))) == [0, 1]


STEPS = st.lists(st.integers(-40, 60), min_size=1, max_size=25)


@settings(max_examples=15)
@given(hours=STEPS)
def test_any_past_day_is_what_looking_at_each_record_says(
    hours: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    app = make_core_app(tmp_path_factory.mktemp("past"), "sqlite://")
    with app.app_context(), stopped_at(NOON) as hand:
        db.create_all()
        days = set()
        for step in hours:
            hand.move(timedelta(hours=step))
            write(n=step)
            days.add(clock.today())
        hand.set(NOON + 400 * DAY)

        for day in {one + near * DAY for one in days for near in (-1, 0)}:
            assert held(records_until(day)) == of_days(None, day)
            assert held(records_between(day - DAY, day)) == of_days(day - DAY, day)
        db.session.remove()
        db.engine.dispose()


def test_stretches_say_which_records_they_hold() -> None:
    some = Records((Stretch(0, 4), Stretch(9, None)))

    assert [seq for seq in range(12) if seq in some] == [0, 1, 2, 3, 4, 9, 10, 11]
