"""The Poisson distribution: demand of goods that people buy one by one and independently of each other."""

import math
from collections.abc import Iterator


def chances(mean: float) -> Iterator[float]:
    """The probability of 0, 1, 2 … pieces; by logarithms, so that a large mean does not vanish."""
    k = 0
    while True:
        yield _chance(k, mean)
        k += 1


def _chance(k: int, mean: float) -> float:
    if mean <= 0:
        return 1.0 if k == 0 else 0.0
    return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))


def smallest_level(mean: float, service: float) -> int:
    """The smallest number of pieces that covers the demand with at least so much probability."""
    covered = 0.0
    for k, chance in enumerate(chances(mean)):
        covered += chance
        # beyond ten deviations nothing is left but what the computer cannot add up
        if covered >= service or k > mean + 10 * math.sqrt(mean) + 20:
            return k
    raise AssertionError("the distribution has no end")


def loss(level: int, mean: float) -> float:
    """E[(D - level)+]: the pieces missed on average; below zero pieces on hand everything is missed."""
    if level < 0:
        return mean - level
    left_over = sum((level - k) * chance for k, chance in zip(range(level), chances(mean), strict=False))
    return max(mean - level + left_over, 0.0)
