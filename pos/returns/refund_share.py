"""What part of a sold line goes back with a part of its goods. Arithmetic only: no tables, no clock.

Always reckoned from the whole: so many of the line's goods are back after this return, so much of its money must be.
What earlier returns gave back is taken off. So no order of partial returns gives back a đồng more than was paid, and
when everything is back, everything was given back.
"""

from dataclasses import dataclass
from fractions import Fraction

from core.money import ZERO, Money
from core.quantity import NONE, Quantity


@dataclass(frozen=True, slots=True)
class Part:
    """Goods and money of a sold line: all of it, or what came back. `due` is the owner's, `vat` is inside `amount`."""

    quantity: Quantity = NONE
    amount: Money = ZERO
    due: Money = ZERO
    vat: Money = ZERO

    def __add__(self, other: "Part") -> "Part":
        return Part(
            self.quantity + other.quantity, self.amount + other.amount, self.due + other.due, self.vat + other.vat
        )

    def __sub__(self, other: "Part") -> "Part":
        return Part(
            self.quantity - other.quantity, self.amount - other.amount, self.due - other.due, self.vat - other.vat
        )


def share_back(sold: Part, before: Part, quantity: Quantity) -> Part:
    """The part of a sold line that goes back with so much of it, after what came back before.

    >>> third = share_back(Part(Quantity(3000), Money(100_000)), Part(), Quantity(1000))
    >>> third.amount.dong
    33333
    """
    assert NONE < quantity <= sold.quantity - before.quantity, "the caller refuses more than was sold"
    reached = Fraction((before.quantity + quantity).thousandths, sold.quantity.thousandths)
    return Part(
        quantity,
        sold.amount.share(reached) - before.amount,
        sold.due.share(reached) - before.due,
        sold.vat.share(reached) - before.vat,
    )
