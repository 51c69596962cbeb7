"""Where attached files lie: each under its own fingerprint, written once, never changed.

`files/3f/3fa9….jpg`. The same photo twice is one file; whoever finds the folder can open every file by a double click,
and can tell by its name whether it still is what it was. Folders of two signs, because a stick formatted as FAT takes
only some ten thousand such names in one.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from flask import Flask, current_app

from core.backup import sync
from core.backup_folder import PART, fingerprint

FOLDER = "files"
_EXTENSION = "attached_files"
_NAME = re.compile(r"[0-9a-f]{64}\.(jpg|png|pdf)")


class FileType(StrEnum):
    """What an attached file is, by its content."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"

    @property
    def ending(self) -> str:
        """How the names of such files end."""
        return {FileType.JPEG: "jpg", FileType.PNG: "png", FileType.PDF: "pdf"}[self]

    @property
    def is_picture(self) -> bool:
        """Whether a page can show it."""
        return self is not FileType.PDF


@dataclass(frozen=True, slots=True)
class FileFace:
    """How a file is known: its fingerprint, what it is, how large."""

    sha: str
    type: FileType
    size: int

    @property
    def path(self) -> str:
        """Where it lies within a folder of files."""
        return f"{self.sha[:2]}/{self.sha}.{self.type.ending}"


def face_of(data: bytes, kind: FileType) -> FileFace:
    """The face of these bytes."""
    return FileFace(hashlib.sha256(data).hexdigest(), kind, len(data))


class Standing(StrEnum):
    """How a file stands in its folder."""

    WHOLE = "whole"
    MISSING = "missing"
    ALTERED = "altered"


class FileStore:
    """A folder of files, each under its fingerprint."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, face: FileFace) -> Path:
        """Where a file lies, or would."""
        return self.folder / face.path

    def put(self, data: bytes, kind: FileType) -> FileFace:
        """Have these bytes on the disk, under their name, before going on. Once more changes nothing."""
        face = face_of(data, kind)
        path = self.path_of(face)
        if self.standing(face) is Standing.WHOLE:
            os.utime(path)  # young again: nobody sweeps away what was just brought
            return face
        self._make_folders(path.parent)
        part = path.with_name(path.name + PART)
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        sync(path.parent)
        return face

    def _make_folders(self, folder: Path) -> None:
        for one in (self.folder, folder):
            if not one.is_dir():
                one.mkdir(mode=0o700, exist_ok=True)
                sync(one.parent)

    def read(self, face: FileFace) -> bytes | None:
        """The bytes, or None where they are missing or not what they were."""
        try:
            data = self.path_of(face).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == face.sha else None

    def is_there(self, face: FileFace) -> bool:
        """Whether a file of that size lies there: a look that costs nothing."""
        try:
            return self.path_of(face).stat().st_size == face.size
        except OSError:
            return False

    def standing(self, face: FileFace) -> Standing:
        """Whether the file is there and byte for byte what it was."""
        path = self.path_of(face)
        try:
            return Standing.WHOLE if fingerprint(path) == face.sha else Standing.ALTERED
        except FileNotFoundError:
            return Standing.MISSING
        except OSError:  # a bad spot of the disk
            return Standing.ALTERED

    def trouble(self, faces: Iterable[FileFace]) -> Iterator[tuple[FileFace, Standing]]:
        """The files that are missing or altered."""
        for face in faces:
            standing = self.standing(face)
            if standing is not Standing.WHOLE:
                yield face, standing

    def sweep(self, named: set[str], *, older_than: float) -> int:
        """Remove files that no row names and that came before an instant; what is not ours stays. Gives how many."""
        gone = 0
        for path in sorted(self.folder.glob("??/*")):
            is_ours = _NAME.fullmatch(path.name.removesuffix(PART)) is not None
            is_named = path.name.partition(".")[0] in named and not path.name.endswith(PART)
            if is_ours and not is_named and path.stat().st_mtime < older_than:
                path.unlink(missing_ok=True)
                gone += 1
        return gone


def install_file_store(app: Flask, folder: Path) -> None:
    """Tell an app where its attached files lie."""
    app.extensions[_EXTENSION] = FileStore(folder)


def current_file_store() -> FileStore:
    """The files of the running app."""
    store = current_app.extensions[_EXTENSION]
    assert isinstance(store, FileStore)
    return store
