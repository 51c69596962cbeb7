"""What has happened is never edited: not by the session, not in bulk, not by SQL past both."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from core.append_only import NeverEdited, append_only_ddl
from core.database import db, transaction
from core.money import Money
from tests.core.trial_tables import Jar, Posting, Trial


@pytest.fixture
def ledger(any_app: Flask) -> Flask:
    Trial.metadata.create_all(db.engine)
    with transaction() as session:
        session.add(Posting(id=1, amount=Money(500)))
    return any_app


def amounts() -> list[Money]:
    db.session.rollback()
    return list(db.session.scalars(select(Posting.amount).order_by(Posting.id)))


def test_a_posting_changed_in_the_session_is_refused(ledger: Flask) -> None:
    with pytest.raises(NeverEdited), transaction() as session:
        session.get_one(Posting, 1).amount = Money(5)

    assert amounts() == [Money(500)]


def test_a_posting_deleted_in_the_session_is_refused(ledger: Flask) -> None:
    with pytest.raises(NeverEdited), transaction() as session:
        session.delete(session.get_one(Posting, 1))

    assert amounts() == [Money(500)]


@pytest.mark.parametrize("bulk", [update(Posting).values(amount=Money(5)), delete(Posting)])
def test_postings_changed_in_bulk_are_refused(ledger: Flask, bulk: object) -> None:
    with pytest.raises(NeverEdited), transaction() as session:
        session.execute(bulk)  # type: ignore[call-overload]

    assert amounts() == [Money(500)]


@pytest.mark.parametrize(
    "table_statement", [Posting.__table__.update().values(amount=Money(5)), Posting.__table__.delete()]
)
def test_the_table_itself_changed_through_the_session_is_refused(ledger: Flask, table_statement: object) -> None:
    with pytest.raises(NeverEdited), transaction() as session:
        session.execute(table_statement)  # type: ignore[call-overload]

    assert amounts() == [Money(500)]


@pytest.mark.parametrize("sql", ["UPDATE postings SET amount = 5", "DELETE FROM postings"])
def test_sql_past_the_session_is_refused_by_the_database(ledger: Flask, sql: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(sql))

    assert amounts() == [Money(500)]


def test_sql_on_a_connection_of_its_own_is_refused_too(ledger: Flask) -> None:
    with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text("UPDATE postings SET amount = amount WHERE id = 1"))


def test_a_row_cannot_be_replaced(ledger: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        statement = "INSERT INTO postings (id, amount) VALUES (1, 5) ON CONFLICT (id) DO UPDATE SET amount = 5"
    else:
        statement = "INSERT OR REPLACE INTO postings (id, amount) VALUES (1, 5)"

    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(statement))

    assert amounts() == [Money(500)]


@pytest.mark.postgres
@pytest.mark.parametrize("any_app", ["postgresql"], indirect=True)  # SQLite has no TRUNCATE
def test_a_table_cannot_be_emptied_at_once(ledger: Flask) -> None:
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text("TRUNCATE postings"))

    assert amounts() == [Money(500)]


def test_postings_are_added_and_other_tables_change_freely(ledger: Flask) -> None:
    with transaction() as session:
        session.add_all([Posting(id=2, amount=Money(7)), Jar(id=1, name="mật ong")])
    with transaction() as session:
        session.get_one(Jar, 1).name = "mật ong rừng"

    assert amounts() == [Money(500), Money(7)]
    assert db.session.scalar(select(Jar.name)) == "mật ong rừng"


def test_a_posting_looked_at_or_set_to_what_it_is_may_be_saved_along(ledger: Flask) -> None:
    with transaction() as session:
        posting = session.get_one(Posting, 1)
        posting.amount = Money(500)
        session.add(Posting(id=2, amount=Money(7)))

    assert amounts() == [Money(500), Money(7)]


@pytest.mark.parametrize(("dialect", "statements"), [("sqlite", 2), ("postgresql", 4)])
def test_the_statements_for_migrations_name_the_table(dialect: str, statements: int) -> None:
    ddl = append_only_ddl("journal_records", dialect)

    assert len(ddl) == statements
    assert all("journal_records" in statement for statement in ddl if "FUNCTION append_only() RETURNS" not in statement)
