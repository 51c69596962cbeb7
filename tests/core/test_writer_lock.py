"""Several at once: one writes, everybody reads, nobody sells the last jar twice."""

from __future__ import annotations

import threading
import time

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import func, select

from core import database, writer_lock
from core.database import DatabaseBusy, db, transaction
from core.money import Money
from tests.core.trial_tables import Jar, Posting


def take_one(app: Flask, hold: threading.Barrier, sold: list[str], name: str) -> None:
    with app.app_context():
        hold.wait(5)
        with transaction() as session:
            left = session.scalars(select(func.count()).select_from(Posting)).one()
            time.sleep(0.05)  # long enough for the other to look too, if it could
            if left == 0:
                session.add(Posting(jar_id=1, amount=Money(120_000)))
                sold.append(name)


def test_two_tills_cannot_both_sell_the_last_jar(jars: Flask) -> None:
    hold, sold = threading.Barrier(2), list[str]()
    tills = [threading.Thread(target=take_one, args=(jars, hold, sold, name)) for name in ("quầy 1", "quầy 2")]

    for till in tills:
        till.start()
    for till in tills:
        till.join(10)

    assert len(sold) == 1
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Posting)) == 1


def test_a_reader_does_not_wait_for_the_writer_and_sees_what_was_saved(jars: Flask) -> None:
    with transaction() as session:
        session.add(Jar(name="chưa xong"))
        session.flush()
        began = time.perf_counter()
        with db.engine.connect() as reader:
            seen = list(reader.execute(select(Jar.name)).scalars())
        waited = time.perf_counter() - began

    assert seen == ["mật ong"]
    assert waited < 1


def test_a_writer_that_waits_too_long_is_told_that_nothing_was_recorded(
    jars: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_lock, "_PATIENCE_SECONDS", 0.05)
    began, ended = threading.Event(), threading.Event()

    def hold() -> None:
        with jars.app_context(), transaction():
            began.set()
            ended.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    began.wait(5)
    with pytest.raises(DatabaseBusy, match="nothing was recorded"), transaction():
        pass
    ended.set()
    other.join(10)

    with transaction() as session:  # afterwards the lock is free again
        session.add(Jar(name="sau đó"))


def test_a_database_held_by_another_program_is_busy_and_not_broken(
    jars: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.engine.dispose()
    monkeypatch.setitem(database._PRAGMAS, "busy_timeout", 50)
    engine = database.prepare(sa.create_engine(db.engine.url, **database.engine_options("sqlite://")))
    monkeypatch.setitem(db.engines, None, engine)
    with engine.connect() as stranger:
        stranger.exec_driver_sql("COMMIT")  # the BEGIN of this connection was a reader's
        stranger.exec_driver_sql("BEGIN IMMEDIATE")

        with pytest.raises(DatabaseBusy), transaction():
            pass
        stranger.exec_driver_sql("ROLLBACK")
        stranger.exec_driver_sql("BEGIN")

    with transaction() as session:
        session.add(Jar(name="sau đó"))
    engine.dispose()
