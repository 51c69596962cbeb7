"""Rows that are only ever added: refused by the session, and by triggers for whoever passes it by."""

from typing import Any

from sqlalchemy import DDL, Connection, Table, event
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, object_session

_SQLITE = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only: no {act}'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only: no %', TG_TABLE_NAME, TG_OP; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table} FOR EACH {each} EXECUTE FUNCTION append_only()
"""


class NeverEdited(RuntimeError):
    """Our own mistake: something tried to change or delete what has happened. Add a new row that answers it."""


class AppendOnly:
    """Mixin for tables of what happened: rows are added, never changed, never deleted."""


def append_only_ddl(table: str, dialect: str) -> list[str]:
    """The statements that guard a table in the database itself (`sqlite` or `postgresql`).

    A migration runs them after it has made the table, and again after each batch rebuild of it,
    which on SQLite drops the triggers: `for statement in append_only_ddl(...): op.execute(statement)`.
    """
    if dialect == "sqlite":
        return [_SQLITE.format(table=table, act=act) for act in ("update", "delete")]
    assert dialect == "postgresql", dialect
    rows = [_POSTGRESQL.format(table=table, act=act, each="ROW") for act in ("update", "delete")]
    return [_POSTGRESQL_FUNCTION, *rows, _POSTGRESQL.format(table=table, act="truncate", each="STATEMENT")]


def append_only_triggers(table: str, dialect: str) -> set[str]:
    """The names of the triggers that `append_only_ddl` makes, to see whether they stand."""
    acts = ("update", "delete") if dialect == "sqlite" else ("update", "delete", "truncate")
    return {f"{table}_no_{act}" for act in acts}


def guard(table: Table) -> None:
    """Mark a table as append-only; `create_all` then makes its triggers too."""
    table.info["append_only"] = True
    for dialect in ("sqlite", "postgresql"):
        for statement in append_only_ddl(table.name, dialect):
            # DDL takes % as a place to fill in; SQLAlchemy wrote no types for `execute_if`.
            ddl = DDL(statement.replace("%", "%%")).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl)


@event.listens_for(AppendOnly, "before_update", propagate=True)
def _refuse_update(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    session = object_session(row)
    if session is None or session.is_modified(row, include_collections=False):
        raise NeverEdited(f"{mapper.class_.__name__} is append-only: no update")


@event.listens_for(AppendOnly, "before_delete", propagate=True)
def _refuse_delete(mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    raise NeverEdited(f"{mapper.class_.__name__} is append-only: no delete")


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete):
        return
    table = getattr(state.statement, "table", None)
    if table is not None and table.info.get("append_only"):
        raise NeverEdited(f"{table.name} is append-only: no update, no delete")
