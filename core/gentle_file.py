"""Writing a lot to a disk on which somebody else waits for a little: in pieces, each on the disk before the next.

What piles up unwritten goes out at once in the end, and a sale that must be on the disk stands behind all of it.
"""

import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PIECE = 4 << 20
_PAUSE_SECONDS = 0.02
_sync = getattr(os, "fdatasync", os.fsync)


class GentleFile(io.FileIO):
    """A new private file; never more than one piece of it is unwritten."""

    def __init__(self, path: Path) -> None:
        super().__init__(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w")
        self._unwritten = 0

    def write(self, data: Any) -> int:
        """Write all of it, piece by piece."""
        left = memoryview(data).cast("B")
        whole = len(left)
        while left:
            done = super().write(left[: PIECE - self._unwritten]) or 0
            left, self._unwritten = left[done:], self._unwritten + done
            if self._unwritten >= PIECE:
                _sync(self.fileno())
                self._unwritten = 0
        return whole


@contextmanager
def written_gently(path: Path) -> Iterator[None]:
    """While the block has something else write a file, have what is written go to the disk steadily."""
    over = threading.Event()

    def keep_syncing() -> None:
        handle = os.open(path, os.O_RDWR)
        try:
            while not over.wait(_PAUSE_SECONDS):
                _sync(handle)
        finally:
            os.close(handle)

    thread = threading.Thread(target=keep_syncing)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
