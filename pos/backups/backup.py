"""A backup of this shop: its books copied while it sells, checked, packed, and laid into two places.

First into the shop's own folder (`backups/`, the newest two), then to the second place, encrypted where a passphrase
was set. What seals the journal and the cookies leaves the machine only encrypted: whoever finds a plain copy on a stick
can read it, but not speak for the shop.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from core import clock
from core.backup import BrokenCopy, check_database, check_journal, copy_database, revision_of
from core.backup_files import copy_files, drop_old_folders, folder_beside
from core.backup_folder import (
    PART,
    Backup,
    KeepRules,
    Manifest,
    backups_in,
    fingerprint,
    name_of,
    put_in_place,
    rotate,
    sweep,
    write_whole,
)
from core.backup_key import BackupKey, encrypt, lay_beside
from core.backup_pack import DATABASE, compress, pack
from core.file_store import FileFace, FileStore
from core.gentle_file import PIECE, GentleFile
from core.journal.head import valid_heads
from core.journal.verify import Report
from pos.backups.file_copies import broken_here, faces_in, named
from pos.data_folder import DataFolder

OPEN_FILES = (DATABASE, "shop.toml", "head.log", "backup.key")
PRIVATE_FILES = ("terminal.key", "secret.key", "network/authority.pem")
NEWEST_HERE = KeepRules(hours=0, days=0, weeks=0, months=0, newest=2)
ROOM_TO_SPARE = 16 << 20
LEFT_FOR_SELLING = 300 << 20
_MAKING = "making"


class Trouble(StrEnum):
    """Why a backup did not come about, or did not reach the second place."""

    DAMAGED = "damaged"
    """The copy did not pass: the shop's own books may be damaged."""
    NO_ROOM_HERE = "no_room_here"
    STOPPED = "stopped"
    PLACE_MISSING = "place_missing"
    PLACE_FULL = "place_full"
    PLACE_CLOSED = "place_closed"
    PLACE_UNSOUND = "place_unsound"
    """What was written there does not read back the same."""
    FILES_BROKEN = "files_broken"
    """The backup is good, but photos or papers are missing or altered in the shop's own folder."""


class BackupRunning(Exception):
    """Another backup of this shop is being made just now."""


@dataclass(frozen=True)
class Order:
    """What is to be backed up, and where to."""

    folder: DataFolder
    tid: str
    holder: str | None = None
    """The public key that must be in force at the journal's end; None while the key cannot be read."""
    place: Path | None = None
    key: BackupKey | None = None
    rules: KeepRules = field(default_factory=KeepRules)
    greeting: str = ""
    """What the file says that marks the place; only for a place that was just chosen."""
    after_copying: Callable[[], object] = lambda: None
    """What the maker does once the shop is copied: checking and packing can wait for the till."""


@dataclass(frozen=True)
class Outcome:
    """What came of it. `made` is the backup in the shop's folder, `placed` the one on the second place."""

    made: Manifest | None = None
    placed: Manifest | None = None
    trouble: Trouble | None = None
    detail: str = ""
    copy_ms: int = 0
    took_ms: int = 0


def make_backup(order: Order) -> Outcome:
    """Copy, check, pack and lay down one backup; what goes wrong is told, never raised. BackupRunning: not now."""
    began = clock.monotonic_ms()
    with _only_one(order.folder):
        work = order.folder.backups / _MAKING
        try:
            outcome = _make_and_place(order, work)
        except BrokenCopy as trouble:
            outcome = Outcome(trouble=Trouble.DAMAGED, detail=str(trouble))
        except OSError as trouble:
            outcome = Outcome(trouble=Trouble.NO_ROOM_HERE, detail=trouble.strerror or str(trouble))
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return replace(outcome, took_ms=clock.monotonic_ms() - began)


@contextmanager
def _only_one(folder: DataFolder) -> Iterator[None]:
    folder.backups.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder.backups / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as trouble:
        raise BackupRunning from trouble
    finally:
        os.close(handle)


def _make_and_place(order: Order, work: Path) -> Outcome:
    here = order.folder.backups
    sweep(here, order.tid)
    if (free := shutil.disk_usage(here).free) < 2 * order.folder.database.stat().st_size + LEFT_FOR_SELLING:
        return Outcome(trouble=Trouble.NO_ROOM_HERE, detail=f"{free >> 20} MB")
    manifest, copy_ms = _checked_copy(order, work)
    faces = faces_in(work / "shop.sqlite")
    compress(work / "shop.sqlite", work / DATABASE)
    part = here / (name_of(manifest) + PART)
    pack(work, OPEN_FILES, part, manifest)
    made = put_in_place(part, replace(manifest, sha256=fingerprint(part))).manifest
    rotate(here, order.tid, NEWEST_HERE)
    done = Outcome(made=made, copy_ms=copy_ms, **_told_of(broken_here(order.folder.files, faces)))
    if order.place is None:
        return done
    try:
        placed, broken = _place(order, order.place, work, manifest, faces)
        return replace(done, placed=placed.manifest, **_told_of(broken))
    except BrokenCopy as trouble:
        return replace(done, trouble=Trouble.PLACE_UNSOUND, detail=str(trouble))
    except PlaceTrouble as trouble:
        return replace(done, trouble=trouble.trouble, detail=trouble.detail)
    except OSError as trouble:
        why = Trouble.PLACE_FULL if trouble.errno == errno.ENOSPC else Trouble.PLACE_CLOSED
        return replace(done, trouble=why, detail=trouble.strerror or str(trouble))


