import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import ZERO, Money
from pos.tender import (
    CardWithoutReference,
    CashNotNeeded,
    ChangeTooLarge,
    NothingPaid,
    Paid,
    PaidTooLittle,
    PaidTooMuch,
    TenderKind,
    change_for,
    quick_notes,
)


def cash(dong):
    return Paid(TenderKind.CASH, Money(dong))


def transfer(dong):
    return Paid(TenderKind.TRANSFER, Money(dong))


def card(dong, reference="004711"):
    return Paid(TenderKind.CARD, Money(dong), reference)


@pytest.mark.parametrize(
    ("total", "paid", "change"),
    [
        (135_000, [cash(135_000)], 0),
        (135_000, [cash(200_000)], 65_000),
        (135_000, [transfer(135_000)], 0),
        (135_000, [cash(50_000), transfer(100_000)], 15_000),
        (135_000, [cash(35_000), transfer(50_000), card(50_000)], 0),
        (135_000, [cash(100_000), cash(50_000)], 15_000),
        (1_000, [cash(500_000)], 499_000),  # the largest note for the smallest thing
    ],
)
def test_only_cash_may_exceed_what_is_left_and_gives_change(total, paid, change):
    assert change_for(Money(total), paid) == Money(change)


@pytest.mark.parametrize(
    ("paid", "trouble", "sentence"),
    [
        ([], PaidTooLittle, "135.000 ₫ is still missing"),
        ([cash(100_000)], PaidTooLittle, "35.000 ₫ is still missing"),
        ([transfer(136_000)], PaidTooMuch, "1.000 ₫ more than the total"),
        ([transfer(135_000), cash(10_000)], CashNotNeeded, "paid already without cash"),
        ([cash(0)], NothingPaid, "more than 0 ₫"),
        ([cash(-5)], NothingPaid, "more than 0 ₫"),
        ([card(135_000, reference="")], CardWithoutReference, "card machine's slip"),
        ([cash(13_500_000)], ChangeTooLarge, "more than the largest note"),  # a zero too many
    ],
)
def test_money_that_does_not_fit_is_refused_with_the_next_step(paid, trouble, sentence):
    with pytest.raises(trouble) as refused:
        change_for(Money(135_000), paid)

    assert sentence in str(refused.value).replace("\N{NO-BREAK SPACE}", " ")


@given(st.integers(0, 20_000_000), st.lists(st.integers(1, 20_000_000), min_size=1, max_size=4))
def test_change_and_total_always_add_up_to_what_was_given(total, given_):
    paid = [cash(dong) for dong in given_]
    try:
        change = change_for(Money(total), paid)
    except (PaidTooLittle, ChangeTooLarge, CashNotNeeded):
        return

    assert change >= ZERO
    assert Money(total) + change == sum((each.amount for each in paid), ZERO)


@pytest.mark.parametrize(
    ("total", "notes"),
    [
        (135_000, [135_000, 140_000, 150_000, 200_000, 500_000]),
        (500_000, [500_000, 600_000]),
        (12_000, [12_000, 20_000, 50_000, 100_000, 200_000, 500_000]),
        (0, []),
    ],
)
def test_quick_notes_offer_what_people_hand_over(total, notes):
    assert quick_notes(Money(total)) == [Money(note) for note in notes]
