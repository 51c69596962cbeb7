"""A backup as one file: a tar that any program opens, the database in it compressed, a manifest first.

What lies in it is named and fingerprinted by its first member, so that a changed bit is told by the name of the file
that holds it.
"""

import gzip
import hashlib
import io
import json
import shutil
import tarfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from core.backup import BrokenCopy
from core.backup_folder import Manifest, fingerprint, read_manifest
from core.gentle_file import GentleFile

CONTENTS = "contents.json"
DATABASE = "shop.sqlite.gz"
_CHUNK = 1 << 20
_FAST = 1
_FORMAT = tarfile.PAX_FORMAT


def compress(database: Path, target: Path) -> None:
    """The database's bytes, smaller; quick rather than tight, for the till needs the machine too."""
    with (
        database.open("rb") as source,
        GentleFile(target) as slow,
        gzip.GzipFile("", "wb", _FAST, slow, mtime=0) as file,
    ):
        shutil.copyfileobj(source, file, _CHUNK)


def pack(folder: Path, names: Iterable[str], target: Path, manifest: Manifest) -> None:
    """Write these files of a folder into one, under a manifest with the fingerprint of each."""
    found = [name for name in names if (folder / name).is_file()]
    contents = {
        "manifest": manifest.as_text(),
        "database_size": (folder / DATABASE.removesuffix(".gz")).stat().st_size,
        "files": {name: fingerprint(folder / name) for name in found},
    }
    with GentleFile(target) as slow, tarfile.open(fileobj=slow, mode="w|", bufsize=_CHUNK, format=_FORMAT) as tar:
        _add(tar, CONTENTS, json.dumps(contents, indent=1).encode())
        for name in found:
            with (folder / name).open("rb") as file:
                tar.addfile(_member(name, (folder / name).stat().st_size), file)


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    tar.addfile(_member(name, len(data)), io.BytesIO(data))


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def unpack(packed: Path, folder: Path, allowed: frozenset[str]) -> Manifest:
    """Lay the files of a backup into a folder, the database ready to be opened; gives its manifest.

    BrokenCopy names what is not as it was packed. Only known names are taken, and never more than was packed.
    """
    try:
        with tarfile.open(packed, "r:") as tar:
            contents = _contents(tar.next(), tar)
            while member := tar.next():
                if not member.isreg() or member.name not in allowed & contents["files"].keys():
                    raise BrokenCopy(f"{member.name!r} has no place in a backup")
                _lay(tar.extractfile(member), folder / member.name, contents["files"].pop(member.name))
        if contents["files"]:
            raise BrokenCopy(f"{', '.join(contents['files'])} is missing in the backup")
        _expand(folder, contents["database_size"])
        return read_manifest(contents["manifest"])
    except (tarfile.TarError, ValueError, KeyError, TypeError, EOFError, zlib.error) as trouble:
        raise BrokenCopy(f"{packed.name} is no whole backup: {trouble}") from trouble


def _contents(first: tarfile.TarInfo | None, tar: tarfile.TarFile) -> dict[str, Any]:
    if first is None or first.name != CONTENTS or first.size > _CHUNK or not first.isreg():
        raise BrokenCopy("it is no backup of a shop: its first part does not say what it holds")
    file = tar.extractfile(first)
    contents: dict[str, Any] = json.loads(file.read()) if file else {}
    return contents


def _lay(source: IO[bytes] | None, target: Path, expected: str) -> None:
    assert source is not None, "a regular member has content"
    target.touch(0o600)
    sums = hashlib.sha256()
    with target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            sums.update(chunk)
            file.write(chunk)
    if sums.hexdigest() != expected:
        raise BrokenCopy(f"{target.name} in the backup is not as it was packed")


def _expand(folder: Path, size: int) -> None:
    database = folder / DATABASE.removesuffix(".gz")
    database.touch(0o600)
    left = size
    with gzip.open(folder / DATABASE, "rb") as source, database.open("wb") as file:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise BrokenCopy("the database in the backup is larger than it was")
            file.write(chunk)
    if left:
        raise BrokenCopy("the database in the backup is shorter than it was")
    (folder / DATABASE).unlink()
