"""Attached files come back with a restore: from the folder where they still lie, else from beside the backup."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from core.backup import BrokenCopy, sync
from core.backup_files import FilesBeside
from core.errors import RuleBroken
from core.file_store import FileFace, FileStore, Standing
from core.i18n import N_
from pos.backups.file_copies import faces_in, missing_beside, named
from pos.restoring.opened_backup import OpenedBackup


class FilesMissing(RuleBroken):
    """A shop without its photos is better than none, but nobody leaves them behind without saying so."""

    message = N_(
        "%(count)s of the photos and papers that belong to this backup lie neither in %(folder)s nor in the shop's "
        "folder. Put that folder beside the backup again; if it is lost, restore with --without-files."
    )


def bring_files(opened: OpenedBackup, into: Path, left: Path, *, without: bool) -> int:
    """Lay into the work folder what the shop's folder lacks; gives how many are nowhere. FilesMissing unless allowed.

    What lies whole where the shop will be stays there: a file never changes.
    """
    faces = faces_in(opened.folder.database)
    lacking = [face for face, _ in FileStore(into).trouble(faces)]
    missing = 0
    for face, data in _found(lacking, FileStore(left), opened.files):
        if data is None:
            missing += 1
        else:
            FileStore(opened.folder.files).put(data, face.type)
    if missing and not without:
        raise FilesMissing(count=missing, folder=opened.files.folder)
    return missing


def _found(faces: Iterable[FileFace], left: FileStore, beside: FilesBeside) -> Iterator[tuple[FileFace, bytes | None]]:
    for face in faces:
        yield face, left.read(face) or beside.read(face)


def lay_in_place(ready: Path, folder: Path) -> None:
    """Put the files of a restored shop where it keeps them; again after a power cut it does what is left."""
    for path in sorted(ready.glob("??/*")):
        target = folder / path.parent.name / path.name
        for one in (folder, target.parent):
            if not one.is_dir():
                one.mkdir(mode=0o700)
                sync(one.parent)
        path.rename(target)
        sync(target.parent)


def need_files_beside(opened: OpenedBackup) -> int:
    """For a drill: every file that the backup names lies beside it, whole; gives how many. BrokenCopy names some."""
    faces = faces_in(opened.folder.database)
    missing = missing_beside(opened.files, faces)
    if missing:
        raise BrokenCopy(f"attached files are missing or damaged: {named([face.sha for face in missing])}")
    return len(faces)


def mend(store: FileStore, faces: Iterable[FileFace], beside: FilesBeside) -> tuple[int, list[FileFace]]:
    """Bring back what is missing or altered; gives how many came, and which are nowhere."""
    came, nowhere = 0, []
    for face, standing in list(store.trouble(faces)):
        data = beside.read(face)
        if data is None:
            nowhere.append(face)
            continue
        if standing is Standing.ALTERED:
            store.path_of(face).unlink(missing_ok=True)
        store.put(data, face.type)
        came += 1
    return came, nowhere
