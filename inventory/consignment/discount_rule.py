"""Who bears a discount on goods of a lot, and below which price they are not sold: what the till asks for each lot.

By the terms that the lot came under, or by the producer's consent to a markdown while it holds. Arithmetic is exact:
whatever the producer does not bear, the point does, so that the two always make the discount.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.money import ZERO, Money
from inventory.consignment.agreed_terms import WHOLE, AgreedTerms
from inventory.consignment.consent_table import consents_by_lot
from inventory.consignment.lot_agreement import agreed_terms_of_lots


@dataclass(frozen=True, slots=True)
class DiscountRule:
    """The producer bears `share` of a discount as far as it is at most `limit` of the price, both in hundredths of a
    percent; below `minimum` for one nothing is sold.
    """

    share: int = 0
    limit: int = 0
    minimum: Money | None = None

    def borne(self, discount: Money, price: Money) -> Money:
        """What the producer bears of all that is taken off a price, rounded once.

        >>> DiscountRule(share=5000, limit=2000).borne(Money(30_000), Money(100_000)).dong
        10000
        """
        shared = min(discount, price.share(Fraction(self.limit, WHOLE)))
        return max(shared.share(Fraction(self.share, WHOLE)), ZERO)

    def more_borne(self, before: Money, off: Money, price: Money) -> Money:
        """What he bears of one discount more, after what was taken off before: the parts add up to all he bears."""
        return self.borne(before + off, price) - self.borne(before, price)


def rule_of(agreed: AgreedTerms) -> DiscountRule:
    """What a lot's terms say of discounts."""
    return DiscountRule(agreed.discount_share, agreed.discount_limit, agreed.minimum_price)


def discount_rules(lot_ids: Collection[int], day: date) -> dict[int, DiscountRule]:
    """The rules of many lots on a day, in few queries; a lot about which nothing is agreed is left out.

    A consent goes before the terms that the lot came under.
    """
    rules = {lot_id: rule_of(agreed) for lot_id, agreed in agreed_terms_of_lots(lot_ids).items()}
    consents = consents_by_lot(set(lot_ids), day)
    return rules | {lot_id: DiscountRule(each.share, WHOLE, each.price) for lot_id, each in consents.items()}
