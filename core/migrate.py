"""Bring a database to the shape that the code expects: back up, migrate, check; all of it or nothing.

A history is a folder of migrations and nothing else (no env.py, no ini file). `core.migration_draft` writes the
next one from what differs between the history and the models, to be read and corrected by a person:

    make_migration(Path("pos/migrations"), "Lots have a best-before date")

writes `2026_12_03_lots_have_a_best_before_date.py`. In it stand `revision`, `down_revision` and `def upgrade()`,
which uses alembic's `op`. There is no downgrade: the way back is the copy made before. A person adds:

- moves of data, in SQL; models change later and migrations do not, so they import none;
- new CHECK constraints on tables that exist;
- after each `batch_alter_table` of an append-only table its guard again, for the rebuild drops its triggers:
  `for statement in append_only_ddl("sales", op.get_context().dialect.name): op.execute(statement)`.

Tables are made with `sqlite_strict=True`. Change one only by `op.batch_alter_table`. No ON DELETE CASCADE anywhere.
`compare_models` tells what still differs; a test of each app holds that against both databases.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from core import clock
from core.backup import check_database, copy_database, sync
from core.database import engine_options, prepare

Tables = Callable[[str], bool]
"""Which tables belong to the app, by name."""

_ONE_MIGRATION = 0x0C09_7017
# Alembic's own would hold 32 characters, and PostgreSQL means it; ours are named for what the shop gains.
_VERSION_TABLE = """
CREATE TABLE IF NOT EXISTS alembic_version (version_num TEXT NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY)
"""
BEFORE_UPGRADE = "-before-upgrade-from-"
_log = logging.getLogger(__name__)


class BrokenByMigration(RuntimeError):
    """A migration left rows that point to nothing; it was taken back."""


class UnknownVersion(RuntimeError):
    """The database was made by a newer program, or by another one."""


@dataclass(frozen=True)
class Upgraded:
    """What an upgrade did."""

    before: str | None
    after: str | None
    steps: list[str]
    backup: Path | None


def scripts_of(migrations_dir: Path) -> ScriptDirectory:
    """The history that stands in a folder."""
    return ScriptDirectory(str(migrations_dir), version_locations=[str(migrations_dir)])


def engine_for_migration(url: str) -> Engine:
    """An engine that keeps no connection and does not enforce foreign keys while tables are rebuilt."""
    return prepare(sa.create_engine(url, poolclass=NullPool, **engine_options(url)), foreign_keys=False)


def current(url: str) -> str | None:
    """The revision a database stands at; None for an empty one."""
    if _is_missing_file(url):
        return None
    engine = engine_for_migration(url)
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def pending(url: str, migrations_dir: Path) -> list[str]:
    """The revisions that a database lacks, oldest first; UnknownVersion for one that the history does not know."""
    return missing_steps(current(url), migrations_dir)


def missing_steps(at: str | None, migrations_dir: Path) -> list[str]:
    """The revisions that come after one, oldest first; UnknownVersion for one that the history does not know."""
    return _pending(at, scripts_of(migrations_dir))


def upgrade(
    url: str, migrations_dir: Path, *, tables: Tables | None = None, backup_dir: Path | None = None
) -> Upgraded:
    """Bring a database to the newest revision, or leave it exactly as it was.

    A SQLite file that holds something is copied first, into `backup_dir` or the folder `backups` beside it.
    Of the rows, those in the app's own `tables` must not point to nothing afterwards (BrokenByMigration).
    """
    scripts = scripts_of(migrations_dir)
    before = current(url)
    steps = _pending(before, scripts)
    if not steps:
        return Upgraded(before, before, [], None)
    backup = _back_up(url, backup_dir, before)
    engine = engine_for_migration(url)
    with engine.connect().execution_options(begin_immediate=True) as connection, connection.begin():
        _lock(connection)
        _run(connection, scripts, before)
        _check_foreign_keys(connection, tables)
    _log.info("The database went from %s to %s", before, steps[-1])
    return Upgraded(before, steps[-1], steps, backup)


def _pending(at: str | None, scripts: ScriptDirectory) -> list[str]:
    try:
        known = [script.revision for script in scripts.iterate_revisions("heads", at or "base")]
    except (CommandError, RevisionError) as trouble:
        raise UnknownVersion(
            f"The database stands at {at}, which this program does not know. "
            f"It was probably opened by a newer version: start that one."
        ) from trouble
    return known[::-1]


def _run(connection: Connection, scripts: ScriptDirectory, at: str | None) -> None:
    def steps(revision: Any, context: MigrationContext) -> Any:
        # Another process may have migrated while this one waited for the lock.
        return scripts._upgrade_revs("heads", revision)

    context = MigrationContext.configure(
        connection, opts={"fn": steps, "transactional_ddl": True, "script": scripts, "render_as_batch": True}
    )
    connection.exec_driver_sql(_VERSION_TABLE)
    with Operations.context(context):
        context.run_migrations()


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_MIGRATION})


def _check_foreign_keys(connection: Connection, tables: Tables | None) -> None:
    """PostgreSQL enforces its keys all the time; SQLite is asked, since they were off."""
    if connection.dialect.name != "sqlite":
        return
    broken = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    ours = sorted(table for table in broken if tables is None or tables(table))
    if ours:
        raise BrokenByMigration(f"Rows of {', '.join(ours)} would point to rows that are not there")


def _file_of(url: str) -> Path | None:
    parts = make_url(url)
    if parts.get_backend_name() != "sqlite" or not parts.database or parts.database == ":memory:":
        return None
    return Path(parts.database)


def _is_missing_file(url: str) -> bool:
    """Asking a SQLite file that is not there would make an empty one."""
    file = _file_of(url)
    return file is not None and not file.exists()


def _back_up(url: str, backup_dir: Path | None, at: str | None) -> Path | None:
    """Copy a SQLite file by the online backup in one step, and read the copy through before it counts."""
    file = _file_of(url)
    if file is None or not file.exists() or file.stat().st_size == 0:
        return None
    folder = backup_dir or file.parent / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = re.sub(r"[^0-9]", "", clock.now().isoformat(timespec="milliseconds")[:-6])
    copy = folder / f"{file.stem}-{stamp}{BEFORE_UPGRADE}{at or 'nothing'}{file.suffix}"
    for left in folder.glob(f"{file.stem}-*{BEFORE_UPGRADE}*.part"):  # by an upgrade that was cut off
        left.unlink()
    part = copy.with_suffix(".part")
    copy_database(file, part)
    check_database(part)
    part.rename(copy)  # under its name it is whole
    sync(folder)
    return copy
