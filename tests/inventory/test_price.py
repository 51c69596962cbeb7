"""Prices and tax classes are dated, and the past does not change."""

from datetime import date, timedelta

import pytest

from core.clock import today
from core.database import transaction
from core.money import Money
from inventory.catalogue.price import PriceNotPositive, PriceOfPast, price_on, prices_for, set_price
from inventory.catalogue.tax import (
    NoSuchTaxClass,
    TaxClassOfPast,
    rate_on,
    set_tax_class,
    tax_class_on,
    tax_classes_for,
)

YEAR_START = date(2026, 1, 1)


def price(shop, product, dong, day):
    with transaction():
        set_price(product, Money(dong), from_day=day, by=shop.by)


def test_a_later_price_ends_the_earlier_one(shop):
    honey = shop.product("Mật ong", price=None)
    price(shop, honey, 100_000, YEAR_START)
    price(shop, honey, 120_000, date(2026, 12, 1))

    assert price_on(honey, date(2025, 12, 31)) is None
    assert price_on(honey, date(2026, 11, 30)) == Money(100_000)
    assert price_on(honey, date(2026, 12, 1)) == Money(120_000)


def test_the_last_word_for_today_or_a_day_to_come_counts(shop):
    honey = shop.product("Mật ong", price=None)
    price(shop, honey, 100_000, today())
    price(shop, honey, 99_000, today())
    price(shop, honey, 150_000, date(2026, 12, 1))
    price(shop, honey, 110_000, date(2026, 12, 1))

    assert price_on(honey, today()) == Money(99_000)
    assert price_on(honey, date(2026, 12, 24)) == Money(110_000)


@pytest.mark.parametrize("day", [YEAR_START, date(2026, 6, 1), date(2026, 11, 21)])
def test_a_past_day_that_had_a_price_keeps_it(shop, day):
    honey = shop.product("Mật ong", price=None)
    price(shop, honey, 100_000, YEAR_START)

    with pytest.raises(PriceOfPast):
        price(shop, honey, 120_000, day)

    assert price_on(honey, day) == Money(100_000)


def test_a_clock_set_back_opens_no_past_day(shop):
    honey = shop.product("Mật ong", price=100_000)
    shop.clock.move(-timedelta(days=30))

    with pytest.raises(PriceOfPast), transaction():
        set_price(honey, Money(1_000), from_day=today(), by=shop.by)


def test_past_days_without_any_price_may_be_given_one(shop):
    honey = shop.product("Mật ong", price=None)
    price(shop, honey, 100_000, date(2026, 6, 1))
    price(shop, honey, 90_000, YEAR_START)

    assert price_on(honey, date(2026, 5, 31)) == Money(90_000)
    assert price_on(honey, date(2026, 6, 1)) == Money(100_000)


@pytest.mark.parametrize("dong", [0, -1])
def test_nothing_is_sold_for_nothing(shop, dong):
    honey = shop.product("Mật ong", price=None)

    with pytest.raises(PriceNotPositive):
        price(shop, honey, dong, today())


def test_prices_of_many_are_read_in_one_query(shop, counted):
    goods = [shop.product(f"Mật ong {n}", price=10_000 + n) for n in range(5)]
    ids = [product.id for product in goods]

    with counted() as statements:
        found = prices_for(ids, today())

    assert len(statements) == 1
    assert found == {product_id: Money(10_000 + n) for n, product_id in enumerate(ids)}


def test_a_tax_class_changes_from_its_day_and_its_rate_by_law(shop):
    tea = shop.product("Trà")
    with transaction():
        set_tax_class(tea, "standard_reduced", from_day=date(2026, 12, 1), by=shop.by)

    assert (tax_class_on(tea, today()), tax_class_on(tea, date(2026, 12, 1))) == ("farm", "standard_reduced")
    assert tax_classes_for([tea.id], date(2025, 3, 14)) == {}
    # 8 % ends on 31/12/2026 (NQ 204/2025/QH15).
    assert rate_on("standard_reduced", date(2026, 12, 31), "deduction").code == "8"
    assert rate_on("standard_reduced", date(2027, 1, 1), "deduction").code == "10"


def test_the_tax_class_of_a_past_day_stays(shop):
    tea = shop.product("Trà")
    with pytest.raises(TaxClassOfPast), transaction():
        set_tax_class(tea, "exempt", from_day=today() - timedelta(days=1), by=shop.by)
    with pytest.raises(NoSuchTaxClass), transaction():
        set_tax_class(tea, "luxury", from_day=today(), by=shop.by)
