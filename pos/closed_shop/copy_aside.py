"""A copy of damaged files as they were found, so that whoever repairs the shop can try without making it worse."""

import os
import shutil
from pathlib import Path

from core import clock
from core.backup import sync
from core.backup_folder import fingerprint, forget_cached
from core.errors import RuleBroken
from core.free_space import free_bytes
from core.i18n import N_
from core.read_only import log_of
from pos.data_folder import DataFolder

_PIECE = 1 << 20
_PREFIX = "damaged-"
_UNFINISHED = ".part"
_LEFT_FREE = 100 * 1024 * 1024


class NoRoomForCopy(RuleBroken):
    """A full disk would only add to the trouble."""

    message = N_("The disk has no room for a copy. Plug in a USB stick and copy the folder %(folder)s to it.")


class CopyDiffers(RuleBroken):
    """The disk does not give back what it took."""

    message = N_("The copy is not like the files: the disk may be dying. Copy the folder %(folder)s to a USB stick.")


def copy_aside(folder: DataFolder) -> Path:
    """Copy database, log and head file into a folder of their own and compare; twice the same gives the first copy.

    The terminal's key stays where it is. Nothing of the shop's own files is opened for writing.
    """
    files = [file for file in (folder.database, log_of(folder.database), folder.head_log) if file.exists()]
    marks = {file.name: fingerprint(file) for file in files}
    for made in copies_aside(folder):
        if marks == {file.name: fingerprint(file) for file in made.iterdir()}:
            return made
    if free_bytes(folder.path) < sum(file.stat().st_size for file in files) + _LEFT_FREE:
        raise NoRoomForCopy(folder=folder.path)
    return _copied(files, marks, folder)


def copies_aside(folder: DataFolder) -> list[Path]:
    """The copies that were made and compared, oldest first."""
    found = folder.set_aside.glob(f"{_PREFIX}*")  # beside them lies what a restore or an upgrade left
    return sorted(made for made in found if made.is_dir() and made.suffix != _UNFINISHED)


def _copied(files: list[Path], marks: dict[str, str], folder: DataFolder) -> Path:
    done = folder.set_aside / f"{_PREFIX}{clock.now():%Y%m%d-%H%M%S}"
    waiting = done.with_suffix(_UNFINISHED)
    waiting.mkdir(parents=True, mode=0o700)
    try:
        for file in files:
            _copy(file, waiting / file.name)
            forget_cached(waiting / file.name)
        if marks != {file.name: fingerprint(waiting / file.name) for file in files}:
            raise CopyDiffers(folder=folder.path)
        sync(waiting)
        waiting.rename(done)
        sync(folder.set_aside)
        sync(folder.path)
        return done
    except BaseException:
        shutil.rmtree(waiting, ignore_errors=True)
        raise


def _copy(source: Path, target: Path) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as before, os.fdopen(handle, "wb") as after:
        shutil.copyfileobj(before, after, _PIECE)
        after.flush()
        os.fsync(after.fileno())
