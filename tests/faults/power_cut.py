"""What a disk holds when the power goes: all that was synced, and of the rest whatever it happened to have written.

A day at the till is recorded call by call, with every byte. Any moment of it can then be built anew as a folder: the
files as of their last fsync, and each later write in whole, in part (a disk writes sectors), or not at all.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from tests.faults.watched import Call

SECTOR = 512
Writes: TypeAlias = list[tuple[int, bytes]]
Survival: TypeAlias = Callable[[int, bytes], Writes]
"""What of one write, given by its place and its bytes, is on the disk although nothing was synced after it."""


@dataclass
class _File:
    synced: bytes
    waiting: Writes = field(default_factory=list)

    def as_written(self) -> bytes:
        return _laid_over(self.synced, self.waiting)


class Disk:
    """The files of a folder while its recorded day goes by; `forgetful` is a disk whose fsync does nothing."""

    def __init__(self, start: Path, *, forgetful: bool = False) -> None:
        self.files = {path.name: _File(path.read_bytes()) for path in start.iterdir() if path.is_file()}
        self.forgetful = forgetful

    def take(self, call: Call) -> None:
        """Let the day's next call happen."""
        if call.name in ("unlink", "rename"):
            raise AssertionError(f"a day at the till {call.name}s no file: {call.file}")
        if not call.file.suffix:  # the folder itself was synced
            return
        file = self.files.setdefault(call.file.name, _File(b""))
        if call.name == "pwrite64":
            file.waiting.append((call.numbers[-1], call.data))
        elif call.name == "write":
            file.waiting.append((len(file.as_written()), call.data))
        elif call.name == "ftruncate":
            file.synced, file.waiting = file.as_written()[: call.numbers[0]], []
        elif not self.forgetful:
            file.synced, file.waiting = file.as_written(), []

    def leave(self, folder: Path, survives: Survival) -> None:
        """Write the files as a power cut now would leave them."""
        for name, file in self.files.items():
            kept = [piece for start, data in file.waiting for piece in survives(start, data)]
            (folder / name).write_bytes(_laid_over(file.synced, kept))


def everything(start: int, data: bytes) -> Writes:
    """The disk had written all."""
    return [(start, data)]


def nothing(start: int, data: bytes) -> Writes:
    """It had written nothing that it did not have to."""
    return []


def by_chance(chance: random.Random) -> Survival:
    """Some sectors of some writes, in whatever order."""

    def some(start: int, data: bytes) -> Writes:
        pieces = [(start + place, data[place : place + SECTOR]) for place in range(0, len(data), SECTOR)]
        return [piece for piece in pieces if chance.random() < 0.5]

    return some


def _laid_over(before: bytes, writes: Writes) -> bytes:
    after = bytearray(before)
    for start, data in writes:
        if start > len(after):
            after.extend(b"\0" * (start - len(after)))
        after[start : start + len(data)] = data
    return bytes(after)
