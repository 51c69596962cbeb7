"""People are hired, change their PIN and leave; the journal knows it, and knows neither PIN nor name."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core import clock
from core.database import db, transaction
from core.good_pin import PinTooEasy
from core.journal.chain import JournalRecord
from core.journal.replay import compare
from core.people_mirror import REPLAY
from core.staff import (
    AlreadyRetired,
    LastOwner,
    NameMissing,
    NotYours,
    NotYourself,
    PinNotSixDigits,
    Role,
    Staff,
    StillHere,
    change_pin,
    change_role,
    check_pin,
    correct_name,
    hire,
    retire_staff,
    take_back,
)
from core.text import TooLong
from tests.core.journal.story import records


@pytest.fixture
def owner(core_app: Flask) -> Staff:
    with transaction():
        return hire(name="Nguyễn Thị Lan", role=Role.OWNER, pin="135790", by=None)


def hire_hoa(owner: Staff, pin: str = "246801") -> Staff:
    with transaction():
        return hire(name="Trần Hoa", role=Role.CLERK, pin=pin, by=owner)


def test_a_new_person_signs_in_with_the_pin_and_with_no_other(owner: Staff) -> None:
    hoa = hire_hoa(owner)

    assert check_pin(hoa, "246801")
    assert not check_pin(hoa, "246802")
    assert not check_pin(hoa, "")
    assert not check_pin(owner, "246801")


def test_people_get_codes_of_digits_in_the_order_they_come(owner: Staff) -> None:
    hoa = hire_hoa(owner)

    assert (owner.code, hoa.code) == ("01", "02")
    assert (hoa.role, hoa.works_here, hoa.record_seq) == (Role.CLERK, True, 2)


def test_the_journal_tells_what_happened_and_who_did_it(owner: Staff) -> None:
    hoa = hire_hoa(owner)
    with clock.stopped_at(datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)), transaction():
        change_pin(hoa, "748291", by=hoa)
        retire_staff(hoa, by=owner)

    told = [(record["usr"], record["body"]) for record in records() if record["typ"] == "STAFF"]
    hashed = hoa.name_hash
    hired = {"act": "hired", "code": "02", "name": hashed, "role": "clerk", "retired": None}
    assert told[1:] == [
        ("01", hired),
        ("02", {**hired, "act": "pin"}),
        ("01", {**hired, "act": "retired", "retired": "2030-01-02T03:04:05.000Z"}),
    ]


def test_neither_pin_nor_its_hash_nor_the_name_stands_in_the_journal_or_shows_by_accident(owner: Staff) -> None:
    hoa = hire_hoa(owner)

    journal = " ".join(db.session.scalars(select(JournalRecord.record)))
    for secret in ("246801", hoa.pin_hash, "Trần Hoa", hoa.name_salt, "argon2"):
        assert secret not in journal
        assert secret not in repr(hoa)


def test_two_people_of_one_name_and_pin_have_nothing_in_common_to_see(owner: Staff) -> None:
    one, two = hire_hoa(owner), hire_hoa(owner)

    assert one.name_hash != two.name_hash
    assert one.pin_hash != two.pin_hash


def test_a_changed_pin_replaces_the_old_one(owner: Staff) -> None:
    hoa = hire_hoa(owner)

    with transaction():
        change_pin(hoa, "748291", by=owner)

    assert check_pin(hoa, "748291")
    assert not check_pin(hoa, "246801")


def test_who_has_left_signs_in_no_more_and_cannot_be_changed(owner: Staff) -> None:
    hoa = hire_hoa(owner)
    with transaction():
        retire_staff(hoa, by=owner)

    assert not check_pin(hoa, "246801")
    with pytest.raises(AlreadyRetired, match="Trần Hoa"), transaction():
        change_pin(hoa, "748291", by=owner)
    with pytest.raises(AlreadyRetired), transaction():
        retire_staff(hoa, by=owner)


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "12345a", "\uff11\uff12\uff13\uff14\uff15\uff16", "12 345", "123456\n", "-12345"]
)
def test_a_pin_has_six_digits(owner: Staff, pin: str) -> None:
    hoa = hire_hoa(owner)

    with pytest.raises(PinNotSixDigits), transaction():
        hire(name="Ai đó", role=Role.CLERK, pin=pin, by=owner)
    with pytest.raises(PinNotSixDigits), transaction():
        change_pin(hoa, pin, by=owner)

    db.session.rollback()
    assert len(db.session.scalars(select(Staff)).all()) == 2


def test_a_person_has_a_name(owner: Staff) -> None:
    with pytest.raises(NameMissing), transaction():
        hire(name=" \u200b ", role=Role.CLERK, pin="246801", by=owner)
    with pytest.raises(TooLong), transaction():
        hire(name="a" * 81, role=Role.CLERK, pin="246801", by=owner)


def test_a_name_is_kept_as_it_is_read(owner: Staff) -> None:
    with transaction():
        hoa = hire(name="  Trần   Hoa\u0300 ", role=Role.CLERK, pin="246801", by=owner)

    assert hoa.name == "Trần Hoà"


def test_the_database_knows_the_roles(owner: Staff) -> None:
    with pytest.raises(DBAPIError, match="known_role"), transaction() as session:
        session.execute(text("UPDATE staff SET role = 'boss'"))


def seconds(person: Staff | None, pin: str) -> float:
    began = time.thread_time()  # whatever else the machine does meanwhile is left out
    check_pin(person, pin)
    return time.thread_time() - began


@pytest.mark.slow
def test_an_unknown_person_takes_as_long_as_a_known_one(costly_pins: None, owner: Staff) -> None:
    hoa = hire_hoa(owner)
    with transaction():
        retire_staff(hoa, by=owner)
    check_pin(None, "000000")  # the first one makes nobody's hash

    known, unknown, gone = [], [], []
    for _ in range(15):  # in turn, so that a busy machine slows all three alike
        known.append(seconds(owner, "999999"))
        unknown.append(seconds(None, "999999"))
        gone.append(seconds(hoa, "246801"))

    assert min(unknown) == pytest.approx(min(known), rel=0.2)
    assert min(gone) == pytest.approx(min(known), rel=0.2)
    assert min(known) > 0.01  # a guess costs something


@pytest.fixture
def manager(owner: Staff) -> Staff:
    with transaction():
        return hire(name="Lê Mai", role=Role.MANAGER, pin="802465", by=owner)


@pytest.mark.parametrize(
    "pin",
    [
        "000000", "777777", "123456", "456789", "890123", "987654", "210987",  # rows
        "300000", "121212", "111222", "123123", "123321", "112233", "778899",  # repetitions
        "150890", "010100", "290204", "311299",  # birthdays
        "159753", "147258",  # the pad
    ],
)  # fmt: skip
def test_a_pin_that_is_guessed_easily_is_refused(owner: Staff, pin: str) -> None:
    hoa = hire_hoa(owner)

    with pytest.raises(PinTooEasy), transaction():
        change_pin(hoa, pin, by=hoa)
    assert check_pin(hoa, "246801")


@pytest.mark.parametrize("pin", ["135790", "246801", "748291", "320488", "172839"])  # 32/04 is no day
def test_other_pins_are_taken(owner: Staff, pin: str) -> None:
    with transaction():
        change_pin(owner, pin, by=owner)

    assert check_pin(owner, pin)


def test_a_corrected_name_is_another_hash_in_the_journal_and_nothing_more(owner: Staff) -> None:
    hoa = hire_hoa(owner)
    before = hoa.name_hash

    with transaction():
        correct_name(hoa, " Trần  Hoà ", by=owner)

    told = records()[-1]["body"]
    assert (hoa.name, told["act"], told["name"]) == ("Trần Hoà", "name", hoa.name_hash)
    assert hoa.name_hash != before
    assert compare(REPLAY, db.session()) == []


def test_who_left_comes_back_under_the_old_code_with_a_new_pin(owner: Staff) -> None:
    hoa = hire_hoa(owner)
    with transaction():
        retire_staff(hoa, by=owner)
    with transaction():
        take_back(hoa, pin="748291", by=owner)

    assert (hoa.code, check_pin(hoa, "748291"), check_pin(hoa, "246801")) == ("02", True, False)
    with pytest.raises(StillHere), transaction():
        take_back(hoa, pin="748291", by=owner)
    assert compare(REPLAY, db.session()) == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.OWNER])
def test_only_an_owner_makes_managers_auditors_and_owners(owner: Staff, manager: Staff, role: Role) -> None:
    hoa = hire_hoa(manager)

    with pytest.raises(NotYours), transaction():
        hire(name="Ai đó", role=role, pin="748291", by=manager)
    with pytest.raises(NotYours), transaction():
        change_role(hoa, role, by=manager)
    with pytest.raises(NotYours), transaction():
        change_pin(owner, "748291", by=manager)
    with transaction():
        change_role(hoa, role, by=owner)

    assert hoa.role is role


def test_nobody_changes_their_own_role_or_retires_themselves(owner: Staff, manager: Staff) -> None:
    for person in (owner, manager):
        with pytest.raises(NotYourself), transaction():
            change_role(person, Role.OWNER, by=person)
        with pytest.raises(NotYourself), transaction():
            retire_staff(person, by=person)


def test_a_shop_keeps_an_owner(owner: Staff) -> None:
    with transaction():
        second = hire(name="Bình", role=Role.OWNER, pin="748291", by=owner)
    with transaction():
        retire_staff(second, by=owner)

    with pytest.raises(LastOwner), transaction():
        change_role(owner, Role.CLERK, by=second)  # a page left open by who has left


def test_a_clerk_looks_after_nobody(owner: Staff) -> None:
    hoa = hire_hoa(owner)

    with pytest.raises(NotYours), transaction():
        hire(name="Ai đó", role=Role.CLERK, pin="748291", by=hoa)
    with pytest.raises(NotYours), transaction():
        correct_name(owner, "Hoa", by=hoa)
    with transaction():
        change_pin(hoa, "748291", by=hoa)  # but everybody after their own PIN
