"""The child process that opens a file from outside, so that a hostile one breaks this process and not the shop.

Run as `python -m core.spreadsheet.child` with the file on its standard input; it answers with one JSON object. It
limits its own memory, time, files and children before it looks at the first byte, and whatever goes wrong ends here.
"""

from __future__ import annotations

import json
import resource
import sys

from core.spreadsheet.formats import read_bytes
from core.spreadsheet.refused import Refused

MEMORY = 200 * 1024 * 1024
SECONDS = 5
_LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CPU: SECONDS,
    resource.RLIMIT_FSIZE: 0,  # nothing is written to any file
    resource.RLIMIT_CORE: 0,  # and what the file held is not left behind as a core dump
    resource.RLIMIT_NPROC: 0,
}


def main() -> None:
    """Read the file and answer."""
    for limit, most in _LIMITS.items():
        resource.setrlimit(limit, (most, most))
    try:
        answer: dict[str, object] = read_bytes(sys.stdin.buffer.read())
    except Refused as refused:
        answer = {"refused": refused.reason, **refused.values}
    except MemoryError:
        answer = {"refused": "too_heavy"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
