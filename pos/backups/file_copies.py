"""Attached files of a shop as its backups see them: which ones the copied books name, and which are not whole here."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text

from core.attached_file import all_faces
from core.backup_files import FilesBeside
from core.file_store import FileFace, FileStore
from core.read_only import read_only

_MOST_NAMED = 3


def faces_in(books: Path) -> list[FileFace]:
    """Every file that a copy of the books names; none in books of before there were any."""
    with read_only(books) as session:
        known = session.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'attached_files'"))
        return all_faces(session) if known else []


def broken_here(folder: Path, faces: Sequence[FileFace]) -> list[str]:
    """The files that are missing in the shop's folder, or of another length: a look that reads none of them."""
    store = FileStore(folder)
    return [face.sha for face in faces if not store.is_there(face)]


def missing_beside(beside: FilesBeside, faces: Sequence[FileFace]) -> list[FileFace]:
    """The files that a restore would not find beside a backup, each read whole."""
    return [face for face in faces if beside.read(face) is None]


def named(shas: Sequence[str]) -> str:
    """A few of them, short enough for a person, and how many there are."""
    few = ", ".join(sha[:12] for sha in shas[:_MOST_NAMED])
    return f"{few} … ({len(shas)})" if len(shas) > _MOST_NAMED else few
