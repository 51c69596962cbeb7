"""A restored shop takes the place of the one that was left: whole or not at all, whenever the power fails.

Everything is made ready in `.restoring`. When all is there and checked, it becomes `.restored` in one step: from then
on the restore has happened, and what is left to do is done again by whoever comes next. Nothing is deleted: the files
that were left lie in `set-aside/` as they were found.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from core.backup import sync
from core.clock import now
from core.journal.head import append_head, read_heads
from pos.data_folder import DataFolder, FolderInUse
from pos.restoring.files_back import lay_in_place

RESTORING, RESTORED = ".restoring", ".restored"
_ASIDE_NAME = "set-aside-name"
_OF_THE_DATABASE = ("", "-wal", "-shm")
# What the folder keeps where it has it already: it is newer than the backup's.
_KEPT = ("shop.toml", "secret.key", "backup.key", "network/authority.pem")


def begin(folder: DataFolder) -> DataFolder:
    """An empty work folder; what an earlier try left there, cut off, is gone."""
    work = folder.path / RESTORING
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    return DataFolder(work)


def seal(work: DataFolder) -> None:
    """All of it on the disk first, then the one step that makes it count."""
    (work.path / _ASIDE_NAME).write_text(f"before-restore-{now():%Y%m%d-%H%M%S}", encoding="ascii")
    for file in work.path.rglob("*"):
        sync(file)
    sync(work.path)
    work.path.rename(work.path.with_name(RESTORED))
    sync(work.path.parent)


def finish_restore(folder: DataFolder) -> None:
    """Put a restored shop into its place where that is still to do; else nothing. Each step may be the last one."""
    if not (folder.path / RESTORED).is_dir():
        return
    try:
        with folder.claimed():
            put_in_place(folder)
    except FolderInUse:
        return  # whoever restores is at it


def put_in_place(folder: DataFolder) -> None:
    """The steps, for whoever has claimed the folder."""
    ready = DataFolder(folder.path / RESTORED)
    if ready.database.exists():
        _set_aside(folder, ready)
        _remember_head(folder, ready)
        _bring_what_lacks(folder, ready)
        lay_in_place(ready.files, folder.files)
        sync(folder.path)
        ready.database.rename(folder.database)  # last of all: with it the shop exists
        sync(folder.path)
    shutil.rmtree(ready.path)


def _set_aside(folder: DataFolder, ready: DataFolder) -> None:
    """Out of the way, and on the disk there before anything takes the place: it may be all that is left of a day."""
    aside = folder.set_aside / (ready.path / _ASIDE_NAME).read_text(encoding="ascii")
    for file in _left_behind(folder, ready):
        folder.set_aside.mkdir(mode=0o700, exist_ok=True)
        aside.mkdir(mode=0o700, exist_ok=True)
        file.rename(aside / file.name)
    if aside.is_dir():  # also what an earlier try moved
        sync(aside)
        sync(folder.set_aside)


def _bring_what_lacks(folder: DataFolder, ready: DataFolder) -> None:
    for name in (*_KEPT, ready.terminal_key.name):
        here = folder.path / name
        if (ready.path / name).exists() and not here.exists():
            here.parent.mkdir(mode=0o700, exist_ok=True)
            (ready.path / name).rename(here)
            sync(here.parent)


def _left_behind(folder: DataFolder, ready: DataFolder) -> Iterator[Path]:
    """The old database with its log; the key too, when the restored shop has another one."""
    for ending in _OF_THE_DATABASE:
        if (file := folder.path / (folder.database.name + ending)).exists():
            yield file
    old, new = folder.terminal_key, ready.terminal_key
    if old.exists() and new.exists() and old.read_bytes() != new.read_bytes():
        yield old


def _remember_head(folder: DataFolder, ready: DataFolder) -> None:
    """The head file goes on: what it remembers of the branch that was left stays its proof."""
    if not folder.head_log.exists():
        ready.head_log.rename(folder.head_log)
        return
    *_, newest = read_heads(ready.head_log)
    if newest not in set(read_heads(folder.head_log)):
        append_head(folder.head_log, newest)
