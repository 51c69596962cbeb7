"""Records are numbered without gaps, chained, sealed, and written with what they tell or not at all."""

# ruff: noqa: PT012  (a transaction is a block)

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from core import clock
from core.database import WroteOutsideTransaction, db, transaction
from core.journal.chain import JournalRecord, head, next_seq, write_record
from core.journal.record import Kind, NotCanonical
from core.journal.seal import current_terminal
from core.money import Money
from core.staff import Role, hire
from tests.core.journal.story import is_whole, kinds, records, tell, write, write_something

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


def test_the_first_record_says_whose_journal_it_is(any_app: Flask) -> None:
    written = write(n=1)

    genesis, visitor = records()
    key = current_terminal().key
    assert key is not None
    assert (genesis["typ"], genesis["seq"], genesis["body"]) == ("GENESIS", 0, {"pub": key.public})
    assert (visitor["typ"], visitor["seq"], written.seq, visitor["body"]) == ("VISITOR", 1, 1, {"n": 1})
    assert visitor["prev"] == db.session.get_one(JournalRecord, 0).hash


def test_the_envelope_holds_what_was_true(core_app: Flask) -> None:
    with clock.stopped_at(NOON), transaction():
        lan = hire(name="Nguyễn Thị Lan", role=Role.OWNER, pin="135790", by=None)
        price = write_record(Kind.PRICE, {"sku": "1", "price": 5}, by=lan)
        write_record(Kind.VISITOR, {"n": 1}, by=lan, shift=7)

    found = records()[-1]
    assert {name: found[name] for name in ("v", "tid", "ep", "usr", "shift", "cat", "hub", "kid", "ts")} == {
        "v": 1,
        "tid": "T-TEST-1",
        "ep": 0,
        "usr": lan.code,
        "shift": 7,
        "cat": price.hash,
        "hub": None,
        "kid": "k1",
        "ts": "2026-11-22T05:00:00.000Z",
    }
    assert is_whole()


def test_nothing_is_written_outside_a_transaction(core_app: Flask) -> None:
    with pytest.raises(WroteOutsideTransaction):
        write_record(Kind.VISITOR, {"n": 1}, by=None)
    with pytest.raises(WroteOutsideTransaction):
        next_seq()


def test_the_number_asked_for_is_the_number_given(any_app: Flask) -> None:
    with transaction():
        asked = next_seq()
        given = write_record(Kind.VISITOR, {"n": 1}, by=None).seq
        again = next_seq()

    assert (asked, given, again) == (1, 1, 2)


def test_a_number_that_was_taken_back_is_given_again(any_app: Flask) -> None:
    write(n=1)

    with pytest.raises(ZeroDivisionError), transaction():
        write_record(Kind.VISITOR, {"n": 2}, by=None)
        1 / 0  # noqa: B018  (it fails on purpose)
    later = write(n=3)

    assert later.seq == 2
    assert [record["body"].get("n") for record in records()] == [None, 1, 3]
    assert is_whole()


def test_a_savepoint_taken_back_takes_its_record_along(any_app: Flask) -> None:
    with transaction() as session:
        write_record(Kind.VISITOR, {"n": 1}, by=None)
        savepoint = session.begin_nested()
        write_record(Kind.VISITOR, {"n": 2}, by=None)
        savepoint.rollback()
        write_record(Kind.VISITOR, {"n": 3}, by=None)

    assert [record["body"].get("n") for record in records()] == [None, 1, 3]
    assert is_whole()


def test_a_body_that_may_not_stand_in_a_record_takes_everything_back(core_app: Flask) -> None:
    with pytest.raises(NotCanonical, match="float"), transaction():
        write_record(Kind.VISITOR, {"n": 1}, by=None)
        write_record(Kind.PRICE, {"price": 1.5}, by=None)

    assert records() == []


def test_an_amount_below_zero_is_refused(core_app: Flask) -> None:
    with pytest.raises(ValueError, match="positive"):
        write(Kind.SALE, total=-1)


def test_a_record_given_back_does_not_enter_the_database_again(core_app: Flask) -> None:
    with transaction() as session:
        session.add(write_record(Kind.VISITOR, {"n": 1}, by=None))

    assert kinds() == ["GENESIS", "VISITOR"]


@pytest.mark.parametrize("sql", ["UPDATE journal_records SET gross = 0", "DELETE FROM journal_records WHERE seq = 1"])
def test_the_database_itself_keeps_records_as_they_are(any_app: Flask, sql: str) -> None:
    write(n=1)

    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(sql))

    assert kinds() == ["GENESIS", "VISITOR"]


# -- J5


def test_totals_are_the_sums_of_the_bodies_at_every_record(core_app: Flask, size: Callable[[str], int]) -> None:
    tell(size("J5"), seed=5)

    gross = refunded = sales = 0
    for record in records():
        gross += record["body"]["total"] if record["typ"] == "SALE" else 0
        refunded += record["body"]["total"] if record["typ"] == "REFUND" else 0
        sales += record["typ"] == "SALE"
        assert record["tot"] == {"gross": gross, "ref": refunded, "net": gross - refunded, "n": sales}
    newest = head()
    assert newest is not None
    assert (newest.gross, newest.refunded, newest.sales) == (Money(gross), Money(refunded), sales)
    assert {"SALE", "REFUND", "VOID", "TRAINING"} <= set(kinds())


def test_gross_never_falls(core_app: Flask, size: Callable[[str], int]) -> None:
    tell(size("J5"), seed=6)

    gross = [record["tot"]["gross"] for record in records()]

    assert gross == sorted(gross)
    assert gross[-1] > 0


# -- several writers


def test_writers_of_several_threads_leave_one_chain(any_app: Flask) -> None:
    def trade(number: int) -> None:
        with any_app.app_context():
            chance = random.Random(number)
            for _ in range(10):
                with transaction():
                    write_something(chance)

    write(n=0)
    writers = [threading.Thread(target=trade, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert db.session.scalar(select(func.count()).select_from(JournalRecord)) == 42
    assert is_whole()
