"""The demo shop as a process: from the command to its first page, and the memory it holds after some work."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from bench.figure import Figure

START_BOUND_S, MEMORY_BOUND_MB = 3, 200
PAGES = ("/sign-in", "/static/core/htmx.js", "/sign-in?lang=en")


def measure(folder: Path, *, runs: int = 5) -> Iterator[Figure]:
    """The median start of a shop that exists already; the demo is made once and not counted."""
    with demo_shop(folder):
        pass
    starts, memory = [], 0.0
    for _ in range(runs):
        started = time.perf_counter()
        with demo_shop(folder) as (address, process):
            urlopen(address + "sign-in").read()
            starts.append(time.perf_counter() - started)
            for _ in range(30):
                urlopen(address + "sign-in").read()
            memory = max(memory, peak_memory_mb(process.pid))
    yield Figure("start_to_first_page", statistics.median(starts), "s", START_BOUND_S)
    yield Figure("memory_of_the_demo_shop", memory, "MB", MEMORY_BOUND_MB)


@contextmanager
def demo_shop(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A demo shop on a free port, its address as it prints it; stopped at the end."""
    shop = Path(sys.executable).with_name("shop")
    command = [str(shop), "--data", str(folder / "demo"), "demo", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        yield address, process
    finally:
        process.terminate()
        process.wait(10)


def peak_memory_mb(pid: int) -> float:
    """The most memory the process has held so far (VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024