def _told_of(broken: Sequence[str]) -> dict[str, Any]:
    """What is said of files that are not whole; the backup itself is none the worse."""
    return {"trouble": Trouble.FILES_BROKEN, "detail": named(broken)} if broken else {}


def _checked_copy(order: Order, work: Path) -> tuple[Manifest, int]:
    """The copy in the work folder with what belongs to it, checked through; and how long the shop was copied."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    folder, copy = order.folder, work / "shop.sqlite"
    # The heads first: what the shop writes from here on may be in the copy, but not the other way round.
    for name in (*OPEN_FILES, *PRIVATE_FILES):
        if name != DATABASE and (folder.path / name).is_file():
            (work / name).parent.mkdir(mode=0o700, exist_ok=True)
            shutil.copyfile(folder.path / name, work / name)
            (work / name).chmod(0o600)
    made_at, began = clock.now(), clock.monotonic_ms()
    copy_database(folder.database, copy)
    copy_ms = clock.monotonic_ms() - began
    order.after_copying()
    check_database(copy)
    report = check_journal(copy, tid=order.tid, holder=order.holder, heads=valid_heads(work / "head.log"))
    return _manifest(order, report, made_at, revision=revision_of(copy)), copy_ms


def _manifest(order: Order, report: Report, made_at: datetime, *, revision: str) -> Manifest:
    return Manifest(
        tid=order.tid,
        ep=report.epoch,
        seq=report.records - 1,
        hash=report.newest_hash,
        made_at=made_at,
        checked_at=clock.now(),
        program=program_version(),
        revision=revision,
        totals=report.totals.as_plain(),
    )


def program_version() -> str:
    """Which version of the program made something."""
    try:
        return version("ocop-shop")
    except PackageNotFoundError:  # run from a folder that was never installed
        return ""


# the second place


class PlaceTrouble(Exception):
    """The second place cannot take a backup now."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.detail = detail


def mark_of(tid: str) -> str:
    """The file by which a second place is known again: an empty mount point is none."""
    return f"{tid}-backups.txt"


def mark_place(place: Path, tid: str, words: str) -> None:
    """Make a folder a second place of this terminal; PlaceTrouble when it cannot be written."""
    try:
        write_whole(place / mark_of(tid), words.encode())
    except OSError as trouble:
        raise PlaceTrouble(Trouble.PLACE_CLOSED, trouble.strerror or str(trouble)) from trouble


def need_place(place: Path, tid: str) -> None:
    """Refuse a place that is not there: a stick pulled out leaves an empty folder behind."""
    try:
        is_there = (place / mark_of(tid)).is_file()
    except OSError as trouble:
        raise PlaceTrouble(Trouble.PLACE_MISSING, trouble.strerror or "") from trouble
    if not is_there:
        raise PlaceTrouble(Trouble.PLACE_MISSING)


def same_disk(place: Path, folder: DataFolder) -> bool:
    """Whether both would be lost with one disk."""
    return place.stat().st_dev == folder.path.stat().st_dev


def _place(
    order: Order, place: Path, work: Path, manifest: Manifest, faces: Sequence[FileFace]
) -> tuple[Backup, Sequence[str]]:
    """Files first, then the backup that names them: what counts there can be restored whole."""
    if order.greeting and place.is_dir():
        mark_place(place, order.tid, order.greeting)
    need_place(place, order.tid)
    sweep(place, order.tid)
    rotate(place, order.tid, order.rules)
    recipient = order.key.recipient if order.key else None
    copied = copy_files(FileStore(order.folder.files), faces, folder_beside(place, order.tid, recipient), recipient)
    packed = work / "packed"
    if order.key is None:
        pack(work, OPEN_FILES, packed, manifest)
    else:
        manifest = replace(manifest, recipient=order.key.recipient)
        pack(work, (*OPEN_FILES, *PRIVATE_FILES), packed, manifest)
        packed.rename(work / "open")
        encrypt(work / "open", packed, order.key.recipient)
        lay_beside(order.key, place)
        manifest = replace(manifest, totals=None)  # beside an encrypted backup nobody reads what was sold
    backup = _carry_over(packed, place, manifest)
    rotate(place, order.tid, order.rules)
    drop_old_folders(place, order.tid)
    return backup, copied.broken


def _carry_over(packed: Path, place: Path, manifest: Manifest) -> Backup:
    needed, free = packed.stat().st_size + ROOM_TO_SPARE, shutil.disk_usage(place).free
    if free < needed:
        raise PlaceTrouble(Trouble.PLACE_FULL, f"{free >> 20} MB < {needed >> 20} MB")
    part = place / (name_of(manifest) + PART)
    try:
        with packed.open("rb") as source, GentleFile(part) as file:
            shutil.copyfileobj(source, file, PIECE)
        return put_in_place(part, replace(manifest, sha256=fingerprint(packed)))
    except (OSError, BrokenCopy):
        part.unlink(missing_ok=True)
        raise


def all_backups(folder: DataFolder, tid: str, place: Path | None) -> tuple[list[Backup], list[Backup]]:
    """The backups in the shop's folder and those on the second place, newest first; a place that is away has none."""
    here = backups_in(folder.backups, tid) if folder.backups.is_dir() else []
    try:
        if place is not None:
            need_place(place, tid)
            return here, backups_in(place, tid)
    except (PlaceTrouble, OSError):
        pass
    return here, []
