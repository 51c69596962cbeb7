"""A copy of a live database: made in one step, then opened and checked before anybody may rely on it."""

import errno
import os
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import text

from core.database import refuse_old_sqlite
from core.gentle_file import written_gently
from core.journal.export import sealed_rows
from core.journal.head import Head
from core.journal.verify import Report, walk
from core.read_only import read_only

_MOST_FAULTS = 3


class BrokenCopy(Exception):
    """A copy that must not be relied on; the sentence names what is wrong first."""


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that others go on writing to, into a new file that only this user can read.

    In one step: a backup in steps starts anew at each write of another connection. The source is only read, and
    nobody who writes to it waits. What is in the copy is on the disk when this returns.
    """
    refuse_old_sqlite()
    target.touch(0o600, exist_ok=False)
    address = f"{source.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite.connect(address, uri=True)) as from_, closing(sqlite.connect(target)) as to:
            to.execute("PRAGMA synchronous=OFF")  # once, at the end: a copy cut off half-way is thrown away anyway
            to.execute("PRAGMA journal_mode=OFF")
            with written_gently(target):
                from_.backup(to, pages=-1)
    except sqlite.DatabaseError as trouble:
        if "full" in str(trouble):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from trouble
        raise BrokenCopy(f"the database cannot be copied: {trouble}") from trouble
    sync(target)


def check_database(copy: Path) -> None:
    """Read every page of a copy that nobody writes to; BrokenCopy names the first fault.

    A flipped bit in a record's text passes this: `check_journal` finds it.
    """
    address = f"{copy.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite.connect(address, uri=True)) as file:
            found = [str(row[0]) for row in file.execute(f"PRAGMA integrity_check({_MOST_FAULTS})")]
            loose = sorted({str(row[0]) for row in file.execute("PRAGMA foreign_key_check")})
    except sqlite.DatabaseError as trouble:
        raise BrokenCopy(f"the database cannot be read: {trouble}") from trouble
    if found != ["ok"]:
        raise BrokenCopy(f"the database is damaged: {'; '.join(found)}")
    if loose:
        raise BrokenCopy(f"rows of {', '.join(loose)} point to rows that are not there")


def check_journal(
    copy: Path, *, tid: str | None = None, holder: str | None = None, heads: Iterable[Head] = ()
) -> Report:
    """Walk the copy's journal from its first record to its last; BrokenCopy names the first fault.

    `tid`, `holder` and `heads` as in `core.journal.verify.walk`.
    """
    with read_only(copy) as session:
        report = walk(sealed_rows(session), tid=tid, holder=holder, heads=heads)
    if report.fault is not None:
        raise BrokenCopy(f"the journal does not hold: {report.fault}, {report.fault.what}")
    return report


def revision_of(copy: Path) -> str:
    """Which form the copy's tables have; empty where no history ever made them."""
    with read_only(copy) as session:
        known = session.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"))
        return (session.scalar(text("SELECT version_num FROM alembic_version")) or "") if known else ""


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
