"""Long work in a process of its own: the till keeps its interpreter and its turn, and shares nothing but the disk."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

from core import clock

LONGEST_MS = 3_600_000
_LOOK_SECONDS = 1


def ask_child(module: str, order: str, *, is_stopping: Callable[[], bool] = lambda: False) -> str | None:
    """Give a module of ours one line to work on; what it said, or None where it failed or had to be ended.

    It is ended when the shop stops, and when it takes longer than anybody waits. The line goes through its input: a
    passphrase in it stands in no list of processes.
    """
    command = [sys.executable, "-m", module]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603
        assert child.stdin is not None
        assert child.stdout is not None
        with suppress(BrokenPipeError):  # it died at once; its code tells
            child.stdin.write(order)
            child.stdin.close()
        give_up = clock.monotonic_ms() + LONGEST_MS
        while child.poll() is None:
            if is_stopping() or clock.monotonic_ms() > give_up:
                child.kill()
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=_LOOK_SECONDS)
        return child.stdout.read() if child.returncode == 0 else None
