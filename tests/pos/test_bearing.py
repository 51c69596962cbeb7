"""Who bears what of a discount: the two parts always make it, in whatever steps it is taken off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import ZERO, Money
from core.quantity import Quantity
from inventory.consignment.discount_rule import DiscountRule
from pos.discounts.bearing import is_below_minimum, split_off
from pos.discounts.discount import SHOP, DiscountKind, Off, borne_by_owner, sum_of_offs

OWNER = "0001"
HALF = DiscountRule(share=5_000, limit=2_000)
hundredths = st.integers(0, 10_000)


def off(dong, kind=DiscountKind.LINE):
    return Off(kind, "nắp móp", Money(dong))


@pytest.mark.parametrize(
    ("discount", "price", "share", "limit", "borne"),
    [
        (10_000, 100_000, 5_000, 2_000, 5_000),
        (20_000, 100_000, 5_000, 2_000, 10_000),  # right at the limit
        (30_000, 100_000, 5_000, 2_000, 10_000),  # what goes beyond it is the shop's
        (100_000, 100_000, 10_000, 10_000, 100_000),  # he bears all of everything
        (10_000, 100_000, 0, 0, 0),
        (9_999, 100_000, 5_000, 2_000, 5_000),  # 4.999,5: halves go away from zero
        (1, 100_000, 4_999, 2_000, 0),
        (1, 100_000, 5_000, 2_000, 1),
        (10_000, 9_990, 3_333, 1_500, 500),  # 1.498,5 are shared: 1.499, of these 499,6
        (5_000, 0, 5_000, 2_000, 0),  # a gift has no price to share in
    ],
)
def test_the_producer_bears_his_share_up_to_the_limit(discount, price, share, limit, borne):
    assert DiscountRule(share, limit).borne(Money(discount), Money(price)) == Money(borne)


def test_a_discount_becomes_the_part_of_each_side():
    parts = split_off(off(10_000), before=ZERO, price=Money(100_000), owner=OWNER, rule=HALF)

    assert [(part.amount.dong, part.bearer, part.name) for part in parts] == [
        (5_000, SHOP, "nắp móp"), (5_000, OWNER, "nắp móp"),
    ]  # fmt: skip


def test_earlier_discounts_use_the_limit_up():
    parts = split_off(off(10_000), before=Money(15_000), price=Money(100_000), owner=OWNER, rule=HALF)

    assert [(part.amount.dong, part.bearer) for part in parts] == [(7_500, SHOP), (2_500, OWNER)]


@pytest.mark.parametrize(
    ("owner", "rule", "kind"),
    [
        (None, HALF, DiscountKind.LINE),  # the shop's own goods
        (OWNER, None, DiscountKind.LINE),  # came without agreement
        (OWNER, DiscountRule(10_000, 10_000), DiscountKind.ROUNDING),
    ],
)
def test_what_nobody_agreed_to_share_stays_the_shops(owner, rule, kind):
    parts = split_off(off(10_000, kind), before=ZERO, price=Money(100_000), owner=owner, rule=rule)

    assert [(part.amount.dong, part.bearer) for part in parts] == [(10_000, SHOP)]


def test_a_part_of_nothing_is_left_out():
    all_his = split_off(off(10_000), before=ZERO, price=Money(100_000), owner=OWNER, rule=DiscountRule(10_000, 10_000))
    none_his = split_off(off(10_000), before=ZERO, price=Money(100_000), owner=OWNER, rule=DiscountRule())

    assert [part.bearer for part in (*all_his, *none_his)] == [OWNER, SHOP]


@given(
    price=st.integers(0, 10**9), steps=st.lists(st.integers(1, 10**8), max_size=6), share=hundredths, limit=hundredths
)
def test_the_parts_make_the_discount_to_the_dong(price, steps, share, limit):
    rule, taken = DiscountRule(share, limit), list[Off]()

    for step in steps:
        before = sum_of_offs(taken)
        parts = split_off(off(step), before=before, price=Money(price), owner=OWNER, rule=rule)
        assert sum_of_offs(parts) == Money(step)
        assert all(part.amount > ZERO for part in parts)
        taken.extend(parts)

    assert borne_by_owner(taken) == rule.borne(Money(sum(steps)), Money(price))
    assert borne_by_owner(taken) <= Money(sum(steps))


@pytest.mark.parametrize(
    ("amount", "quantity", "minimum", "below"),
    [
        (90_000, 1_000, 90_000, False),
        (89_999, 1_000, 90_000, False),  # a đồng lost when a basket's discount was shared out
        (89_998, 1_000, 90_000, True),
        (270_000, 3_000, 90_000, False),
        (29_970, 333, 90_000, False),
        (0, 1_000, None, False),
    ],
)
def test_a_dong_of_rounding_is_no_lower_price(amount, quantity, minimum, below):
    rule = DiscountRule(minimum=Money(minimum) if minimum is not None else None)

    assert is_below_minimum(Money(amount), Quantity(quantity), rule) is below
