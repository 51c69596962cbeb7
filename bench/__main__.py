"""`make bench`: every figure as one line of JSON; exit code 1 when one does not keep its bound.

`python -m bench full` (`make bench-full`) adds those that need a shop of a hundred thousand sales.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import (
    aged,
    backup,
    goods_list,
    inspection,
    on_hand,
    order_backtest,
    paper,
    reordering,
    replayed,
    sale,
    shift_close,
    start,
    till,
)
from bench.figure import Figure


def figures(folder: Path, *, full: bool) -> Iterator[Figure]:
    """All of them, one question after the other."""
    yield from sale.measure(folder)
    yield from till.measure(folder)
    yield from shift_close.measure(folder)
    yield from replayed.measure(folder)
    yield from paper.measure()
    yield from goods_list.measure(folder)
    yield from start.measure(folder)
    yield from on_hand.measure(folder)
    yield from inspection.measure(folder)
    yield from reordering.measure(folder)
    yield from order_backtest.measure()
    yield from backup.measure(folder / "backup", sales=aged.SALES if full else 1_500)
    if full:
        yield from aged.measure(folder)


def main() -> int:
    """Print as they come, so that a long run shows that it lives."""
    kept = True
    with tempfile.TemporaryDirectory(prefix="bench_") as folder:
        for figure in figures(Path(folder), full="full" in sys.argv[1:]):
            print(figure.line(), flush=True)
            kept = kept and figure.ok
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
