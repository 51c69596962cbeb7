"""What is expected to sell: days without stock say nothing, feasts are taken out, dead goods fade."""

from __future__ import annotations

import pytest

from inventory.reordering.estimate.feast_lift import Lifts, Sold, Stretch, Window, lift_of
from inventory.reordering.estimate.forecast import SoldDays, forecast
from inventory.reordering.estimate.intermittent import DemandClass
from inventory.reordering.estimate.shelf import Batch, look_ahead


def days(*sold: int, usable: list[bool] | None = None, out: list[bool] | None = None, weekday: int = 0) -> SoldDays:
    thousandths = [amount * 1000 for amount in sold]
    return SoldDays(thousandths, usable or [True] * len(sold), out or [False] * len(sold), weekday)


def test_days_without_stock_are_no_days_without_demand() -> None:
    sold = [2, 2, 0, 0] * 10
    usable = [True, True, False, False] * 10

    found = forecast(days(*sold, usable=usable), [1.0] * 40)

    assert found.rate == pytest.approx(2)
    assert found.days == 20


def test_a_day_that_sold_out_counts_at_least_as_the_mean() -> None:
    sold = [4, 4, 4, 1] * 10
    out = [False, False, False, True] * 10

    found = forecast(days(*sold, out=out), [1.0] * 40)

    assert found.rate == pytest.approx(4)


def test_a_day_that_sold_out_with_more_than_the_mean_keeps_what_it_sold() -> None:
    found = forecast(days(*[2, 2, 2, 8] * 10, out=[False, False, False, True] * 10), [1.0] * 40)

    assert found.rate > 3


def test_newer_days_weigh_more() -> None:
    found = forecast(days(*[1] * 60, *[3] * 60), [1.0] * 120)

    assert found.rate > 2.5


def test_a_feast_is_taken_out_of_the_ordinary_day() -> None:
    lifts = [1.0] * 40 + [3.0] * 20

    found = forecast(days(*[2] * 40, *[6] * 20), lifts)

    assert found.rate == pytest.approx(2)
    assert found.expected(0, [1.0, 3.0]) == pytest.approx([2, 6])


def test_a_weekend_that_sells_more_is_expected_to() -> None:
    found = forecast(days(*[1, 1, 1, 1, 1, 4, 4] * 12), [1.0] * 84)

    assert found.kind is DemandClass.SMOOTH or found.kind is DemandClass.ERRATIC
    assert found.expected(5, [1.0])[0] > 2 * found.expected(0, [1.0])[0]


def test_goods_that_stopped_selling_fade() -> None:
    sold = [1, 0, 0] * 20

    alive, silent = forecast(days(*sold), [1.0] * 60), forecast(days(*sold, *[0] * 60), [1.0] * 120)

    assert alive.rate == pytest.approx(1 / 3, rel=0.1)
    assert silent.rate < alive.rate / 10


def test_nothing_sold_is_no_forecast() -> None:
    found = forecast(days(*[0] * 30), [1.0] * 30)

    assert (found.kind, found.rate) == (DemandClass.NONE, 0)


def test_returns_do_not_make_a_demand_below_nothing() -> None:
    assert forecast(days(-3, *[0] * 20), [1.0] * 21).rate == 0


def test_a_feast_is_learnt_from_the_year_before() -> None:
    sold = Sold([2000] * 60 + [6000] * 14, [True] * 74)

    lift = lift_of(sold, [Window(60, 73)], set_percent=130)

    assert 2.6 < lift < 3


def test_a_feast_without_an_earlier_year_sells_what_the_shop_set() -> None:
    assert lift_of(Sold([2000] * 30, [True] * 30), [], set_percent=200) == pytest.approx(2)


def test_a_feast_whose_shelf_was_empty_teaches_nothing() -> None:
    sold = Sold([2000] * 60 + [0] * 14, [True] * 60 + [False] * 14)

    assert lift_of(sold, [Window(60, 73)], set_percent=150) == pytest.approx(1.5)


def test_days_of_a_feast_are_lifted_and_no_others() -> None:
    lifts = Lifts({"tet": 2.0}).of_days(6, [Stretch("tet", -3, 2), Stretch("tet", 5, 99)])

    assert lifts == [2, 2, 1, 1, 1, 2]


def test_what_expires_first_sells_first_and_the_rest_is_lost() -> None:
    ahead = look_ahead([Batch(10_000), Batch(5_000, last=1)], [2.0] * 5)

    assert ahead.expired == pytest.approx(1)
    assert ahead.left == pytest.approx(4)
    assert ahead.missed == [0] * 5


def test_an_empty_shelf_misses_until_goods_come() -> None:
    ahead = look_ahead([Batch(3_000), Batch(9_000, first=4)], [2.0] * 6)

    assert ahead.empty_on == 1
    assert ahead.missed == pytest.approx([0, 1, 2, 2, 0, 0])
