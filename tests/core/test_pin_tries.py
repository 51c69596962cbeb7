"""Wrong PINs: a growing wait, then a lock for one person on one device, whatever befalls the clock (X2)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select, update

from core import clock
from core.clock import Hand
from core.database import db, transaction
from core.errors import RuleBroken
from core.journal.replay import compare
from core.people_mirror import REPLAY
from core.pin_tries import (
    LockedOut,
    NothingToUnlock,
    PinTries,
    TooSoon,
    WrongPin,
    WrongPinNowWait,
    locked_out,
    prove,
    unlock,
)
from core.staff import Role, Staff, hire
from tests.core.conftest import make_core_app
from tests.core.journal.story import records

RIGHT, WRONG = "246801", "246802"
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)

Answer = type[RuleBroken] | None


@pytest.fixture
def hand(core_app: Flask) -> Iterator[Hand]:
    with clock.stopped_at(NOON) as hand:
        yield hand


@pytest.fixture
def owner(hand: Hand) -> Staff:
    with transaction():
        return hire(name="Nguyễn Thị Lan", role=Role.OWNER, pin="135790", by=None)


@pytest.fixture
def hoa(owner: Staff) -> Staff:
    with transaction():
        return hire(name="Trần Hoa", role=Role.CLERK, pin=RIGHT, by=owner)


def answer_to(who: Staff | None, pin: str, device: str = "00") -> Answer:
    try:
        prove(who, pin, device=device)
    except RuleBroken as refused:
        return type(refused)
    return None


def wrong_tries(hand: Hand, who: Staff | None, count: int, device: str = "00") -> list[Answer]:
    """Tries that wait as long as they are told to."""
    answers = []
    for _ in range(count):
        answers.append(answer_to(who, WRONG, device))
        hand.move(timedelta(seconds=80))
    return answers


def test_four_slips_cost_nothing_and_the_right_pin_forgets_them(hand: Hand, hoa: Staff) -> None:
    assert [answer_to(hoa, WRONG) for _ in range(4)] == [WrongPin] * 4
    assert answer_to(hoa, RIGHT) is None

    assert [answer_to(hoa, WRONG) for _ in range(4)] == [WrongPin] * 4


def test_from_the_fifth_on_each_wrong_pin_costs_twice_the_wait(hand: Hand, hoa: Staff) -> None:
    for _ in range(4):
        answer_to(hoa, WRONG)

    for seconds in (5, 10, 20, 40, 80):
        with pytest.raises(WrongPinNowWait) as told:
            prove(hoa, WRONG, device="00")
        assert told.value.values["seconds"] == seconds
        hand.move(timedelta(seconds=seconds, milliseconds=-1))
        assert answer_to(hoa, RIGHT) is TooSoon
        hand.move(timedelta(milliseconds=1))

    assert answer_to(hoa, WRONG) is LockedOut


def test_the_tenth_locks_that_person_on_that_device_and_nobody_and_nowhere_else(
    hand: Hand, owner: Staff, hoa: Staff
) -> None:
    answers = wrong_tries(hand, hoa, 10)

    assert answers == [WrongPin] * 4 + [WrongPinNowWait] * 5 + [LockedOut]
    hand.move(timedelta(days=30))
    assert answer_to(hoa, RIGHT) is LockedOut
    assert answer_to(hoa, RIGHT, device="01") is None
    assert answer_to(owner, "135790") is None
    assert [(tries.person, tries.device) for tries in locked_out()] == [("02", "00")]


def test_a_manager_unlocks_and_both_stand_in_the_journal(hand: Hand, owner: Staff, hoa: Staff) -> None:
    wrong_tries(hand, hoa, 10)

    with transaction():
        unlock("02", "00", by=owner)

    assert answer_to(hoa, RIGHT) is None
    told = [(each["usr"], each["body"]) for each in records() if each["typ"] == "LOCKOUT"]
    assert told == [
        (None, {"act": "locked", "code": "02", "device": "00", "locked": True}),
        ("01", {"act": "unlocked", "code": "02", "device": "00", "locked": False}),
    ]
    assert compare(REPLAY, db.session()) == []
    with pytest.raises(NothingToUnlock), transaction():
        unlock("02", "00", by=owner)


def test_a_lock_taken_away_past_the_verbs_is_found(hand: Hand, hoa: Staff) -> None:
    wrong_tries(hand, hoa, 10)

    with transaction() as session:
        session.execute(update(PinTries).values(wrong=0, locked=False))

    assert [(found.table, found.column) for found in compare(REPLAY, db.session())] == [("pin_tries", "locked")]


@pytest.mark.parametrize("days", [-1, 1, -20_000, 4_000])
def test_turning_the_clock_shortens_no_wait(hand: Hand, hoa: Staff, days: int) -> None:
    wrong_tries(hand, hoa, 4)
    answer_to(hoa, WRONG)

    hand.instant += timedelta(days=days)  # somebody turns the clock; no time passes

    assert answer_to(hoa, RIGHT) is TooSoon
    hand.move(timedelta(seconds=5))
    assert answer_to(hoa, RIGHT) is None


def test_a_restart_of_the_machine_begins_the_wait_anew_and_forgets_no_try(core_app: Flask) -> None:
    with clock.stopped_at(NOON) as hand:
        with transaction():
            hoa = hire(name="Trần Hoa", role=Role.CLERK, pin=RIGHT, by=None)
        wrong_tries(hand, hoa, 8)
        answer_to(hoa, WRONG)

    with clock.stopped_at(NOON + timedelta(days=2)) as hand:  # another run of the machine
        assert answer_to(hoa, RIGHT) is TooSoon
        hand.move(timedelta(seconds=79))
        assert answer_to(hoa, RIGHT) is TooSoon
        hand.move(timedelta(seconds=1))
        assert answer_to(hoa, WRONG) is LockedOut

    with clock.stopped_at(NOON + timedelta(days=3)):
        assert answer_to(hoa, RIGHT) is LockedOut


def test_a_shop_started_anew_still_knows_who_is_locked_out(tmp_path: Path) -> None:
    app = make_core_app(tmp_path)
    with app.app_context(), clock.stopped_at(NOON) as hand:
        db.create_all()
        with transaction():
            hoa = hire(name="Trần Hoa", role=Role.CLERK, pin=RIGHT, by=None)
        wrong_tries(hand, hoa, 10)
        db.session.remove()
        db.engine.dispose()

    with make_core_app(tmp_path).app_context():
        assert answer_to(db.session.scalars(select(Staff)).one(), RIGHT) is LockedOut
        db.session.remove()
        db.engine.dispose()


def test_a_try_cut_off_by_a_power_cut_counts(hand: Hand, hoa: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(*about: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("core.pin_tries.fits", power_cut)
    for _ in range(10):
        with pytest.raises(KeyboardInterrupt):
            prove(hoa, RIGHT, device="00")
        hand.move(timedelta(seconds=80))
    monkeypatch.undo()

    assert answer_to(hoa, RIGHT) is LockedOut
    assert len(locked_out()) == 1  # and a manager can unlock it


def at_once(app: Flask, count: int, act: Callable[[], Answer]) -> list[Answer]:
    def alone() -> Answer:
        with app.app_context():
            try:
                return act()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(count) as threads:
        return [one.result() for one in [threads.submit(alone) for _ in range(count)]]


def test_ten_tries_at_once_are_five_tries(core_app: Flask, hand: Hand, hoa: Staff) -> None:
    def guess() -> Answer:
        return answer_to(db.session.scalars(select(Staff).where(Staff.code == "02")).one(), WRONG)

    answers = at_once(core_app, 10, guess)

    assert answers.count(TooSoon) == 5
    db.session.rollback()
    assert db.session.get(PinTries, ("02", "00")).wrong == 5


def test_somebody_who_is_not_there_gets_the_answers_of_somebody_who_is(hand: Hand, hoa: Staff) -> None:
    assert wrong_tries(hand, None, 11) == wrong_tries(hand, hoa, 11, device="01")
    assert [tries.person for tries in locked_out()] == ["02"]  # nobody has to unlock nobody


def effort(number: int, device: str) -> tuple[float, int]:
    """Seconds of work, and statements to the database: whatever else the machine does meanwhile is left out."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    db.session.rollback()  # as in a new request, nothing is known yet
    event.listen(db.engine, "before_cursor_execute", note)
    began = time.thread_time()
    answer_to(db.session.get(Staff, number), WRONG, device)
    worked = time.thread_time() - began
    event.remove(db.engine, "before_cursor_execute", note)
    return worked, len(asked)


@pytest.mark.slow
@pytest.mark.parametrize("before", [0, 5], ids=["at the first try", "while waiting"])
def test_known_and_unknown_answer_within_a_fifth_of_the_time(costly_pins: None, core_app: Flask, before: int) -> None:
    with transaction():
        hoa = hire(name="Trần Hoa", role=Role.CLERK, pin=RIGHT, by=None)
    answer_to(None, WRONG, "warm")  # the first one makes nobody's hash
    known, unknown = [], []
    for number in range(12):  # in turn, so that a busy machine slows both alike
        for who, id_, times in ((hoa, hoa.id, known), (None, 99, unknown)):
            for _ in range(before):
                answer_to(who, WRONG, f"{number}")
            times.append(effort(id_, f"{number}"))

    assert min(unknown)[0] == pytest.approx(min(known)[0], rel=0.2)
    assert {count for _, count in unknown} == {count for _, count in known}
    assert min(known)[0] > 0.01  # a guess costs something
