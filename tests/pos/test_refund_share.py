"""No order of partial returns gives back a đồng more than was paid; when everything is back, everything was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from core.quantity import Quantity
from pos.returns.refund_share import Part, share_back

CASES = [
    # sold (thousandths), paid, owed, tax; what comes back one after the other; what goes back each time
    (3000, (100_000, 85_000, 7_407), [1000, 1000, 1000], [33_333, 33_334, 33_333]),
    (3000, (100_000, 85_000, 7_407), [3000], [100_000]),
    (3000, (100_001, 0, 0), [2000, 1000], [66_667, 33_334]),  # 66 667,33: the rest is what is left
    (2000, (99_999, 0, 0), [1000, 1000], [50_000, 49_999]),  # 49 999,5 goes up, so the second gets less
    (850, (153_000, 130_050, 11_333), [425, 1, 424], [76_500, 180, 76_320]),  # weighed goods, back in any part
    (7000, (1, 1, 0), [1000] * 7, [0, 0, 0, 1, 0, 0, 0]),  # one đồng for seven: it goes back once, at the half
    (2000, (0, 140_000, 0), [1000, 1000], [0, 0]),  # given away on an offer: goods come back, no money goes
]


def brought_back(sold: Part, quantities: list[int]) -> list[Part]:
    parts, before = [], Part()
    for thousandths in quantities:
        parts.append(share_back(sold, before, Quantity(thousandths)))
        before += parts[-1]
    return parts


@pytest.mark.parametrize(("quantity", "money", "back", "expected"), CASES)
def test_each_return_gives_back_its_share_of_the_whole(quantity, money, back, expected):
    sold = Part(Quantity(quantity), *(Money(dong) for dong in money))

    parts = brought_back(sold, back)

    assert [part.amount.dong for part in parts] == expected
    assert sum(parts, Part()) == sold


@given(
    st.lists(st.integers(1, 5_000), min_size=1, max_size=12),
    st.integers(0, 10_000_000),
    st.integers(0, 10_000_000),
    st.integers(0, 100),
)
def test_any_partial_returns_stay_within_what_was_paid_owed_and_taxed(back, paid, owed, percent):
    sold = Part(Quantity(sum(back)), Money(paid), Money(owed), Money(paid * percent // 200))

    parts = brought_back(sold, back)

    assert sum(parts, Part()) == sold
    for part in parts:
        assert part.amount >= Money(0)
        assert part.due >= Money(0)
        assert Money(0) <= part.vat <= part.amount + Money(1)


def test_more_than_was_sold_is_our_own_mistake():
    sold = Part(Quantity(2000), Money(100_000))

    with pytest.raises(AssertionError):
        share_back(sold, share_back(sold, Part(), Quantity(1000)), Quantity(1001))
