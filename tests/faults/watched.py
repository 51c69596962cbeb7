"""strace beside a process: what it writes, and what happens when its k-th write fails or is its last."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

WRITES = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink", "rename")
_EVERY_BYTE = ("-xx", "-s", "70000")
_CALL = re.compile(
    r"""^(?:\d+\ +)?(?P<name>\w+)\(
    (?:\d+<(?P<file>[^>]*)>|"(?P<named>[^"]*)") (?:,\ "(?P<data>[^"]*)")? (?:,\ (?P<numbers>[\d, ]+))? \)""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Call:
    """One system call: its name, the file it was about, which of that name it was, and what it wrote where."""

    name: str
    file: Path
    k: int
    data: bytes
    numbers: tuple[int, ...]


@contextmanager
def watched(pid: int, log: Path, *options: str) -> Iterator[None]:
    """strace on a process from before the block until after it; its lines are in `log` then."""
    strace = shutil.which("strace")
    if not strace:
        pytest.fail("strace is not installed, and this test needs it. Type: sudo apt-get install strace", False)
    watcher = subprocess.Popen(
        [strace, "-f", "-y", "-p", str(pid), "-e", f"trace={','.join(WRITES)}", "-o", str(log), *_EVERY_BYTE, *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert watcher.stderr is not None
    said = watcher.stderr.readline()
    if "attached" not in said:
        watcher.kill()
        watcher.communicate()
        pytest.fail(f"strace may not watch a process here, and this test needs it: {said}", False)
    try:
        yield
    finally:
        watcher.terminate()  # strace lets go of the process and ends
        watcher.communicate(timeout=30)


def calls_in(log: Path, folder: Path | None = None) -> list[Call]:
    """The calls about a folder's files, or all, in order; `k` counts those about other files too, as strace does."""
    times: Counter[str] = Counter()
    found = []
    for line in log.read_text(encoding="ascii", errors="replace").splitlines():
        if match := _CALL.match(line):
            times[match["name"]] += 1
            file = Path(_bytes_of(match["file"] or match["named"] or "").decode(errors="replace"))
            numbers = tuple(int(number) for number in (match["numbers"] or "").split(", ") if number)
            if folder is None or folder in (file, *file.parents):
                data = _bytes_of(match["data"] or "")
                found.append(Call(match["name"], file, times[match["name"]], data, numbers))
    return found


def _bytes_of(escaped: str) -> bytes:
    """What strace wrote with -xx; names of what is no file, such as pipe:[7], it leaves as they are."""
    return bytes.fromhex(escaped.replace("\\x", "")) if escaped.startswith("\\x") else escaped.encode()
