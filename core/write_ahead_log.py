"""What SQLite's write-ahead log holds behind the place where SQLite stops reading it.

SQLite believes the log up to the first frame whose checksum is wrong, takes everything behind for the unsaved rest of
a power cut, and says nothing. One flipped bit in the middle so hides everything that was saved after it, and
`integrity_check` still answers ok (measured: 101 of 200 rows). A power cut leaves at most one unfinished transaction
there. Two whole ones in a row were saved, so they were lost by damage.
(Format: the comments at the head of wal.c, and "WAL-mode File Format" of SQLite's documentation.)
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from core.read_only import index_of_log, log_of

LOG_HEADER = struct.Struct(">IIII8sII")  # magic, format, page size, checkpoints, salts, checksum
FRAME_HEADER = struct.Struct(">II8sII")  # page, pages of the database after a commit or 0, salts, checksum
_INDEX_HEADER = struct.Struct("=16xI12x8s")  # mxFrame at 16, salts at 32
_MAGIC = 0x377F0682  # one more where checksums are big-endian
_NO_SALTS = bytes(8)

Sum = tuple[int, int]


@dataclass(frozen=True)
class Frame:
    """One page in the log; the last of a transaction says how many pages the database has then."""

    number: int  # from 1, as SQLite counts
    start: int
    commits: bool
    checksum: Sum


def hides_transactions(database: Path) -> bool:
    """Whether something was saved that SQLite passes over in silence; while a session reads the database.

    The log is read before its index: a shop that sells meanwhile only ever adds to both.
    """
    if not log_of(database).exists():
        return False
    with log_of(database).open("rb") as log:
        header = log.read(LOG_HEADER.size)
        if len(header) < LOG_HEADER.size or LOG_HEADER.unpack(header)[0] & ~1 != _MAGIC:
            return False
        page_size, salts = LOG_HEADER.unpack(header)[2], LOG_HEADER.unpack(header)[4]
        frames = list(_frames(log, page_size, salts))
        believed, believed_salts = _read_index(database)
        if believed_salts not in (salts, _NO_SALTS):  # begun anew meanwhile
            return False
        behind = [frame for frame in frames if frame.commits and frame.number > believed]
        order = ">" if LOG_HEADER.unpack(header)[0] & 1 else "<"
        return any(_follows(log, page_size, order, first, last, frames) for first, last in pairwise(behind))


def log_frames(database: Path) -> list[Frame]:
    """The frames of the log that belong to its present round, believed or not."""
    with log_of(database).open("rb") as log:
        _, _, page_size, _, salts, _, _ = LOG_HEADER.unpack(log.read(LOG_HEADER.size))
        return list(_frames(log, page_size, salts))


def _frames(log: BinaryIO, page_size: int, salts: bytes) -> Iterator[Frame]:
    """Only the frames' heads are read; a frame of an earlier round carries other salts."""
    number, start = 1, LOG_HEADER.size
    while page_size:
        log.seek(start)
        head = log.read(FRAME_HEADER.size)
        if len(head) < FRAME_HEADER.size:
            return
        _, pages, own_salts, first, second = FRAME_HEADER.unpack(head)
        if own_salts == salts:
            yield Frame(number, start, pages > 0, (first, second))
        number, start = number + 1, start + FRAME_HEADER.size + page_size


def _read_index(database: Path) -> tuple[int, bytes]:
    """The last frame that SQLite believes, and the round it belongs to."""
    index = index_of_log(database)
    head = index.read_bytes()[: _INDEX_HEADER.size] if index.exists() else b""
    if len(head) < _INDEX_HEADER.size:
        return 0, _NO_SALTS
    believed, salts = _INDEX_HEADER.unpack(head)
    return believed, salts


def _follows(log: BinaryIO, page_size: int, order: str, first: Frame, last: Frame, frames: list[Frame]) -> bool:
    """Whether the checksums run on from the one transaction's end to the next one's."""
    between = [frame for frame in frames if first.number < frame.number <= last.number]
    if len(between) != last.number - first.number:
        return False
    running = first.checksum
    for frame in between:
        log.seek(frame.start)
        data = log.read(FRAME_HEADER.size + page_size)
        running = checksum(data[:8] + data[FRAME_HEADER.size :], running, order)
        if running != frame.checksum:
            return False
    return True


def checksum(data: bytes, running: Sum, order: str) -> Sum:
    """SQLite's running sum over pairs of 32-bit words."""
    one, two = running
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for left, right in zip(words, words, strict=True):
        one = (one + left + two) & 0xFFFFFFFF
        two = (two + right + one) & 0xFFFFFFFF
    return one, two
