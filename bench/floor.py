"""The floor under a verb: the rows it wrote, written again by plain SQLite, plus one signature.

What a verb costs above that is ours. The rows are taken from the verb itself while it runs, so that both
write the same bytes; the floor opens the same file with the same safety (WAL, synchronous=FULL, foreign keys).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, event

from bench.figure import Stopwatch
from core.journal.seal import SigningKey

WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Write:
    """One statement as the driver got it."""

    statement: str
    values: Any
    many: bool


@contextmanager
def written_by(engine: Engine) -> Iterator[list[Write]]:
    """Everything that is written through the engine while the block runs, in order."""
    writes: list[Write] = []

    def keep(connection: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            writes.append(Write(statement, values, many))

    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield writes
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def copy_database(source: Path, target: Path) -> None:
    """A copy of a live database, in one step."""
    before, after = sqlite.connect(str(source)), sqlite.connect(str(target))
    before.backup(after)
    before.close()
    after.close()


def open_plainly(path: Path) -> Any:
    """The database as plain SQLite, as safe as the shop opens it."""
    connection = sqlite.connect(str(path), isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def write_again(connection: Any, writes: list[Write]) -> None:
    """One transaction with the very rows of the verb."""
    connection.execute("BEGIN IMMEDIATE")
    for write in writes:
        (connection.executemany if write.many else connection.execute)(write.statement, write.values)
    connection.execute("COMMIT")


def time_floor(path: Path, rounds: list[tuple[list[Write], list[Write]]], key: SigningKey, record: bytes) -> Stopwatch:
    """Play rounds of (what led up to it, the verb's own writes); only the second half is timed, with a signature."""
    connection, watch = open_plainly(path), Stopwatch([])
    for before, verb in rounds:
        write_again(connection, before)
        with watch.lap():
            key.sign(record)
            write_again(connection, verb)
    connection.close()
    return watch
