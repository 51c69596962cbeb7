"""The head file: after each COMMIT one line `ep seq hash`, the only local witness of a journal that lost its tail."""

import logging
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_LINE = re.compile(rb"([0-9]{1,18}) ([0-9]{1,18}) ([0-9a-f]{64})\n")
_log = logging.getLogger(__name__)
_sync = getattr(os, "fdatasync", os.fsync)


class Head(NamedTuple):
    """Where a journal stood after a commit."""

    ep: int
    seq: int
    hash: str


def append_head(path: Path, head: Head) -> str:
    """Write down where the journal stands now; says what went wrong, for the sale it belongs to is already kept.

    A line torn by a power cut is closed first, so that it cannot swallow the next.
    """
    try:
        is_new = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            end = os.lseek(handle, 0, os.SEEK_END)
            torn = end > 0 and os.pread(handle, 1, end - 1) != b"\n"
            os.write(handle, b"%s%d %d %s\n" % (b"\n" if torn else b"", head.ep, head.seq, head.hash.encode()))
            _sync(handle)
        finally:
            os.close(handle)
        if is_new:
            _sync_folder(path.parent)
    except OSError as trouble:
        _log.error("The head file %s could not be written: %s", path.name, trouble)
        return str(trouble)
    return ""


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_heads(path: Path, *, last_bytes: int | None = None) -> Iterator[Head]:
    """The heads in the order they were written, or those in the file's last so many bytes; a torn line is no head."""
    if not path.exists():
        return
    with path.open("rb") as file:
        if last_bytes is not None and (start := path.stat().st_size - last_bytes) > 0:
            file.seek(start)
            file.readline()  # the end of a line may look like a whole one
        for line in file:
            if found := _LINE.fullmatch(line):
                yield Head(int(found[1]), int(found[2]), found[3].decode())


def valid_heads(path: Path, *, last_bytes: int | None = None) -> Iterator[Head]:
    """The heads that the journal must still agree with, numbers growing.

    A restore takes the journal back to an earlier number under a new epoch: heads of the branch it left are
    passed over. Two heads of one epoch with the same number both count: one of them is a fork.
    """
    restarts = list(_restarts(read_heads(path, last_bytes=last_bytes)))
    for place, head in enumerate(read_heads(path, last_bytes=last_bytes)):
        left_later = any(place < start and head.seq >= seq and head.ep < ep for start, ep, seq in restarts)
        if not left_later:
            yield head


def _restarts(heads: Iterable[Head]) -> Iterator[tuple[int, int, int]]:
    before = None
    for place, head in enumerate(heads):
        if before and head.ep > before.ep:
            yield place, head.ep, head.seq
        before = head
