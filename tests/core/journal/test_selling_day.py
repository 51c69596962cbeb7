"""A clock that was set back makes nothing fresh again; a clock that is right again is believed at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from core import clock
from core.database import transaction
from core.journal.selling_day import call_clock_right, clock_in_doubt, selling_day
from core.staff import Role, Staff, hire
from tests.core.journal.story import is_whole, kinds, write

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


class Machine:
    """A machine whose clock is turned by hand while its own count of milliseconds goes on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.wall, self.ms, self.run = NOON, 50_000, "first run"
        monkeypatch.setattr(clock._source, "read", lambda: self.wall)
        monkeypatch.setattr(clock._source, "count", lambda: self.ms)
        monkeypatch.setattr(clock, "boot_id", lambda: self.run)

    def passes(self, step: timedelta) -> None:
        self.wall += step
        self.ms += step // timedelta(milliseconds=1)

    def is_turned(self, step: timedelta) -> None:
        self.wall += step

    def restarts(self, showing: datetime) -> None:
        self.wall, self.ms, self.run = showing, 1_000, f"{self.run}+"


@pytest.fixture
def machine(core_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    yield Machine(monkeypatch)
    assert is_whole()


def test_a_clock_that_goes_right_is_believed(machine: Machine) -> None:
    assert selling_day() == TODAY
    write(n=1)
    machine.passes(timedelta(days=3))

    assert selling_day() == TODAY + timedelta(days=3)
    assert clock_in_doubt() is None


@pytest.mark.parametrize("back", [timedelta(days=1), timedelta(days=365), timedelta(days=20_000)])
def test_set_back_the_day_stays_before_and_after_it_is_told(machine: Machine, back: timedelta) -> None:
    write(n=1)
    machine.is_turned(-back)

    assert selling_day() == TODAY
    write(n=2)
    assert selling_day() == TODAY
    machine.passes(timedelta(days=2))
    assert selling_day() == TODAY + timedelta(days=2)
    machine.is_turned(back)
    write(n=3)
    assert selling_day() == TODAY + timedelta(days=2)
    assert clock_in_doubt() is None


def test_a_jump_ahead_that_is_taken_back_leaves_nothing_behind(machine: Machine) -> None:
    write(n=1)
    machine.is_turned(timedelta(days=4076))
    write(n=2)
    machine.passes(timedelta(days=1))
    assert selling_day() == TODAY + timedelta(days=1)
    machine.is_turned(-timedelta(days=4076))

    assert selling_day() == TODAY + timedelta(days=1)
    write(n=3)
    assert clock_in_doubt() is None


def test_far_ahead_and_started_anew_the_day_goes_on_until_the_clock_is_set_right(machine: Machine) -> None:
    write(n=1)
    machine.is_turned(timedelta(days=4076))
    write(n=2)
    machine.restarts(machine.wall + timedelta(days=2))
    assert selling_day() == TODAY + timedelta(days=2)
    write(n=3)
    machine.restarts(NOON + timedelta(days=3))

    assert selling_day() == TODAY + timedelta(days=3)
    write(n=4)
    machine.passes(timedelta(days=1))
    assert selling_day() == TODAY + timedelta(days=4)


def test_a_few_days_ahead_are_believed(machine: Machine) -> None:
    write(n=1)
    machine.is_turned(timedelta(days=5))
    write(n=2)

    assert selling_day() == TODAY + timedelta(days=5)
    machine.is_turned(-timedelta(days=5))
    assert selling_day() == TODAY


def test_set_back_further_than_it_had_jumped_ahead_counts_for_the_rest(machine: Machine) -> None:
    write(n=1)
    machine.is_turned(timedelta(days=10))
    write(n=2)
    machine.is_turned(-timedelta(days=40))
    write(n=3)

    assert selling_day() == TODAY


def test_an_empty_battery_each_morning_is_caught_up_with_each_day(machine: Machine) -> None:
    write(n=1)
    for day in range(1, 4):
        machine.restarts(datetime(2000, 1, 1, tzinfo=UTC))
        write(n=2)
        assert selling_day() == TODAY + timedelta(days=max(day - 1, 0))
        machine.restarts(NOON + timedelta(days=day))  # set right, and started anew
        assert selling_day() == TODAY + timedelta(days=day)
        write(n=3)


def test_a_clock_in_doubt_twice_is_judged_by_the_later_day(machine: Machine) -> None:
    write(n=1)
    machine.is_turned(-timedelta(days=1))
    write(n=2)
    machine.is_turned(-timedelta(days=1))
    write(n=3)

    assert selling_day() == TODAY


def test_a_manager_says_that_the_clock_is_right(machine: Machine) -> None:
    machine.wall = datetime(2031, 1, 1, tzinfo=UTC)
    with transaction():
        manager: Staff = hire(name="Lan", role=Role.MANAGER, pin="135790", by=None)
    machine.restarts(NOON)
    write(n=1)
    assert selling_day() == date(2031, 1, 1)

    with transaction():
        call_clock_right(by=manager)

    assert selling_day() == TODAY
    assert kinds()[-2:] == ["VISITOR", "CLOCK_RIGHT"]


def test_no_journal_knows_no_better_than_the_clock(machine: Machine) -> None:
    assert selling_day() == TODAY
    write(n=1)
