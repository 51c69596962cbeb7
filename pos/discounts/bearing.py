"""Who bears what of a discount (ai chịu giảm giá): the part of the producer and the part of the shop.

A discount on goods of a producer is divided by what his lot came under. Without an agreement, on the shop's own goods
and for rounding it stays the shop's.
"""

from dataclasses import replace

from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.quantity import Quantity
from inventory.consignment.discount_rule import DiscountRule
from pos.discounts.discount import DiscountKind, Off


class BelowMinimum(RuleBroken):
    """The producer set a price below which his goods are not sold (Luật Thương mại 2005, Điều 171)."""

    message = N_(
        "%(product)s of lot %(lot)s is not sold below %(minimum)s: so it is agreed with its producer. Take less off, "
        "or ask the producer for consent first."
    )


def split_off(
    off: Off, *, before: Money, price: Money, owner: str | None, rule: DiscountRule | None
) -> tuple[Off, ...]:
    """One discount as what the shop bears of it and what the owner bears, whichever is more than nothing.

    `price` is what the goods cost without any discount, `before` what was taken off them so far.
    """
    if owner is None or rule is None or off.kind is DiscountKind.ROUNDING:
        return (off,)
    theirs = rule.more_borne(before, off.amount, price)
    parts = (replace(off, amount=off.amount - theirs), replace(off, amount=theirs, bearer=owner))
    return tuple(part for part in parts if part.amount)


def is_below_minimum(amount: Money, quantity: Quantity, rule: DiscountRule | None) -> bool:
    """Whether so much of a lot would be sold for less than agreed; a đồng lost in rounding is no lower price."""
    if rule is None or rule.minimum is None:
        return False
    return amount.dong + 1 < rule.minimum.times(quantity).dong
