"""The database: what a table is made from, how a connection is prepared, and the one way to write."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, NoReturn, cast

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, MetaData, Table, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction

from core.append_only import AppendOnly, NeverEdited, append_only_ddl, guard
from core.columns import Choice, MoneyType, QuantityType, UtcInstant
from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.quantity import Quantity
from core.writer_lock import lock_for

__all__ = ["AppendOnly", "Base", "NeverEdited", "after_commit", "append_only_ddl", "db", "transaction"]

# From 3.7.0 to 3.51.2 two connections that reset the WAL at the same time could corrupt the file
# (release notes of SQLite 3.51.3). docs/decisions.md, 2.
OLDEST_SQLITE = (3, 51, 3)
_BUSY_MS = 10_000
# What each connection must answer when asked. recursive_triggers: else INSERT OR REPLACE would delete an
# append-only row past its trigger. synchronous 2 is FULL.
# secure_delete: what is erased (a buyer's name and phone) is overwritten in the file, not left in it.
_PRAGMAS = {
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": _BUSY_MS,
    "recursive_triggers": 1,
    "secure_delete": 1,
}
_IMMEDIATE = "begin_immediate"
_WORK = "shop_work"


class OldSqlite(RuntimeError):
    """The SQLite library is one that can lose a shop's data."""


class WrongPragma(RuntimeError):
    """A connection did not take a setting that the shop's data depend on."""


class WroteOutsideTransaction(RuntimeError):
    """Our own mistake: something was written or committed elsewhere than in `transaction()`."""


class DatabaseBusy(RuleBroken):
    """Another program holds the database, or another till's work takes too long."""

    message = N_("The database is busy and nothing was recorded. Wait a moment and press again.")


class DiskFull(RuleBroken):
    """There is no room for what was to be written; selling goes on by itself once there is."""

    message = N_("The disk is full and nothing was recorded. Call whoever looks after the shop's computer, "
                 "and press again when there is room.")  # fmt: skip


class DiskFailed(RuleBroken):
    """The disk refused to write or to promise that it wrote."""

    message = N_("The disk reported an error and nothing was recorded. Press again; if it happens again, "
                 "call whoever looks after the shop's computer.")  # fmt: skip


class Base(DeclarativeBase):
    """What every table of ours derives from: named constraints, STRICT in SQLite, the types of `core.columns`."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        int: sa.BigInteger(),
        str: sa.Text(),
        date: sa.Date(),
        datetime: UtcInstant(),
        Money: MoneyType(),
        Quantity: QuantityType(),
        Enum: Choice(),
    }

    @classmethod
    def __table_cls__(cls, *parts: Any, **options: Any) -> Table:
        table = Table(*parts, sqlite_strict=True, **options)
        if issubclass(cls, AppendOnly):
            guard(table)
        return table


db = SQLAlchemy(metadata=Base.metadata)


def sqlite_version() -> tuple[int, ...]:
    """The version of the SQLite library that the driver brought along."""
    return cast(tuple[int, ...], sqlite.sqlite_version_info)


def refuse_old_sqlite() -> None:
    """Stop the start when the SQLite library is older than the fix of the WAL-reset corruption."""
    if sqlite_version() < OLDEST_SQLITE:
        have, want = (".".join(map(str, version)) for version in (sqlite_version(), OLDEST_SQLITE))
        raise OldSqlite(
            f"SQLite {have} can corrupt the shop's data (WAL-reset bug before {want}). Nothing was opened. "
            f"Install the locked requirements again: the package pysqlite3 brings a good SQLite along."
        )


def engine_options(url: str) -> dict[str, Any]:
    """What `create_engine` needs for a database address besides the address."""
    if make_url(url).get_backend_name() != "sqlite":
        return {}
    refuse_old_sqlite()
    return {"module": sqlite}


def prepare(engine: Engine, *, foreign_keys: bool = True) -> Engine:
    """Make every connection of an engine a safe one: settings set and read back, transactions begun by us.

    Only a migration turns the foreign keys off: rebuilding a table would else empty the tables that point to it.
    """
    if engine.dialect.name != "sqlite":
        return engine
    wanted = {**_PRAGMAS, "foreign_keys": int(foreign_keys)}

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        _set_pragmas(connection, wanted)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(_IMMEDIATE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _set_pragmas(connection: Any, wanted: dict[str, int]) -> None:
    refuse_old_sqlite()
    in_memory = not connection.execute("PRAGMA database_list").fetchone()[2]
    mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != ("memory" if in_memory else "wal"):
        raise WrongPragma(f"SQLite answers journal_mode={mode}; the shop needs wal. Is the file on a network drive?")
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name}={value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise WrongPragma(f"SQLite answers {name}={found}; the shop needs {value}.")


def install_database(app: Flask, url: str) -> None:
    """Give an app its database; refuses to start on a SQLite that can lose data."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


