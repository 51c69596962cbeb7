"""How much room the disk has left: a warning in time, and a stop that leaves the rest to selling.

Asked are the pages before they write (core/web/room_for_selling.py) and whoever is about to write much (copies).
"""

import os
import threading
import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from flask import Flask, current_app

MEGABYTE = 1024 * 1024
WARN_BELOW = 500 * MEGABYTE
STOP_BELOW = 100 * MEGABYTE
_LOOK_AGAIN_SECONDS = 5
_EXTENSION = "free_space"


class Room(Enum):
    """How the disk stands."""

    ENOUGH = "enough"
    SHORT = "short"
    ONLY_SELLING = "only selling"


def free_bytes(folder: Path) -> int:
    """How much this user can still write on the disk of a folder."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


class FreeSpace:
    """The room on one disk, looked at most every few seconds: no press of a key waits for it twice."""

    def __init__(self, folder: Path, measure: Callable[[Path], int] = free_bytes) -> None:
        self._folder = folder
        self._measure = measure
        self._looking = threading.Lock()
        self._known = 0
        self._fresh_until = -1.0

    @property
    def left(self) -> int:
        """Bytes that can still be written. A disk that does not answer has none."""
        with self._looking:
            if time.monotonic() >= self._fresh_until:
                try:
                    self._known = self._measure(self._folder)
                except OSError:
                    self._known = 0
                self._fresh_until = time.monotonic() + _LOOK_AGAIN_SECONDS
            return self._known

    @property
    def megabytes(self) -> int:
        """The same, as people say it."""
        return self.left // MEGABYTE

    @property
    def room(self) -> Room:
        """Which of the two marks it has fallen below."""
        left = self.left
        if left < STOP_BELOW:
            return Room.ONLY_SELLING
        return Room.SHORT if left < WARN_BELOW else Room.ENOUGH


def install_free_space(app: Flask, space: FreeSpace) -> None:
    """Watch the disk that an app writes to."""
    app.extensions[_EXTENSION] = space


def current_free_space() -> FreeSpace | None:
    """The disk of the running app; None in an app that nobody told of its disk."""
    space = current_app.extensions.get(_EXTENSION)
    assert space is None or isinstance(space, FreeSpace)
    return space
