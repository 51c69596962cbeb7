"""One way to write: everything or nothing, the lock first, on connections that can be trusted."""

# ruff: noqa: PT012  (a transaction is a block)

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from core import database
from core.database import OldSqlite, WrongPragma, WroteOutsideTransaction, after_commit, db, transaction
from core.money import Money
from core.writer_lock import NestedWriter
from tests.core.conftest import make_core_app
from tests.core.trial_tables import Jar, Posting, Trial, names

# -- the connection


def test_every_connection_has_the_settings_that_the_shops_data_depend_on(jars: Flask) -> None:
    with db.engine.connect() as first, db.engine.connect() as second:  # two at once: the pool had to open another
        for connection in (first, second):
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "recursive_triggers")
            }
            assert found == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "busy_timeout": 10_000,
                "recursive_triggers": 1,
            }


def test_the_sqlite_that_runs_is_the_one_that_was_checked(jars: Flask) -> None:
    said = db.session.scalar(text("SELECT sqlite_version()"))

    assert said == ".".join(map(str, database.sqlite_version()))
    assert database.sqlite_version() >= (3, 51, 3)


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2)])
def test_a_sqlite_that_can_corrupt_the_shop_refuses_to_start_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...]
) -> None:
    monkeypatch.setattr(database, "sqlite_version", lambda: version)

    with pytest.raises(OldSqlite, match=r"can corrupt the shop's data.*3\.51\.3.*pysqlite3"):
        make_core_app(tmp_path)

    assert not (tmp_path / "shop.sqlite").exists()


def test_the_first_good_sqlite_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "sqlite_version", lambda: (3, 51, 3))

    with make_core_app(tmp_path).app_context():
        assert db.session.scalar(text("SELECT 1")) == 1
        db.session.remove()
        db.engine.dispose()


