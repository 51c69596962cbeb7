"""Bringing a shop to the form that this program needs, and the way back while nothing was written since.

Each is one step as far as a power cut can tell: a migration is one transaction of the database, the way back one
renaming of a file. Whoever comes after a cut finds the old form or the new one, whole.
"""

import shutil
from pathlib import Path
from typing import NamedTuple

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import text

from core import clock
from core.backup import check_database, copy_database, revision_of, sync
from core.errors import RuleBroken
from core.i18n import N_
from core.migrate import BEFORE_UPGRADE, Upgraded, upgrade
from core.read_only import log_of, read_only
from pos.app import MIGRATIONS
from pos.data_folder import DataFolder
from pos.start_up_check import need_whole


class NothingToGoBackTo(RuleBroken):
    """Only an upgrade leaves a copy to go back to."""

    message = N_("There is no upgrade to take back: no copy in %(folder)s was made before one.")


class WrittenSince(RuleBroken):
    """What was sold after the upgrade stands only in the new form."""

    message = N_(
        "The shop has written %(count)s records since the upgrade; going back would lose them. Stay with this version "
        "and tell whoever looks after the program what is wrong with it. Nothing was changed."
    )


class StillOpen(RuleBroken):
    """A log that is not empty holds what the file does not."""

    message = N_("Another program has the database of %(folder)s open. Close it, then try again.")


class Newest(NamedTuple):
    """Where a journal stands."""

    seq: int
    hash: str


def upgrade_shop(folder: DataFolder, migrations: Path = MIGRATIONS) -> Upgraded:
    """Copy the database, check the copy, migrate, and look the result over.

    FolderInUse while the shop runs; DamagedShop for files that are not even opened.
    """
    with folder.claimed():
        need_whole(folder)
        done = upgrade(folder.database_url, migrations, backup_dir=folder.backups)
        if done.steps:
            need_whole(folder)
    return done


def go_back(folder: DataFolder) -> Path:
    """Put the copy made before the last upgrade in the place of the database; gives that copy.

    WrittenSince when the journal went on meanwhile. The upgraded database is kept beside.
    """
    with folder.claimed():
        need_whole(folder)
        copy = _copy_before_upgrade(folder)
        since = newest_of(folder.database).seq - newest_of(copy).seq
        if since or newest_of(folder.database) != newest_of(copy):
            raise WrittenSince(count=since)
        _keep_upgraded(folder)
        _put_in_place(copy, folder)
    return copy


def _copy_before_upgrade(folder: DataFolder) -> Path:
    """The newest copy of another form than the database has now."""
    form = revision_of(folder.database)
    copies = sorted(folder.backups.glob(f"{folder.database.stem}-*{BEFORE_UPGRADE}*{folder.database.suffix}"))
    for copy in reversed(copies):
        if revision_of(copy) != form:
            check_database(copy)
            return copy
    raise NothingToGoBackTo(folder=folder.backups)


def newest_of(database: Path) -> Newest:
    """The last record in a database file, which is only looked at."""
    with read_only(database) as session:
        row = session.execute(text("SELECT seq, hash FROM journal_records ORDER BY seq DESC LIMIT 1")).first()
    return Newest(*row) if row else Newest(-1, "")


def _keep_upgraded(folder: DataFolder) -> None:
    folder.set_aside.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder.set_aside / f"upgraded-{clock.now():%Y%m%d-%H%M%S}{folder.database.suffix}"
    part = folder.set_aside / "upgraded.part"
    part.unlink(missing_ok=True)  # left over from a try that was cut off
    copy_database(folder.database, part)
    part.rename(kept)


def _put_in_place(copy: Path, folder: DataFolder) -> None:
    fresh = folder.database.with_suffix(".back")
    shutil.copyfile(copy, fresh)  # nobody has the copy open
    fresh.chmod(0o600)
    sync(fresh)
    check_database(fresh)
    _empty_log(folder)
    fresh.rename(folder.database)
    sync(folder.path)


def _empty_log(folder: DataFolder) -> None:
    """A log left behind would be read into the database that comes in its place."""
    database = sqlite.connect(folder.database)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    database.close()
    if log_of(folder.database).exists():
        raise StillOpen(folder=folder.path)
