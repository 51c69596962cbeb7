"""Looking into a database file without changing a byte of it, not even by opening or closing it.

An ordinary connection to SQLite writes: closing the last one moves the write-ahead log into the database and deletes
it, and with a damaged log that destroys what could have been rescued.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from core.database import refuse_old_sqlite

_BUSY_SECONDS = 10


def log_of(file: Path) -> Path:
    """Where SQLite keeps what was committed and is not in the file yet."""
    return file.with_name(file.name + "-wal")


def index_of_log(file: Path) -> Path:
    """Where SQLite's processes tell each other what the log holds; made anew whenever it is missing."""
    return file.with_name(file.name + "-shm")


@contextmanager
def read_only(file: Path) -> Iterator[Session]:
    """A session that sees one state of the file, log included, and can write neither.

    Raises sqlalchemy.exc.DatabaseError for a file that is no database, here or at the first question.
    """
    refuse_old_sqlite()
    # Without a log there is nothing to share, and SQLite would make an empty one.
    way = "mode=ro" if log_of(file).exists() else "mode=ro&immutable=1"
    address = f"{file.resolve().as_uri()}?{way}"

    def connect() -> Any:
        return sqlite.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)

    engine = sa.create_engine("sqlite://", module=sqlite, creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    with Session(engine) as session:
        yield session