@dataclass
class Work:
    """What one `transaction()` remembers until it ends."""

    transaction: SessionTransaction
    callbacks: list[Callable[[], None]] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    committing: bool = False


@contextmanager
def transaction() -> Iterator[Session]:
    """Everything written in the block is in the database when it ends, or nothing of it is.

    Takes the write lock first, so that nobody sells the same last jar. An earlier read of this session ends
    before: rows are read afresh inside. What `after_commit` was given runs after COMMIT, in order, still
    before the next writer.

    Raises DatabaseBusy when the lock cannot be had in ten seconds; RuntimeError when nested, and when
    work was left unsaved before the block.
    """
    session = db.session()
    _refuse_unready(session)
    engine = db.engine
    with lock_for(engine) as got:
        if not got:
            raise DatabaseBusy()
        work = _begin(session)
        session.info[_WORK] = work
        try:
            yield session
            _commit(session, work)
            _run_all(work.callbacks)
        except OperationalError as trouble:
            _raise_in_words(trouble)
        finally:
            del session.info[_WORK]
            session.rollback()  # after COMMIT there is nothing left to take back


def _refuse_unready(session: Session) -> None:
    if _WORK in session.info:
        raise WroteOutsideTransaction("transaction() cannot be nested: the outer one already saves everything")
    if session.new or session.dirty or session.deleted:
        raise WroteOutsideTransaction("Something was changed before transaction() began; change it inside")


def _begin(session: Session) -> Work:
    session.rollback()
    session.expire_all()
    try:
        session.connection(execution_options={_IMMEDIATE: True})
    except OperationalError as trouble:
        session.rollback()
        _raise_in_words(trouble)
    begun = session.get_transaction()
    assert begun is not None
    return Work(begun)


def _raise_in_words(trouble: OperationalError) -> NoReturn:
    """What a person can do something about is told in words, everything else as it came."""
    for pattern, broken in _IN_WORDS.items():
        if re.search(pattern, str(trouble.orig)):
            raise broken() from trouble
    raise trouble


_IN_WORDS: dict[str, type[RuleBroken]] = {
    r"database is (locked|busy)": DatabaseBusy,
    r"database or disk is full": DiskFull,
    r"disk I/O error|unable to open database file": DiskFailed,
}


def _commit(session: Session, work: Work) -> None:
    if session.get_transaction() is not work.transaction:
        raise WroteOutsideTransaction("The transaction was ended inside its block; nothing may end it but its end")
    work.committing = True
    session.commit()


def _run_all(callbacks: list[Callable[[], None]]) -> None:
    with ExitStack() as stack:  # runs each one even when another fails
        for callback in reversed(callbacks):
            stack.callback(callback)


def current_work() -> Work:
    """What the open `transaction()` remembers; RuntimeError outside of one."""
    work = db.session().info.get(_WORK)
    if work is None:
        raise WroteOutsideTransaction("This is only possible inside transaction()")
    return cast(Work, work)


def after_commit(callback: Callable[[], None]) -> None:
    """Have something done once the open transaction is safely in the database; never when it fails.

    It must be short and must not write: the next writer waits for it.
    """
    current_work().callbacks.append(callback)


@event.listens_for(db.session, "before_commit")
def _only_transaction_commits(session: Session) -> None:
    work = session.info.get(_WORK)
    if work is None or not (work.committing or session.in_nested_transaction()):
        raise WroteOutsideTransaction("Only transaction() commits")


@event.listens_for(db.session, "after_soft_rollback")
def _forget_notes(session: Session, ended: SessionTransaction) -> None:
    if work := session.info.get(_WORK):
        work.notes.clear()  # what was read before a savepoint was taken back may be no longer so


@event.listens_for(db.session, "before_flush")
def _only_transaction_writes(session: Session, context: Any, instances: Any) -> None:
    if _WORK not in session.info:
        raise WroteOutsideTransaction("Rows are only written inside transaction()")
