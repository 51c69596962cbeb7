"""The one way between whole thousandths, as stock is kept, and the fractions that estimates are made of."""

import math

THOUSAND = 1000
# A sum of fractions that is a hair above a whole number means that number.
_HAIR = 1e-6


def units(thousandths: int) -> float:
    """So many pieces, kilograms, litres or metres."""
    return thousandths / THOUSAND


def thousandths_up(amount: float) -> int:
    """Enough thousandths for an amount: what is ordered for a need may be more, never less."""
    return math.ceil(amount * THOUSAND - _HAIR)


def thousandths_down(amount: float) -> int:
    """No more thousandths than an amount: what is ordered below a limit may be less, never more."""
    return math.floor(amount * THOUSAND + _HAIR)


def tenths_nearest(amount: float) -> int:
    """An amount in whole tenths, in thousandths, for a sentence: 1,4 a day."""
    return math.floor(amount * 10 + 0.5) * (THOUSAND // 10)
