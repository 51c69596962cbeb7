"""What has arrived against what was asked for: what passes, what stops, and what stops for good."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from pos.transfers.amount import (
    LargerArrival,
    ShortArrival,
    ThousandfoldArrived,
    ThousandthArrived,
    WrongArrival,
    need_right_amount,
)

STOPPED = [
    # asked, arrived, why, may a person insist?
    (35_000, 35, ThousandthArrived, False),  # the speaker said "ba mươi lăm đồng"
    (200_000, 200, ThousandthArrived, False),  # the trick that is told of in the papers: 200 đ for 200.000 đ
    (35_000, 35_000_000, ThousandfoldArrived, False),  # three zeros too many
    (1_500_000, 1_500, ThousandthArrived, False),
    (1, 1_000, ThousandfoldArrived, False),
    (35_000, 34_999, ShortArrival, True),
    (35_000, 30_000, ShortArrival, True),
    (35_000, 0, ShortArrival, True),
    (35_000, 3_500, ShortArrival, True),  # a factor of ten can be a true part payment
    (35_500, 35, ShortArrival, True),  # not an exact thousandth: short all the same
    (35_000, 35_001, LargerArrival, True),
    (35_000, 40_000, LargerArrival, True),
    (35_000, 350_000, LargerArrival, True),
]


@pytest.mark.parametrize(("asked", "arrived", "why", "may_insist"), STOPPED)
def test_an_amount_that_is_not_the_one_asked_for_stops(
    asked: int, arrived: int, why: type[WrongArrival], may_insist: bool
) -> None:
    with pytest.raises(why) as stopped:
        need_right_amount(asked=Money(asked), arrived=Money(arrived))

    assert stopped.value.may_be_accepted is may_insist
    assert str(Money(arrived)) in str(stopped.value)
    assert str(Money(asked)) in str(stopped.value)


@pytest.mark.parametrize(("asked", "arrived", "why", "may_insist"), STOPPED)
def test_insisting_helps_where_it_can_be_true_and_never_with_a_factor_of_a_thousand(
    asked: int, arrived: int, why: type[WrongArrival], may_insist: bool
) -> None:
    if may_insist:
        need_right_amount(asked=Money(asked), arrived=Money(arrived), accepted=True)
        return
    with pytest.raises(why):
        need_right_amount(asked=Money(asked), arrived=Money(arrived), accepted=True)


def test_the_sentences_say_by_how_much() -> None:
    with pytest.raises(ShortArrival, match=r"5\.000"):
        need_right_amount(asked=Money(35_000), arrived=Money(30_000))
    with pytest.raises(LargerArrival, match=r"7\.000"):
        need_right_amount(asked=Money(35_000), arrived=Money(42_000))


@given(st.integers(1, 10**12), st.integers(0, 10**12))
def test_only_the_very_amount_passes_by_itself(asked: int, arrived: int) -> None:
    passes = True
    try:
        need_right_amount(asked=Money(asked), arrived=Money(arrived))
    except WrongArrival:
        passes = False

    assert passes == (asked == arrived)
