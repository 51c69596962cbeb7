"""A folder of backups: one file each, and beside it a manifest that says what is in it. Which stay, which may go.

What stands here without a manifest was cut off while it was written, and counts as nothing.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from core.backup import BrokenCopy, sync
from core.clock import business_day
from core.columns import iso_instant, read_instant

VERSION = 1
PART = ".part"
MANIFEST = ".json"
_ENDINGS = (".tar", ".tar.age")
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup holds and how far it reaches; `totals` is left out where others may read the manifest."""

    tid: str
    ep: int
    seq: int
    hash: str
    made_at: datetime
    checked_at: datetime
    program: str
    revision: str
    size: int = 0
    sha256: str = ""
    recipient: str | None = None
    totals: dict[str, int] | None = None

    @property
    def place_in_time(self) -> tuple[int, int, datetime]:
        """What is newer: by the journal, since clocks are turned; by the clock among equals."""
        return self.ep, self.seq, self.made_at

    def as_text(self) -> str:
        """As it is written beside the backup."""
        plain: dict[str, Any] = {"v": VERSION, **asdict(self)}
        plain |= {name: iso_instant(plain[name]) for name in ("made_at", "checked_at")}
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class Backup:
    """One backup of a folder."""

    path: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """What people call it."""
        return self.path.name

    @property
    def is_encrypted(self) -> bool:
        """Whether a passphrase is needed to open it."""
        return self.manifest.recipient is not None


@dataclass(frozen=True)
class KeepRules:
    """Which backups stay: all of so many hours, then the last of so many days, weeks and months that have any."""

    hours: int = 24
    days: int = 30
    weeks: int = 12
    months: int = 24
    newest: int = 2


def read_manifest(text: str) -> Manifest:
    """What a manifest says; ValueError for what is none of ours."""
    try:
        plain = json.loads(text)
        if plain.pop("v") != VERSION:
            raise ValueError("of another version")
        plain |= {name: read_instant(plain[name]) for name in ("made_at", "checked_at")}
        return Manifest(**plain)
    except (TypeError, KeyError, AttributeError) as trouble:
        raise ValueError(f"no manifest: {trouble}") from None


def backups_in(folder: Path, tid: str | None = None) -> list[Backup]:
    """The finished backups of a folder (of one terminal), newest first; OSError when it cannot be read."""
    found = []
    for path in folder.iterdir():
        if path.name.endswith(MANIFEST) and (backup := _finished(path)) and tid in (None, backup.manifest.tid):
            found.append(backup)
    return sorted(found, key=lambda backup: backup.manifest.place_in_time, reverse=True)


def backup_at(path: Path) -> Backup | None:
    """The backup that this file is, or None where no manifest tells of it."""
    return _finished(path.with_name(path.name + MANIFEST))


def _finished(manifest: Path) -> Backup | None:
    file = manifest.with_name(manifest.name.removesuffix(MANIFEST))
    try:
        if file.name.endswith(_ENDINGS) and file.is_file():
            return Backup(file, read_manifest(manifest.read_text(encoding="utf-8")))
    except ValueError:
        return None
    return None


def name_of(manifest: Manifest) -> str:
    """A file's name: terminal, instant in UTC, newest record. Nothing in it troubles any file system."""
    moment = iso_instant(manifest.made_at).replace("-", "").replace(":", "").replace(".", "").replace("T", "-")
    return f"{manifest.tid}-{moment}-{manifest.seq:08d}.tar" + (".age" if manifest.recipient else "")


def put_in_place(part: Path, manifest: Manifest) -> Backup:
    """Make a written file count: on the disk, read back, under its name, and last of all its manifest beside it."""
    sync(part)
    forget_cached(part)
    found = fingerprint(part)
    if found != manifest.sha256:
        raise BrokenCopy(f"{part.name} does not read back as it was written")
    path, manifest = part.with_name(name_of(manifest)), replace(manifest, size=part.stat().st_size)
    part.rename(path)
    sync(path.parent)
    write_whole(path.with_name(path.name + MANIFEST), manifest.as_text().encode())
    return Backup(path, manifest)


def check_file(backup: Backup) -> None:
    """Whether the file is byte for byte the one that was written; BrokenCopy names it when it is not."""
    if backup.path.stat().st_size != backup.manifest.size or fingerprint(backup.path) != backup.manifest.sha256:
        raise BrokenCopy(f"{backup.name} is not as it was written: its bytes have changed since")


def fingerprint(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forget_cached(path: Path) -> None:
    """Have the next reading come from the medium, where the system can be asked for that."""
    if hasattr(os, "posix_fadvise"):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def write_whole(path: Path, data: bytes) -> None:
    """Write a small private file, whole or not at all."""
    part = path.with_name(path.name + PART)
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    sync(path.parent)


def sweep(folder: Path, tid: str) -> None:
    """Remove what a backup of this terminal left half-written when it was cut off."""
    ours = re.compile(re.escape(tid) + r"-[0-9]{8}-.*")
    for path in [path for path in folder.iterdir() if ours.fullmatch(path.name)]:
        is_half = path.name.endswith(PART) or (
            path.name.endswith(_ENDINGS) and not path.with_name(path.name + MANIFEST).exists()
        )
        if is_half:
            path.unlink(missing_ok=True)


def rotate(folder: Path, tid: str, rules: KeepRules) -> list[Backup]:
    """Remove a terminal's backups that no rule keeps; gives those that went."""
    found = backups_in(folder, tid)
    stay = set(kept([backup.manifest for backup in found], rules))
    gone = [backup for place, backup in enumerate(found) if place not in stay]
    for backup in gone:
        # The manifest first: a backup without one is swept away next time.
        backup.path.with_name(backup.name + MANIFEST).unlink(missing_ok=True)
        backup.path.unlink(missing_ok=True)
    return gone


def kept(manifests: list[Manifest], rules: KeepRules) -> Iterator[int]:
    """Which of these, newest first, stay.

    Days, weeks and months are counted where there are backups, never by age: a clock that once stood in 2038 must
    not make every backup of this year look too old.
    """
    yield from range(min(rules.newest, len(manifests)))
    newest = manifests[0].made_at if manifests else None
    for place, manifest in enumerate(manifests):
        if newest and abs(newest - manifest.made_at) < timedelta(hours=rules.hours):
            yield place
    days = [business_day(manifest.made_at) for manifest in manifests]
    yield from _last_of_each(days, rules.days)
    yield from _last_of_each([day.isocalendar()[:2] for day in days], rules.weeks)
    yield from _last_of_each([(day.year, day.month) for day in days], rules.months)


def _last_of_each(stretches: Iterable[object], most: int) -> Iterator[int]:
    seen: set[object] = set()
    for place, stretch in enumerate(stretches):
        if stretch not in seen and len(seen) < most:
            seen.add(stretch)
            yield place
