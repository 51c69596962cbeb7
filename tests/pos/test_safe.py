import pytest

from core.database import transaction
from core.errors import RuleBroken
from core.money import ZERO, Money
from pos.cash.cash_move import Told, move_drawer_cash, move_safe_cash
from pos.cash.cash_move_table import Purpose, Way
from pos.cash.hand_over import hand_over
from pos.cash.safe import cash_in_safe
from tests.factories import close_shift, open_shift, register_of


def drawer(shop, way, purpose, amount):
    with transaction():
        move_drawer_cash(shop.register, way, Told(Purpose(purpose), Money(amount)), by=shop.clerk)


def test_the_first_float_of_a_register_comes_from_outside(shop):
    open_shift(shop, float_=500_000)

    assert cash_in_safe() == ZERO


def test_what_the_next_shift_does_not_begin_with_went_into_the_safe(shop):
    open_shift(shop, float_=500_000)
    close_shift(shop, 3_200_000)
    assert cash_in_safe() == ZERO  # all of it lies in the drawer still

    open_shift(shop, float_=500_000)

    assert cash_in_safe() == Money(2_700_000)


def test_a_larger_float_comes_out_of_the_safe(shop):
    open_shift(shop, float_=500_000)
    drawer(shop, Way.OUT, "to_safe", 400_000)
    close_shift(shop, 100_000)

    open_shift(shop, float_=300_000)

    assert cash_in_safe() == Money(200_000)


def test_the_drawer_and_the_safe_change_places_without_losing_anything(shop):
    open_shift(shop, float_=500_000)
    drawer(shop, Way.OUT, "to_safe", 400_000)
    assert cash_in_safe() == Money(400_000)

    drawer(shop, Way.IN, "from_safe", 150_000)

    assert cash_in_safe() == Money(250_000)


def test_a_hand_over_takes_nothing_to_the_safe(shop):
    shift = open_shift(shop, float_=500_000)
    with transaction():
        hand_over(shift, counted=Money(480_000), recounted=Money(470_000), by=shop.clerk, to=shop.manager)

    assert cash_in_safe() == ZERO


def test_each_register_is_followed_by_itself(shop):
    open_shift(shop, float_=500_000)
    open_shift(shop, register_of("2"), float_=200_000)
    close_shift(shop, 900_000)
    close_shift(shop, 250_000, register_of("2"))
    open_shift(shop, register_of("2"), float_=200_000)

    assert cash_in_safe() == Money(50_000)


def test_no_more_leaves_the_safe_than_the_book_says_is_in_it(shop):
    with transaction():
        move_safe_cash(Way.IN, Told(Purpose.CHANGE, Money(1_000_000)), by=shop.manager)

    with pytest.raises(RuleBroken, match=r"only 1\.000\.000\s₫ in the safe"), transaction():
        move_safe_cash(Way.OUT, Told(Purpose.DEPOSIT, Money(1_000_001), reference="17"), by=shop.manager)
    with transaction():
        move_safe_cash(Way.OUT, Told(Purpose.DEPOSIT, Money(1_000_000), reference="17"), by=shop.manager)
    assert cash_in_safe() == ZERO
