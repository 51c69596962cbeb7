"""Demand of slow goods: Croston's method, its corrections, and the classes of Syntetos and Boylan.

J. D. Croston, Operational Research Quarterly 23 (1972); A. Syntetos and J. Boylan, International Journal of
Forecasting 21 (2005); E. Shale, J. Boylan and F. Johnston, JORS 57 (2006); R. Teunter, A. Syntetos and M. Babai, EJOR
214 (2011). Rates are for the period after the last one of the series.
"""

import enum
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

SIZE_WEIGHT = 0.1
CHANCE_WEIGHT = 0.05
LONG_INTERVAL = 1.32
WIDE_VARIATION = 0.49


class DemandClass(enum.Enum):
    """How goods sell: the mean interval between two sales against how much the sold quantities differ."""

    NONE = "none"
    SMOOTH = "smooth"
    ERRATIC = "erratic"
    INTERMITTENT = "intermittent"
    LUMPY = "lumpy"


class Start(enum.Enum):
    """What smoothing of intervals and chances begins with: the first one alone, or the mean over the series."""

    FIRST = "first"
    MEAN = "mean"


class Correction(enum.Enum):
    """What is taken off Croston's rate, which is too high: nothing, as Syntetos and Boylan, as Shale and others."""

    NONE = "none"
    SBA = "sba"
    SBJ = "sbj"


@dataclass(frozen=True, slots=True)
class Sales:
    """The periods with a sale: how much, and how many periods after the one before."""

    sizes: tuple[float, ...]
    intervals: tuple[int, ...]

    @classmethod
    def of(cls, series: Sequence[float]) -> "Sales":
        """The sales of a series of periods; the first interval is counted from its beginning."""
        places = [place for place, sold in enumerate(series, start=1) if sold > 0]
        before = [0, *places[:-1]]
        intervals = tuple(place - last for place, last in zip(places, before, strict=False))
        return cls(tuple(series[place - 1] for place in places), intervals)

    @property
    def squared_variation(self) -> float:
        """CV² of the sold quantities; 0 with fewer than two sales."""
        if len(self.sizes) < 2:
            return 0.0
        return statistics.variance(self.sizes) / statistics.fmean(self.sizes) ** 2


def class_of(series: Sequence[float]) -> DemandClass:
    """The class of Syntetos and Boylan; NONE for a series without a sale."""
    sales = Sales.of(series)
    if not sales.sizes:
        return DemandClass.NONE
    rare = len(series) / len(sales.sizes) >= LONG_INTERVAL
    varied = sales.squared_variation >= WIDE_VARIATION
    if rare:
        return DemandClass.LUMPY if varied else DemandClass.INTERMITTENT
    return DemandClass.ERRATIC if varied else DemandClass.SMOOTH


def croston(
    series: Sequence[float],
    *,
    weight: float = SIZE_WEIGHT,
    start: Start = Start.FIRST,
    correction: Correction = Correction.NONE,
) -> float:
    """Croston's rate: the smoothed size of a sale over the smoothed interval between two; 0 without a sale."""
    sales = Sales.of(series)
    if not sales.sizes:
        return 0.0
    size = sales.sizes[0]
    interval = float(sales.intervals[0])
    if start is Start.MEAN:
        interval = statistics.fmean(sales.intervals)
    for sold, after in zip(sales.sizes[1:], sales.intervals[1:], strict=True):
        size += weight * (sold - size)
        interval += weight * (after - interval)
    return _corrected(size / interval, weight, correction)


def _corrected(rate: float, weight: float, correction: Correction) -> float:
    if correction is Correction.SBA:
        return rate * (1 - weight / 2)
    if correction is Correction.SBJ:
        return rate * (1 - weight / (2 - weight))
    return rate


def sba(series: Sequence[float], *, weight: float = SIZE_WEIGHT, start: Start = Start.FIRST) -> float:
    """Croston's rate without its bias (Syntetos and Boylan)."""
    return croston(series, weight=weight, start=start, correction=Correction.SBA)


def tsb(
    series: Sequence[float],
    *,
    size_weight: float = SIZE_WEIGHT,
    chance_weight: float = CHANCE_WEIGHT,
    start: Start = Start.FIRST,
) -> float:
    """The rate of Teunter, Syntetos and Babai: it fades with every period without a sale, so that dead goods end."""
    sales = Sales.of(series)
    if not sales.sizes:
        return 0.0
    size, chance = sales.sizes[0], 1.0 if series[0] > 0 else 0.0
    if start is Start.MEAN:
        chance = len(sales.sizes) / len(series)
    for sold in series[1:]:
        chance += chance_weight * ((1.0 if sold > 0 else 0.0) - chance)
    for sold in sales.sizes[1:]:
        size += size_weight * (sold - size)
    return size * chance
