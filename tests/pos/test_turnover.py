"""The year's turnover against the threshold: what counts, when the page warns, and that a new year begins anew."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from config.reference.turnover_thresholds import threshold_of
from core.database import transaction
from core.money import Money
from core.practice import practice
from inventory.lot import Terms
from pos.practising.practice import complete_practice
from pos.reports.turnover import MonthOfTurnover, YearOfTurnover, turnover_until
from tests.factories import Shop, cash, fill_basket, open_shift, receive, sell
from tests.returning import refund

DAY = date(2026, 11, 20)


def test_of_consigned_goods_only_the_commission_counts(shop: Shop) -> None:
    receive(shop, "mật ong", 10, terms=Terms.on_commission(1500))
    receive(shop, "chè", 10, terms=Terms.at_delivery_price(Money(70_000)))
    receive(shop, "vịt", 10)
    open_shift(shop)
    for name in ("mật ong", "chè", "vịt"):
        sell(shop, name)

    year = turnover_until(DAY)

    assert (year.sold, year.turnover) == (Money(300_000), Money(215_000))
    assert year.months[-1] == MonthOfTurnover(date(2026, 11, 1), Money(300_000), Money(215_000), Money(215_000))
    assert len(year.months) == 11


def test_goods_brought_back_are_no_turnover(shop: Shop) -> None:
    receive(shop, "mật ong", 10, terms=Terms.on_commission(1500))
    receive(shop, "vịt", 10)
    open_shift(shop)
    honey, duck = sell(shop, "mật ong", 2), sell(shop, "vịt", 2)
    refund(shop, honey, "mật ong", 1)
    refund(shop, duck, "vịt", 2)

    year = turnover_until(DAY)

    assert (year.sold, year.turnover) == (Money(100_000), Money(15_000))


def test_each_year_begins_at_nothing_and_months_run_on(shop: Shop) -> None:
    receive(shop, "vịt", 10)
    open_shift(shop)
    sell(shop, "vịt", 2)
    shop.clock.set(datetime(2026, 12, 5, 3, tzinfo=UTC))
    sell(shop, "vịt")
    shop.clock.set(datetime(2027, 1, 2, 3, tzinfo=UTC))
    sell(shop, "vịt", 4)

    last_year, new_year = turnover_until(date(2026, 12, 31)), turnover_until(date(2027, 1, 2))

    assert [month.running.dong for month in last_year.months[-3:]] == [0, 200_000, 300_000]
    assert new_year.turnover == Money(400_000)


def test_practice_is_no_turnover(shop: Shop) -> None:
    receive(shop, "vịt", 10)
    with practice():
        basket = fill_basket(shop, ("vịt", 1))
        with transaction():
            complete_practice(basket, paid=[cash(100_000)], key="k", by=shop.clerk)

    assert turnover_until(DAY).turnover == Money(0)


@pytest.mark.parametrize(
    ("dong", "near", "over"),
    [
        (0, False, False),
        (799_999_999, False, False),
        (800_000_000, True, False),  # 80 %
        (1_000_000_000, True, False),  # "up to 1 billion" still owes nothing
        (1_000_000_001, False, True),
    ],
)
def test_the_page_warns_before_the_threshold_and_says_when_it_is_passed(dong: int, near: bool, over: bool) -> None:
    month = MonthOfTurnover(date(2026, 1, 1), Money(dong), Money(dong), Money(dong))

    year = YearOfTurnover(date(2026, 1, 31), (month,), threshold_of(2026))

    assert (year.is_near, year.is_over) == (near, over)


def test_the_pace_is_that_of_the_days_so_far() -> None:
    month = MonthOfTurnover(date(2026, 1, 1), Money(31_000), Money(31_000), Money(31_000))

    assert YearOfTurnover(date(2026, 1, 31), (month,), threshold_of(2026)).at_this_pace == Money(365_000)
    leap = YearOfTurnover(date(2028, 1, 31), (month,), threshold_of(2028))
    assert leap.at_this_pace == Money(366_000)
