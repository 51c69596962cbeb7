"""What a line is sold from: so much of each lot, with its share of price and discounts. Arithmetic only."""

from dataclasses import dataclass, replace

from core.money import Money
from core.quantity import Quantity
from inventory.consignment.discount_rule import DiscountRule
from inventory.lot import Lot
from pos.discounts.bearing import split_off
from pos.discounts.discount import Off, sum_of_offs
from pos.pricing import Taxed


@dataclass(frozen=True, slots=True)
class Pick:
    """So much of one lot and its share of the line: of its price, of the shop's price, of each discount.

    Of a service, which comes from no lot, it is all of the line. `rule` says who bears what is taken off it.
    """

    lot: Lot | None
    quantity: Quantity
    full: Money
    at_list: Money
    rate: str | None
    percent: int
    offs: tuple[Off, ...] = ()
    rule: DiscountRule | None = None

    @property
    def discount(self) -> Money:
        """All that is taken off it."""
        return sum_of_offs(self.offs)

    @property
    def amount(self) -> Money:
        """What the customer pays for it."""
        return self.full - self.discount

    @property
    def taxed(self) -> Taxed:
        """The same as the tax sees it."""
        return Taxed(self.amount, self.rate, self.percent)


def taken_off(picks: tuple[Pick, ...], off: Off) -> tuple[Pick, ...]:
    """The picks with so much less to pay; each gets a part as large as what it still costs, borne as its lot says."""
    if not picks:  # a line in trouble has none
        return picks
    parts = off.amount.spread([pick.amount.dong for pick in picks])
    return tuple(
        replace(pick, offs=(*pick.offs, *_borne(pick, replace(off, amount=part)))) if part else pick
        for pick, part in zip(picks, parts, strict=True)
    )


def _borne(pick: Pick, off: Off) -> tuple[Off, ...]:
    owner = pick.lot.owner_code if pick.lot is not None else None
    return split_off(off, before=pick.discount, price=pick.at_list, owner=owner, rule=pick.rule)
