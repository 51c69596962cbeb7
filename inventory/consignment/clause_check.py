"""What no agreement can say: the rules that clauses are held to before they are written down."""

from collections.abc import Sequence

from config.reference.groups import all_groups
from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO
from inventory.catalogue.product import need_goods
from inventory.consignment.agreed_terms import WHOLE, Clause
from inventory.lot import TermsKind

MOST_CLAUSES = 200


class NothingAgreed(RuleBroken):
    """An agreement without terms says nothing about any goods."""

    message = N_("Nothing is agreed yet. Enter the commission or the delivery price of at least some goods.")


class TooManyClauses(RuleBroken):
    """A form that is not a form any more."""

    message = N_("At most %(most)s rows of terms go into one paper. Agree on the rest with a second one.")


class DeliveryPriceForOneProduct(RuleBroken):
    """So many đồng for a unit say nothing of another product's unit."""

    message = N_("A delivery price is agreed for one product. Choose the product, or agree on a commission.")


class MinimumForOneProduct(RuleBroken):
    """As above."""

    message = N_("A minimum price is agreed for one product. Choose the product, or leave the minimum price empty.")


class MinimumNotPositive(RuleBroken):
    """A minimum price of nothing forbids nothing."""

    message = N_("A minimum price is more than 0 ₫. Type it again, or leave it empty.")


class GroupUnknown(RuleBroken):
    """A code that no group of goods has."""

    message = N_("There is no group of goods %(group)s. Choose one from the list.")


class ShareBeyondWhole(RuleBroken):
    """A share of a discount, or its limit, is at most all of it."""

    message = N_("A share of discounts and its limit are from 0 to 100 percent. Type them again.")


class LimitMissing(RuleBroken):
    """A share without a limit would let the point give away what is not its own."""

    message = N_("The producer bears a share of discounts: up to which discount? Type a limit above 0 percent.")


class FirstStepMissing(RuleBroken):
    """Goods cheaper than the lowest step would have no terms."""

    message = N_("Price steps begin at 0 ₫. Add a row from 0 ₫ for the same goods.")


class StepTwice(RuleBroken):
    """Two answers to one question."""

    message = N_("Two rows are for the same goods from the same price. Take one of them out.")


def check_clauses(clauses: Sequence[Clause]) -> None:
    """Refuse terms that contradict themselves or each other."""
    if not clauses:
        raise NothingAgreed()
    if len(clauses) > MOST_CLAUSES:
        raise TooManyClauses(most=MOST_CLAUSES)
    for clause in clauses:
        check_goods(clause)
        check_shares(clause)
    check_steps(clauses)


def check_goods(clause: Clause) -> None:
    """Refuse goods that are none, and amounts in đồng for more than one product."""
    assert clause.terms.consigned, "bought goods need no agreement"
    if clause.product is not None:
        need_goods(clause.product)
    elif clause.terms.kind is TermsKind.DELIVERY_PRICE:
        raise DeliveryPriceForOneProduct()
    elif clause.minimum_price is not None:
        raise MinimumForOneProduct()
    if clause.group is not None and not any(one.code == clause.group and one.goods for one in all_groups()):
        raise GroupUnknown(group=clause.group[:40])
    if clause.minimum_price is not None and clause.minimum_price <= ZERO:
        raise MinimumNotPositive()


def check_shares(clause: Clause) -> None:
    """Refuse shares beyond the whole, and a share that nothing limits."""
    if not (0 <= clause.discount_share <= WHOLE and 0 <= clause.discount_limit <= WHOLE):
        raise ShareBeyondWhole()
    if clause.discount_share and not clause.discount_limit:
        raise LimitMissing()


def check_steps(clauses: Sequence[Clause]) -> None:
    """For each kind of goods the steps begin at 0 and none stands twice."""
    steps: dict[tuple[int | None, str | None], list[int]] = {}
    for clause in clauses:
        goods = clause.product.id if clause.product is not None else None, clause.group
        steps.setdefault(goods, []).append(clause.price_from.dong)
    for prices in steps.values():
        if len(set(prices)) != len(prices):
            raise StepTwice()
        if min(prices) != 0:
            raise FirstStepMissing()
