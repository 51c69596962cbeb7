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

from bench.figure import stopwatch
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


class Floor:
    """The database as plain SQLite, as safe as the shop opens it, and a key to sign with."""

    def __init__(self, path: Path) -> None:
        self.watch = stopwatch()
        self._key = SigningKey.from_seed(bytes(32))
        self._connection = sqlite.connect(str(path), isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
            self._connection.execute(f"PRAGMA {pragma}")

    def write(self, writes: list[Write]) -> None:
        """One transaction with the very rows of the verb."""
        self._connection.execute("BEGIN IMMEDIATE")
        for write in writes:
            run = self._connection.executemany if write.many else self._connection.execute
            run(write.statement, write.values)
        self._connection.execute("COMMIT")

    def time(self, writes: list[Write]) -> None:
        """The same with one signature over the record among the rows, and the clock running."""
        record = next(str(value) for write in writes for value in write.values if str(value).startswith('{"body"'))
        with self.watch.lap():
            self._key.sign(record.encode())
            self.write(writes)
