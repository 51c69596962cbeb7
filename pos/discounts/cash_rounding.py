"""Rounding what is paid in cash (làm tròn tiền mặt): where small notes have become rare, always down.

Nobody pays more than the price at the shelf. Only what is left to pay in cash is rounded, so that a transfer of
part of the total stays what the customer sent. A rest smaller than the rounding itself is not given away.
"""

from collections.abc import Sequence

from core.current_settings import current_settings
from core.money import ZERO, Money
from pos.tender import Paid, TenderKind, sum_of


def cash_rounding(total: Money, paid: Sequence[Paid]) -> Money:
    """What is taken off a total because of how it is paid; nothing without cash, or while rounding is off."""
    return rounding_of(total, paid, down_to=current_settings().selling.cash_rounding)


def rounding_of(total: Money, paid: Sequence[Paid], *, down_to: int) -> Money:
    """The same for one setting: what is left to pay in cash goes down to a multiple of it."""
    cash = sum_of(paid, TenderKind.CASH)
    if not down_to or not cash:
        return ZERO
    return rounded_off(total - (sum((tender.amount for tender in paid), ZERO) - cash), down_to)


def rounded_off(rest: Money, unit: int) -> Money:
    """How much falls off what is left to pay in cash.

    >>> [rounded_off(Money(rest), 500).dong for rest in (12_300, 12_500, 499, 500, 0)]
    [300, 0, 0, 0, 0]
    """
    return Money(rest.dong % unit) if rest.dong >= unit else ZERO