def test_a_setting_that_sqlite_does_not_take_stops_the_connection(
    core_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.engine.dispose()
    monkeypatch.setitem(database._PRAGMAS, "synchronous", 7)  # there is no such level; SQLite takes it modulo 4
    prepared = database.prepare(sa.create_engine(db.engine.url, **database.engine_options("sqlite://")))

    with pytest.raises(WrongPragma, match="synchronous"):
        prepared.connect()


def test_a_database_in_memory_serves_the_small_tests(tmp_path: Path) -> None:
    with make_core_app(tmp_path, "sqlite://").app_context():
        Trial.metadata.create_all(db.engine)
        with transaction() as session:
            session.add(Jar(name="mật ong"))

        assert names() == ["mật ong"]
        db.session.remove()
        db.engine.dispose()


def test_names_of_constraints_follow_one_pattern() -> None:
    found = {str(constraint.name) for constraint in Posting.__table__.constraints}

    assert found == {"pk_postings", "ck_postings_amount_positive", "fk_postings_jar_id"}


# -- the transaction


def test_a_block_that_ends_has_saved_everything(any_app: Flask) -> None:
    Trial.metadata.create_all(db.engine)

    with transaction() as session:
        session.add_all([Jar(name="một"), Jar(name="hai")])

    assert names() == ["một", "hai"]


def test_a_block_that_fails_has_saved_nothing(any_app: Flask) -> None:
    Trial.metadata.create_all(db.engine)

    with pytest.raises(ZeroDivisionError), transaction() as session:
        session.add(Jar(name="một"))
        session.flush()
        1 / 0  # noqa: B018  (it fails on purpose)

    assert names() == []
    with transaction() as session:
        session.add(Jar(name="hai"))
    assert names() == ["hai"]


def test_a_transaction_in_a_transaction_is_refused_and_nothing_is_saved(jars: Flask) -> None:
    with pytest.raises(WroteOutsideTransaction, match="nested"), transaction() as session:
        session.add(Jar(name="ngoài"))
        with transaction():
            pass

    assert names() == ["mật ong"]


def test_the_same_thread_cannot_wait_for_itself_through_another_app_context(jars: Flask) -> None:
    with pytest.raises(NestedWriter), transaction(), jars.app_context(), transaction():
        pass


def test_work_left_unsaved_before_the_block_is_refused(jars: Flask) -> None:
    db.session.add(Jar(name="bỏ quên"))

    with pytest.raises(WroteOutsideTransaction, match="before"), transaction():
        pass


def test_a_change_made_before_the_block_is_refused(jars: Flask) -> None:
    jar = db.session.scalars(select(Jar)).one()
    jar.name = "tên khác"

    with pytest.raises(WroteOutsideTransaction, match="before"), transaction():
        pass


def test_nobody_else_commits(jars: Flask) -> None:
    db.session.scalars(select(Jar)).all()

    with pytest.raises(WroteOutsideTransaction, match="Only transaction"):
        db.session.commit()


def test_nobody_commits_in_the_middle_of_a_block(jars: Flask) -> None:
    with pytest.raises(WroteOutsideTransaction), transaction() as session:
        session.add(Jar(name="nửa chừng"))
        session.commit()

    assert names() == ["mật ong"]


def test_a_block_whose_transaction_was_taken_back_inside_does_not_end_as_if_saved(jars: Flask) -> None:
    with pytest.raises(WroteOutsideTransaction, match="ended inside"), transaction() as session:
        session.rollback()
        session.add(Jar(name="lạc"))

    assert names() == ["mật ong"]


def test_rows_are_not_written_outside_a_transaction(jars: Flask) -> None:
    db.session.add(Jar(name="ngoài"))

    with pytest.raises(WroteOutsideTransaction, match="only written inside"):
        db.session.flush()
    db.session.rollback()

    assert names() == ["mật ong"]


def test_what_was_read_before_the_block_is_read_afresh_inside(jars: Flask) -> None:
    jar = db.session.scalars(select(Jar)).one()
    with db.engine.begin() as other:
        other.execute(text("UPDATE jars SET name = 'đã đổi'"))
    assert jar.name == "mật ong"

    with transaction():
        inside = jar.name

    assert inside == "đã đổi"


def test_a_savepoint_taken_back_leaves_the_rest(jars: Flask) -> None:
    with transaction() as session:
        session.add(Jar(name="giữ"))
        session.flush()
        savepoint = session.begin_nested()
        session.add(Jar(name="bỏ"))
        session.flush()
        savepoint.rollback()

    assert names() == ["mật ong", "giữ"]


# -- after the commit


def test_what_waits_for_the_commit_is_done_in_order_and_only_then(jars: Flask) -> None:
    done: list[str] = []

    with transaction() as session:
        session.add(Jar(name="hai"))
        after_commit(lambda: done.append(f"một sau {committed()}"))
        after_commit(lambda: done.append("hai"))
        inside = list(done)

    assert inside == []
    assert done == ["một sau 2", "hai"]


def committed() -> int:
    with db.engine.connect() as other:
        return other.execute(select(func.count()).select_from(Jar)).scalar_one()


def test_what_waits_for_a_commit_that_fails_is_never_done(jars: Flask) -> None:
    done: list[str] = []

    with pytest.raises(ZeroDivisionError), transaction():
        after_commit(lambda: done.append("không"))
        1 / 0  # noqa: B018  (it fails on purpose)

    assert done == []


def test_one_that_fails_does_not_keep_the_next_from_being_done(jars: Flask) -> None:
    done: list[str] = []

    with pytest.raises(ZeroDivisionError), transaction() as session:
        session.add(Jar(name="hai"))
        after_commit(lambda: 1 // 0)
        after_commit(lambda: done.append("vẫn làm"))

    assert done == ["vẫn làm"]
    assert names() == ["mật ong", "hai"]  # the commit stands


def test_nothing_waits_for_a_commit_outside_a_transaction(jars: Flask) -> None:
    with pytest.raises(WroteOutsideTransaction):
        after_commit(lambda: None)


def test_a_broken_rule_of_a_column_is_the_databases_answer_and_saves_nothing(any_app: Flask) -> None:
    Trial.metadata.create_all(db.engine)

    with pytest.raises(DBAPIError, match="amount_positive"), transaction() as session:
        session.add(Posting(amount=Money(0)))

    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Posting)) == 0


def test_the_log_stays_quiet_when_all_is_well(jars: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), transaction() as session:
        session.add(Jar(name="yên"))

    assert caplog.text == ""
