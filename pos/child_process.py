"""Long work in a process of its own: the till keeps its interpreter and its turn, and shares nothing but the disk."""

import subprocess
import sys
from collections.abc import Callable

from core import clock

LONGEST_MS = 3_600_000
_LOOK_SECONDS = 1


def ask_child(module: str, order: str, *, is_stopping: Callable[[], bool] = lambda: False) -> str | None:
    """Give a module of ours one line to work on; what it said, or None where it failed or had to be ended.

    It is ended when the shop stops, and when it takes longer than anybody waits. The line goes through its input: a
    passphrase in it stands in no list of processes.
    """
    command = [sys.executable, "-m", module]
    words: str | None = order
    # No shell, and the module's name is ours.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603  (our own program)
        give_up = clock.monotonic_ms() + LONGEST_MS
        while True:
            try:
                said, _ = child.communicate(words, timeout=_LOOK_SECONDS)
                return said if child.returncode == 0 else None
            except subprocess.TimeoutExpired:
                words = None  # given already
                if is_stopping() or clock.monotonic_ms() > give_up:
                    child.kill()
