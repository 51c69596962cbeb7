"""How long a producer takes to bring what he was asked for, from the times he brought it."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 3
LATEST = 10


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Whole days, rounded up so that nobody counts on too early a day, and how much they differ in tenths of a day."""

    days: int
    differs_tenths: int


def lead_time(days: Sequence[int]) -> LeadTime | None:
    """The lead time of the latest deliveries, the newest last; None while there are too few to say."""
    latest = days[-LATEST:]
    if len(latest) < ENOUGH:
        return None
    mean = statistics.fmean(latest)
    return LeadTime(math.ceil(mean - 1e-9), math.ceil(statistics.stdev(latest) * 10 - 1e-9))
