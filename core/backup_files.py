"""Attached files beside the backups: each is copied once, for it never changes; a backup's books name what it needs.

A shop with two years of photos has gigabytes of them and a database of some megabytes. Packed into each backup they
would be written to the stick every quarter of an hour, and forty backups would hold them forty times. So they lie once,
in a folder beside the backups, under their fingerprints; each backup together with that folder restores alone, without
any other backup. Where a passphrase is set each file is encrypted for the same recipient as the backups, in a folder of
that recipient: another key gets another folder, and an old folder goes with the last backup that needs it.
"""

import errno
import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyrage

from core.backup import BrokenCopy, sync
from core.backup_folder import PART, backups_in, forget_cached
from core.backup_key import key_file_name
from core.file_store import FOLDER, FileFace, FileStore
from core.gentle_file import GentleFile

_AGE = ".age"


def folder_beside(place: Path, tid: str, recipient: str | None) -> Path:
    """Where the files of a terminal's backups lie, plain or encrypted for a recipient."""
    name = f"{tid}-files"
    return place / (
        name if recipient is None else f"{name}-{key_file_name(recipient)[len('backup-key-') : -len(_AGE)]}"
    )


@dataclass(frozen=True)
class Copied:
    """What copying files did: how many were new, and which could not be copied because they are not whole here."""

    new: int = 0
    broken: tuple[str, ...] = field(default=())


def copy_files(store: FileStore, faces: Iterable[FileFace], folder: Path, recipient: str | None) -> Copied:
    """Copy what the folder lacks, each read back before it counts. OSError when it cannot be written."""
    new, broken = 0, []
    for face in faces:
        target = _path(folder, face, recipient)
        if _is_there(target, face, recipient):
            if not store.is_there(face):
                broken.append(face.sha)
            continue
        data = store.read(face)
        if data is None:
            broken.append(face.sha)
            continue
        _write(data, target, recipient)
        new += 1
    return Copied(new, tuple(broken))


def _path(folder: Path, face: FileFace, recipient: str | None) -> Path:
    return folder / (face.path if recipient is None else face.path + _AGE)


def _is_there(target: Path, face: FileFace, recipient: str | None) -> bool:
    """By its length only: a stick is not read through every quarter of an hour. The monthly drill reads all of it."""
    try:
        size = target.stat().st_size
    except FileNotFoundError:
        return False
    return size == face.size if recipient is None else size > face.size


def _write(data: bytes, target: Path, recipient: str | None) -> None:
    if recipient is not None:
        data = pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient)])
    if shutil.disk_usage(_nearest(target)).free < 2 * len(data) + (1 << 20):
        raise OSError(errno.ENOSPC, "no room for attached files")
    for folder in (target.parent.parent, target.parent):
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            sync(folder.parent)
    part = target.with_name(target.name + PART)
    try:
        with GentleFile(part) as file:
            file.write(data)
        sync(part)
        forget_cached(part)
        if part.read_bytes() != data:
            raise BrokenCopy(f"{target.name} does not read back as it was written")
        part.rename(target)
        sync(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _nearest(path: Path) -> Path:
    return next(folder for folder in path.parents if folder.is_dir())


@dataclass(frozen=True)
class FilesBeside:
    """The files that lie beside a backup, to be read one by one; `identity` opens the encrypted ones."""

    folder: Path
    recipient: str | None = None
    identity: str | None = None

    def read(self, face: FileFace) -> bytes | None:
        """The bytes of a file, or None where it is missing, damaged or cannot be opened."""
        try:
            data = _path(self.folder, face, self.recipient).read_bytes()
            if self.recipient is not None:
                data = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(self.identity or "")])
        except (OSError, pyrage.DecryptError, pyrage.IdentityError):
            return None
        return data if hashlib.sha256(data).hexdigest() == face.sha else None


def files_beside(backup: Path, tid: str, *, identity: str | None = None) -> FilesBeside:
    """Where the files of a backup lie; for one in the shop's own `backups/`, in the shop's own folder."""
    recipient = str(pyrage.x25519.Identity.from_str(identity).to_public()) if identity else None
    folder = folder_beside(backup.parent, tid, recipient)
    own = backup.parent.parent / FOLDER
    if recipient is None and not folder.is_dir() and own.is_dir():
        return FilesBeside(own)
    return FilesBeside(folder, recipient, identity)


def drop_old_folders(place: Path, tid: str) -> None:
    """Remove the folders of files that no backup of this terminal needs: encrypted otherwise than all of them."""
    needed = {folder_beside(place, tid, one.manifest.recipient) for one in backups_in(place, tid)}
    for folder in sorted(place.glob(f"{tid}-files*")):
        if folder.is_dir() and folder not in needed and folder.name.startswith(f"{tid}-files"):
            shutil.rmtree(folder, ignore_errors=True)
