"""The monthly restore drill: a backup is restored on trial beside the running shop, and compared with it.

It goes the very way of `shop restore`, but into a folder that is deleted afterwards; the shop's own books are only
read.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from core import clock
from core.backup import BrokenCopy
from core.backup_folder import backup_at, fingerprint
from core.database import Base
from core.i18n import N_, gettext
from core.journal.chain import JournalRecord
from core.read_only import read_only
from pos.data_folder import DataFolder
from pos.restoring.drill_result import DrillResult
from pos.restoring.files_back import need_files_beside
from pos.restoring.known import Typed, loss_of, what_was_seen
from pos.restoring.opened_backup import BadBackup, OpenedBackup, open_backup
from pos.restoring.restore import Wish, make_ready
from pos.restoring.trial_folder import sweep_trial, trial_folder

_RECORDS: Any = JournalRecord.__table__
_ON_TRIAL = N_("restore drill")


def try_restore(folder: DataFolder, backup: Path, *, passphrase: str, by: str) -> DrillResult:
    """Restore a backup on trial and compare it with the shop's books; WrongPassphrase and the like are raised.

    Runs in a process of its own: it takes as long as a restore would.
    """
    began, work = clock.monotonic_ms(), trial_folder(folder)
    sweep_trial(folder)
    work.mkdir(mode=0o700, parents=True)
    beside = backup_at(backup)
    found = DrillResult(backup=fingerprint(backup), made_at=beside.manifest.made_at if beside else None)
    try:
        opened = open_backup(backup, work, passphrase=passphrase, key_file=_key_of(folder, backup))
        found = _told_by(opened)
        wish = Wish(backup, DataFolder(work), folder, by, None, gettext(_ON_TRIAL))
        files = need_files_beside(opened)
        seen = what_was_seen(folder, opened.manifest, (), Typed())
        make_ready(DataFolder(work), opened, wish, seen, loss_of(seen, opened.manifest, is_witness=True))
        took = clock.monotonic_ms() - began
        return replace(found, took_ms=took, compared=compare_with_shop(folder, opened) + files)
    except (BadBackup, BrokenCopy) as trouble:
        why = str(trouble.values["why"]) if isinstance(trouble, BadBackup) else str(trouble)
        return replace(found, took_ms=clock.monotonic_ms() - began, trouble=why)
    finally:
        sweep_trial(folder)


def _key_of(folder: DataFolder, backup: Path) -> Path | None:
    """The key beside the backup, as it would be after a fire; the shop's own only where none lies there."""
    return None if any(backup.parent.glob("backup-key-*.age")) or not folder.backup_key.exists() else folder.backup_key


def _told_by(opened: OpenedBackup) -> DrillResult:
    told = opened.manifest
    return DrillResult(opened.fingerprint, told.made_at, told.seq, told.hash, told.totals)


def compare_with_shop(folder: DataFolder, opened: OpenedBackup) -> int:
    """Hold the copy to the shop's own books up to the record it ends with; gives how many rows. BrokenCopy: differ.

    The chain makes all records before the head the same when the head is; rows that were only ever added are counted.
    """
    seq = opened.manifest.seq
    with read_only(folder.database) as shop, read_only(opened.folder.database) as copy:
        for name, of_shop, of_copy in zip(("head", "totals"), _head(shop, seq), _head(copy, seq), strict=True):
            if of_shop != of_copy:
                raise BrokenCopy(f"{name} at record {seq}: the shop has {of_shop}, the backup {of_copy}")
        compared = 0
        for table in _appended():
            rows, own = _count(copy, table, seq), _count(shop, table, seq)
            if rows != own:
                raise BrokenCopy(f"{table.name}: the shop has {own} rows up to record {seq}, the backup {rows}")
            compared += rows
    return compared + seq + 1


def _head(session: Session, seq: int) -> tuple[object, object]:
    columns = ("ep", "hash", "gross", "refunded", "sales")
    row = session.execute(select(*(_RECORDS.c[name] for name in columns)).where(_RECORDS.c.seq == seq)).first()
    return ((row.ep, row.hash), (row.gross, row.refunded, row.sales)) if row else (None, None)


def _appended() -> Iterator[Table]:
    for table in Base.metadata.sorted_tables:
        if table.info.get("append_only") and "record_seq" in table.c:
            yield table


def _count(session: Session, table: Table, seq: int) -> int:
    return session.scalar(select(func.count()).select_from(table).where(table.c.record_seq <= seq)) or 0
