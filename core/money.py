"""Money: whole đồng.

The đồng has no smaller coin, so an amount is a whole number and nothing here can lose a part of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.quantity import Quantity


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in whole đồng; may be negative (what is missing from a drawer)."""

    dong: int

    def __post_init__(self) -> None:
        if type(self.dong) is not int:
            raise TypeError(f"Money takes whole đồng, not {self.dong!r}")

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.dong + other.dong)

    def __radd__(self, other: int) -> Money:
        """Let sum() begin with its 0."""
        if type(other) is not int or other != 0:
            return NotImplemented
        return self

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.dong - other.dong)

    def __neg__(self) -> Money:
        return Money(-self.dong)

    def __mul__(self, times: int) -> Money:
        if type(times) is not int:
            return NotImplemented
        return Money(self.dong * times)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.dong != 0

    def __str__(self) -> str:
        return f"{self.dong:,}".replace(",", ".") + "\N{NO-BREAK SPACE}₫"

    def share(self, part: Fraction) -> Money:
        """The given part of this amount, rounded once; halves go away from zero.

        >>> Money(9_990).share(Fraction(85, 100)).dong
        8492
        """
        if not isinstance(part, Fraction):
            raise TypeError(f"A share is a Fraction, not {part!r}")
        return Money(divide_half_away(self.dong * part.numerator, part.denominator))

    def spread(self, weights: Sequence[int]) -> list[Money]:
        """Divide this amount in proportion to the weights so that the parts add up to it again.

        Each part is at most one đồng away from its exact share: every running total is rounded,
        and a part is what its running total gained.

        >>> [part.dong for part in Money(100).spread([1, 1, 1])]
        [33, 34, 33]
        """
        _check_weights(weights)
        whole, given, seen, parts = sum(weights), 0, 0, []
        for weight in weights:
            seen += weight
            reached = divide_half_away(self.dong * seen, whole)
            parts.append(Money(reached - given))
            given = reached
        return parts

    def times(self, quantity: Quantity) -> Money:
        """What so much costs when this is the price of one unit; one rounding, halves away from zero.

        The quantity is in thousandths of the unit that the price is for.
        """
        return Money(divide_half_away(self.dong * quantity.thousandths, 1000))


def divide_half_away(dividend: int, divisor: int) -> int:
    """Divide whole numbers and round to the nearest; halves go away from zero.

    >>> divide_half_away(5, 2), divide_half_away(-5, 2), divide_half_away(7, 3)
    (3, -3, 2)
    """
    if divisor <= 0:
        raise ValueError(f"The divisor is {divisor}, it must be above 0")
    rounded = (2 * abs(dividend) + divisor) // (2 * divisor)
    return rounded if dividend >= 0 else -rounded


def _check_weights(weights: Sequence[int]) -> None:
    for weight in weights:
        if type(weight) is not int:
            raise TypeError(f"A weight is a whole number, not {weight!r}")
        if weight < 0:
            raise ValueError(f"A weight is at least 0, not {weight}")
    if not any(weights):
        raise ValueError("At least one weight must be above 0")


ZERO = Money(0)
