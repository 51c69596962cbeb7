"""The command behind bench/replay_baskets.py, which says what it reads and prints."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bench.replay.replay import replay
from bench.replay.sales_file import NotASalesFile
from bench.replay.shop import NotAReplayShop


def main(words: list[str] | None = None) -> int:
    """Replay, print, and say by the exit code whether everything agrees."""
    asked = argparse.ArgumentParser("replay_baskets.py", description="Play a neutral sales file through the till.")
    asked.add_argument("file", type=Path, help="CSV, plain or gzipped")
    asked.add_argument("--data", type=Path, help="folder of the shop that is replayed in; else a temporary one")
    asked.add_argument("--days", type=int, help="only the file's first so many days")
    given = asked.parse_args(words)
    try:
        with tempfile.TemporaryDirectory(prefix="replay_") as folder:
            done = replay(given.file, given.data or Path(folder) / "shop", days=given.days)
    except (NotASalesFile, NotAReplayShop, OSError) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(json.dumps(done.sums))
    print(json.dumps(done.report, ensure_ascii=False, indent=1), file=sys.stderr)
    return 0 if done.agrees else 1


if __name__ == "__main__":
    sys.exit(main())
