"""A shop's folder comes into being whole or not at all, whenever the power fails.

Everything is made in a folder `.making` inside it. When all is there and on the disk, `.making` becomes `.made` in one
step: from then on the shop exists, and what is left to do (each file to its place, the database last) is done again by
whoever comes next. Nothing beside the folder is touched: it may be a disk of its own, or all that a service may write.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import OperationalError

from core.backup import sync
from core.errors import RuleBroken
from core.i18n import N_
from pos.data_folder import DataFolder

MAKING, MADE = ".making", ".made"
_OF_THE_DISK = {"lost+found"}


class FolderNotEmpty(RuleBroken):
    """Something lies there that is not ours to judge."""

    message = N_("%(folder)s holds files already, such as %(file)s. Give an empty or a new folder for the shop.")


class FolderClosed(RuleBroken):
    """The machine does not let us write there, or has no room."""

    message = N_("The folder %(folder)s cannot be written: %(trouble)s. Choose another folder, or make room.")

    def __init__(self, folder: Path, trouble: OSError | OperationalError) -> None:
        number = trouble.errno if isinstance(trouble, OSError) else errno.ENOSPC
        super().__init__(folder=folder, trouble=_WHY.get(number or 0, str(trouble)))

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The sentence with its reason, both in one language."""
        return translate(self.message) % {**self.values, "trouble": translate(str(self.values["trouble"]))}


_WHY = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk can only be read"),
    errno.EACCES: N_("this user may not write there"),
    errno.EPERM: N_("this user may not write there"),
    errno.ENOTDIR: N_("a file stands where a folder should be"),
    errno.EEXIST: N_("a file stands where a folder should be"),
}


@contextmanager
def made_whole(folder: DataFolder) -> Iterator[DataFolder]:
    """Give a folder to make a shop in; it becomes the shop's when the block ends well, else nothing stays."""
    is_new = not folder.path.exists()
    try:
        folder.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with folder.claimed():
            finish_making(folder)
            need_room_for_a_shop(folder)
            making = _begin(folder)
            try:
                yield making
                _seal(making)
            except BaseException:
                shutil.rmtree(making.path, ignore_errors=True)
                if is_new:
                    folder.path.rmdir()
                raise
            finish_making(folder)
    except OSError as trouble:
        raise FolderClosed(folder.path, trouble) from trouble
    except OperationalError as trouble:  # what the database says when the disk is full
        if "full" not in str(trouble.orig):
            raise
        raise FolderClosed(folder.path, trouble) from trouble


def finish_making(folder: DataFolder) -> None:
    """Bring the files of a shop that was made to their places, where a power cut left that undone; else nothing."""
    made = folder.path / MADE
    if not made.is_dir():
        return
    for file in sorted(made.iterdir(), key=lambda file: file.name == folder.database.name):
        file.rename(folder.path / file.name)
    made.rmdir()
    sync(folder.path)


def need_room_for_a_shop(folder: DataFolder) -> None:
    """Refuse a folder that holds a shop or anything else; one that is not there yet is fine."""
    folder.need_no_shop()
    for found in sorted(folder.path.iterdir()) if folder.path.exists() else ():
        if found.name not in {MAKING, *_OF_THE_DISK}:
            raise FolderNotEmpty(folder=folder.path, file=found.name)


def _begin(folder: DataFolder) -> DataFolder:
    making = folder.path / MAKING
    shutil.rmtree(making, ignore_errors=True)  # left over from a start that was cut off
    making.mkdir(mode=0o700)
    if folder.path.stat().st_uid == os.geteuid():
        folder.path.chmod(0o700)
    return DataFolder(making)


def _seal(making: DataFolder) -> None:
    """All of it on the disk first, then the one step that makes it count."""
    for file in making.path.rglob("*"):
        sync(file)
    sync(making.path)
    making.path.rename(making.path.with_name(MADE))
    sync(making.path.parent)
