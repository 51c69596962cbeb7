"""One measured figure: a line of JSON that a person and a machine can read."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, in which unit, and the bound it has to keep (None: shown for comparison only).

    A bound is the most that is allowed; with `at_least` it is the least.
    """

    name: str
    value: float
    unit: str
    bound: float | None = None
    at_least: bool = False

    @property
    def ok(self) -> bool:
        """Whether the figure keeps its bound; a figure without one only informs."""
        if self.bound is None:
            return True
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def line(self) -> str:
        """The figure as one line of JSON."""
        return json.dumps(
            {
                "figure": self.name,
                "value": round(self.value, 3),
                "unit": self.unit,
                "bound": self.bound,
                "ok": self.ok,
            },
            ensure_ascii=False,
        )


@dataclass
class Stopwatch:
    """Collects durations in milliseconds of wall clock."""

    took: list[float]

    @contextmanager
    def lap(self) -> Iterator[None]:
        """Time what happens inside the block."""
        started = time.perf_counter()
        yield
        self.took.append((time.perf_counter() - started) * 1000)

    def after(self, warm_up: int) -> Stopwatch:
        """The same without the first laps, in which everything was still cold."""
        return Stopwatch(self.took[warm_up:])

    def median(self) -> float:
        """The middle duration."""
        return statistics.median(self.took)

    def percentile(self, percent: int) -> float:
        """The duration that so many percent of the laps stay below."""
        return statistics.quantiles(self.took, n=100)[percent - 1]


def stopwatch() -> Stopwatch:
    """A stopwatch that has not run yet."""
    return Stopwatch([])


def median_of_runs(runs: int, measure: Callable[[], float]) -> float:
    """The median of several whole runs: what one noisy second does to a shared machine drops out."""
    return statistics.median(measure() for _ in range(runs))
