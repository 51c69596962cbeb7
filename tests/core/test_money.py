"""Money: what is refused, and that no đồng is lost when an amount is shared, spread or multiplied."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import ZERO, Money, divide_half_away
from core.quantity import ONE, Quantity
from tests.shared_cases import vector

AMOUNTS = st.integers(-(10**13), 10**13)


@pytest.mark.parametrize("wrong", [35_000.0, True, "35000", Decimal(35_000), Fraction(35_000), None])
def test_money_is_whole_dong_only(wrong):
    with pytest.raises(TypeError):
        Money(wrong)


def test_money_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Money(1).dong = 2


@pytest.mark.parametrize(
    "mixed",
    [
        lambda: Money(1) + 1,
        lambda: 1 + Money(1),
        lambda: Money(1) - 1,
        lambda: Money(1) * 1.5,
        lambda: Money(1) * True,
        lambda: Money(2) * Money(2),
        lambda: Money(1) + Quantity(1),
        lambda: sum([Money(1)], start=True),
        lambda: Money(1) < 2,
        lambda: Money(10).share(0.5),
        lambda: Money(10).share(1),
    ],
)
def test_money_does_not_mix_with_other_numbers(mixed):
    with pytest.raises(TypeError):
        mixed()


def test_money_adds_up():
    assert sum([Money(35_000), Money(24_500)]) == Money(59_500)
    assert sum([]) == 0
    assert Money(10_000) - Money(12_000) == -Money(2_000)
    assert 3 * Money(500) == Money(500) * 3 == Money(1_500)
    assert max(Money(3), Money(5)) == Money(5)
    assert not ZERO
    assert Money(-1)


@pytest.mark.parametrize(
    ("amount", "part", "share"),
    [
        (9_990, Fraction(85, 100), 8_492),  # 8 491,5: halves go away from zero
        (-9_990, Fraction(85, 100), -8_492),  # and back the same way
        (1, Fraction(1, 2), 1),
        (1, Fraction(49, 100), 0),
        (100, Fraction(1, 3), 33),
        (100, Fraction(0), 0),
        (100, Fraction(1), 100),
        (100, Fraction(3, 2), 150),
        (3, Fraction(-1, 2), -2),
    ],
)
def test_a_share_is_rounded_once(amount, part, share):
    assert Money(amount).share(part) == Money(share)


@pytest.mark.parametrize("case", vector("vat_inclusive")["cases"], ids=lambda case: f"{case['gross']}@{case['rate']}")
def test_the_net_of_an_inclusive_price_is_a_share(case):
    gross = Money(case["gross"])

    net = gross.share(Fraction(100, 100 + case["rate"]))

    assert (net.dong, (gross - net).dong) == (case["net"], case["vat"])


@given(AMOUNTS, st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any))
def test_parts_of_a_spread_add_up_again(amount, weights):
    parts = Money(amount).spread(weights)

    assert sum(parts) == Money(amount)
    for part, weight in zip(parts, weights, strict=True):
        exact = Fraction(amount * weight, sum(weights))
        assert abs(part.dong - exact) <= 1
        assert weight or not part


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_a_spread_needs_weights(weights):
    with pytest.raises(ValueError, match="weight"):
        Money(100).spread(weights)


@pytest.mark.parametrize("weights", [[1.0], [True, 2], [Money(1)]])
def test_a_spread_takes_whole_weights(weights):
    with pytest.raises(TypeError):
        Money(100).spread(weights)


def test_a_spread_is_the_same_on_every_run():
    assert Money(10).spread([1, 1, 1, 1]) == [Money(3), Money(2), Money(3), Money(2)]
    assert Money(-10).spread([1, 1, 1, 1]) == [Money(-3), Money(-2), Money(-3), Money(-2)]


@pytest.mark.parametrize(
    ("price", "thousandths", "costs"),
    [
        (70_000, 850, 59_500),
        (70_000, 1, 70),
        (50, 10, 1),  # 0,5 đồng: away from zero
        (-50, 10, -1),
        (49, 10, 0),
        (33_333, 333, 11_100),  # 11 099,889
        (1, 1, 0),
    ],
)
def test_a_price_times_a_weight_is_rounded_once(price, thousandths, costs):
    assert Money(price).times(Quantity(thousandths)) == Money(costs)


@given(AMOUNTS, st.integers(0, 10**9))
def test_what_so_much_costs_is_never_half_a_dong_off(price, thousandths):
    costs = Money(price).times(Quantity(thousandths))

    assert abs(costs.dong - Fraction(price * thousandths, 1000)) <= Fraction(1, 2)
    assert Money(price).times(ONE) == Money(price)


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_halves_go_away_from_zero(dividend, divisor):
    exact = Fraction(dividend, divisor)

    rounded = divide_half_away(dividend, divisor)

    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


def test_a_divisor_is_above_zero():
    with pytest.raises(ValueError, match="above 0"):
        divide_half_away(1, 0)


@pytest.mark.parametrize(("dong", "written"), vector("text_vi")["money"])
def test_money_in_a_sentence_is_written_the_vietnamese_way(dong, written):
    assert str(Money(dong)).replace("\N{NO-BREAK SPACE}", " ") == written
