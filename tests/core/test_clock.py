"""The clock: Viet Nam's days, a clock that can be set, and the periods of reports."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.clock import Period

NEW_YEAR = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # midnight in Viet Nam
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def test_now_is_in_utc_to_the_millisecond():
    before = datetime.now(UTC)

    now = clock.now()

    assert now.utcoffset() == timedelta(0)
    assert now.microsecond % 1000 == 0
    assert timedelta(seconds=-1) < now - before < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (NEW_YEAR, date(2027, 1, 1)),
        (NEW_YEAR - timedelta(milliseconds=1), date(2026, 12, 31)),
        (datetime(2026, 11, 22, 23, 30, tzinfo=timezone(timedelta(hours=7))), date(2026, 11, 22)),
        (datetime(2024, 2, 28, 17, 0, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_a_business_day_is_a_day_in_viet_nam(instant, day):
    assert clock.business_day(instant) == day


def test_an_instant_without_a_zone_is_refused():
    naive = datetime(2026, 11, 22, 8, 0)  # noqa: DTZ001  (without a zone on purpose)

    with pytest.raises(ValueError, match="time zone"):
        clock.business_day(naive)
    with pytest.raises(ValueError, match="time zone"), clock.stopped_at(naive):
        pass


def test_a_stopped_clock_moves_only_by_hand():
    with clock.stopped_at(NEW_YEAR - timedelta(microseconds=1)) as hand:
        assert clock.now() == NEW_YEAR - timedelta(milliseconds=1)
        assert clock.today() == date(2026, 12, 31)

        hand.move(timedelta(hours=1))
        assert clock.today() == date(2027, 1, 1)

        hand.set(NEW_YEAR + timedelta(days=40))
        assert clock.today() == date(2027, 2, 10)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_every_thread_sees_the_stopped_clock():
    seen = []
    with clock.stopped_at(NEW_YEAR):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()

    assert seen == [NEW_YEAR]


def test_a_set_clock_can_run_on():
    with clock.ticking_from(NEW_YEAR):
        first = clock.now()
        time.sleep(0.02)
        second = clock.now()

    assert timedelta(0) <= first - NEW_YEAR < timedelta(seconds=5)
    assert second - first >= timedelta(milliseconds=15)


def test_blocks_that_set_the_clock_can_stand_in_each_other():
    with clock.stopped_at(NEW_YEAR):
        with clock.stopped_at(NEW_YEAR + timedelta(days=1)):
            assert clock.now() == NEW_YEAR + timedelta(days=1)
        assert clock.now() == NEW_YEAR


def test_the_clock_runs_again_after_an_error():
    with pytest.raises(KeyError), clock.stopped_at(NEW_YEAR):
        raise KeyError

    assert clock.now() < NEW_YEAR or clock.now() > NEW_YEAR + timedelta(seconds=1)


def test_the_machines_count_of_milliseconds_only_grows():
    before = clock.monotonic_ms()
    time.sleep(0.01)

    assert 5 <= clock.monotonic_ms() - before < 5_000


def test_a_set_clock_is_a_run_of_its_own_in_which_no_time_is_lost():
    machine = clock.boot_id()
    with clock.stopped_at(NEW_YEAR) as hand:
        run, began = clock.boot_id(), clock.monotonic_ms()
        hand.move(timedelta(days=400))
        assert clock.monotonic_ms() - began == timedelta(days=400) // timedelta(milliseconds=1)
        assert clock.boot_id() == run != machine
    with clock.stopped_at(NEW_YEAR):
        assert clock.boot_id() not in (run, machine)

    assert clock.boot_id() == machine


def test_a_clock_that_is_put_back_does_not_undo_what_passed():
    with clock.stopped_at(NEW_YEAR) as hand:
        began = clock.monotonic_ms()
        hand.move(timedelta(hours=-3))

        assert clock.now() == NEW_YEAR - timedelta(hours=3)
        assert clock.monotonic_ms() == began


def test_a_clock_set_and_ticking_counts_like_the_machine():
    with clock.ticking_from(NEW_YEAR):
        began, first = clock.monotonic_ms(), clock.now()
        time.sleep(0.02)
        counted, shown = clock.monotonic_ms() - began, clock.now() - first

    assert abs(timedelta(milliseconds=counted) - shown) <= timedelta(milliseconds=5)


def test_a_boot_has_one_name():
    assert clock.boot_id() == clock.boot_id()
    assert len(clock.boot_id()) == 36


STATE_PERIODS = [
    # period, a day in it, first day, last day (QĐ 01/2023/QĐ-UBND Khánh Hòa, Điều 4)
    (clock.state_month, date(2026, 11, 14), date(2026, 10, 15), date(2026, 11, 14)),
    (clock.state_month, date(2026, 11, 15), date(2026, 11, 15), date(2026, 12, 14)),
    (clock.state_month, date(2026, 12, 15), date(2026, 12, 15), date(2027, 1, 14)),
    (clock.state_month, date(2027, 1, 1), date(2026, 12, 15), date(2027, 1, 14)),
    (clock.state_month, date(2024, 2, 29), date(2024, 2, 15), date(2024, 3, 14)),
    (clock.state_quarter, date(2026, 12, 14), date(2026, 9, 15), date(2026, 12, 14)),
    (clock.state_quarter, date(2026, 12, 15), date(2026, 12, 15), date(2027, 3, 14)),
    (clock.state_quarter, date(2024, 2, 29), date(2023, 12, 15), date(2024, 3, 14)),
    (clock.state_quarter, date(2024, 3, 15), date(2024, 3, 15), date(2024, 6, 14)),
    (clock.state_half_year, date(2026, 6, 14), date(2025, 12, 15), date(2026, 6, 14)),
    (clock.state_half_year, date(2026, 6, 15), date(2026, 6, 15), date(2026, 12, 14)),
    (clock.state_half_year, date(2026, 12, 31), date(2026, 12, 15), date(2027, 6, 14)),
    (clock.state_nine_months, date(2026, 9, 14), date(2025, 12, 15), date(2026, 9, 14)),
    (clock.state_nine_months, date(2026, 12, 14), date(2025, 12, 15), date(2026, 9, 14)),  # asked late in the year
    (clock.state_nine_months, date(2026, 12, 15), date(2026, 12, 15), date(2027, 9, 14)),
    (clock.state_year, date(2026, 12, 14), date(2025, 12, 15), date(2026, 12, 14)),
    (clock.state_year, date(2026, 12, 15), date(2026, 12, 15), date(2027, 12, 14)),
    (clock.calendar_month, date(2024, 2, 10), date(2024, 2, 1), date(2024, 2, 29)),
    (clock.calendar_month, date(2025, 2, 28), date(2025, 2, 1), date(2025, 2, 28)),
    (clock.calendar_quarter, date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    (clock.calendar_half_year, date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30)),
    (clock.calendar_half_year, date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31)),
    (clock.calendar_nine_months, date(2026, 12, 1), date(2026, 1, 1), date(2026, 9, 30)),
    (clock.calendar_year, date(2026, 5, 5), date(2026, 1, 1), date(2026, 12, 31)),
]


@pytest.mark.parametrize(("period", "day", "first", "last"), STATE_PERIODS)
def test_a_report_has_its_exact_days(period, day, first, last):
    assert period(day) == Period(first, last)


@given(DAYS, st.sampled_from([clock.state_month, clock.state_quarter, clock.state_half_year, clock.state_year]))
def test_state_periods_follow_each_other_without_a_gap(day, period):
    this = period(day)

    after = period(this.last + timedelta(days=1))

    assert this.holds(day)
    assert (this.first.day, this.last.day) == (15, 14)
    assert after.first == this.last + timedelta(days=1)


@given(DAYS)
def test_longer_state_periods_are_made_of_shorter_ones(day):
    month, quarter, half, year = (
        clock.state_month(day),
        clock.state_quarter(day),
        clock.state_half_year(day),
        clock.state_year(day),
    )

    assert year.first <= half.first <= quarter.first <= month.first
    assert month.last <= quarter.last <= half.last <= year.last
    assert clock.state_nine_months(day).first == year.first


def test_a_period_holds_its_ends():
    period = Period(date(2026, 1, 1), date(2026, 1, 2))

    assert [period.holds(date(2025, 12, 31) + timedelta(days=n)) for n in range(4)] == [False, True, True, False]
