"""Discounts given at the till: one a line and one for the basket, with a reason, within the right of who gives them."""

from __future__ import annotations

import pytest

from core.database import transaction
from core.journal.record import Kind
from core.money import Money
from core.quantity import Quantity
from pos import basket as baskets
from pos.basket import Basket, BasketFinished
from pos.basket_table import discounts_in
from pos.correction import CorrectionKind, ReasonMissing, corrections_of
from pos.discounts.basket_discount import (
    DiscountNotPositive,
    DiscountTooLarge,
    PercentBeyondWhole,
    needs_a_manager,
    remove_discount,
)
from pos.quote import quote
from pos.settings.change import change_settings
from tests.factories import Shop, fill_basket, open_shift, pay, receive, records, take_off


@pytest.fixture
def basket(shop: Shop) -> Basket:
    """Ten jars of honey and a duck in an open basket: 1.100.000."""
    receive(shop, "mật ong", 20)
    receive(shop, "vịt quay", 20)
    open_shift(shop)
    return fill_basket(shop, ("mật ong", 10), ("vịt quay", 1))


def total(basket: Basket) -> int:
    """What the customer would pay now."""
    return quote(basket).total.dong


@pytest.mark.parametrize(
    ("how", "reason", "refusal"),
    [
        ({"percent": 0}, "khách quen", PercentBeyondWhole),
        ({"percent": 101}, "khách quen", PercentBeyondWhole),
        ({"amount": 0}, "khách quen", DiscountNotPositive),
        ({"amount": -1}, "khách quen", DiscountNotPositive),
        ({"amount": 1_000_001}, "khách quen", DiscountTooLarge),
        ({"percent": 10}, "  ", ReasonMissing),
    ],
)
def test_what_makes_no_sense_is_refused(shop, basket, how, reason, refusal):
    with pytest.raises(refusal):
        take_off(shop, basket.line(1), reason=reason, **how)

    assert total(basket) == 1_100_000
    assert records(Kind.CORRECTION) == []


def test_a_second_discount_takes_the_place_of_the_first(shop, basket):
    take_off(shop, basket, percent=10)
    take_off(shop, basket, percent=5)
    take_off(shop, basket.line(1), amount=100_000)
    take_off(shop, basket.line(1), amount=50_000)

    assert total(basket) == 997_500  # 1 050 000 less 5 %
    assert len(discounts_in(basket)) == 2


def test_a_percent_follows_the_quantity_and_an_amount_does_not(shop, basket):
    take_off(shop, basket.line(1), percent=10)
    take_off(shop, basket.line(2), amount=20_000)
    with transaction():
        baskets.change_quantity(basket.line(1), Quantity.of(5), by=shop.clerk)
        baskets.change_quantity(basket.line(2), Quantity.of(2), by=shop.clerk)

    assert total(basket) == 450_000 + 180_000


def test_giving_it_is_written_down_and_taking_it_back_is_free(shop, basket):
    take_off(shop, basket, percent=10, reason="khách đoàn")
    take_off(shop, basket.line(2), amount=30_000, reason="hộp móp")
    with transaction():
        remove_discount(basket, None)

    assert total(basket) == 1_070_000
    whole, line = [record["body"] for record in records(Kind.CORRECTION)]
    assert (whole["act"], whole["n"], whole["sku"], whole["amt"]) == ("discount", None, None, 110_000)
    assert (line["act"], line["n"], line["amt"], line["reason"]) == ("discount", 2, 27_000, "hộp móp")
    assert [row.kind for row in corrections_of(1)] == [CorrectionKind.DISCOUNT] * 2


def test_a_line_that_is_taken_out_takes_its_discount_along(shop, basket):
    take_off(shop, basket.line(1), percent=10)
    with transaction():
        baskets.remove_line(basket.line(1), by=shop.clerk)

    assert discounts_in(basket) == []


def test_a_basket_that_is_given_up_would_have_cost_what_stood_on_the_screen(shop, basket):
    take_off(shop, basket, percent=10)
    with transaction():
        baskets.void_basket(basket, reason="khách đổi ý", by=shop.clerk)

    (record,) = records(Kind.VOID)
    assert record["body"]["amt"] == 990_000
    assert [line["amt"] for line in record["body"]["lines"]] == [900_000, 90_000]


def test_a_sold_basket_takes_no_discount(shop, basket):
    pay(shop, basket)

    with pytest.raises(BasketFinished):
        take_off(shop, basket, percent=10)


@pytest.mark.parametrize(
    ("how", "alone"),
    [
        ({"percent": 10}, True),
        ({"percent": 11}, False),
        ({"amount": 110_000}, True),
        ({"amount": 110_001}, False),
    ],
)
def test_a_clerk_alone_gives_what_the_settings_say_and_no_more(shop, basket, how, alone):
    with transaction():
        change_settings("selling", {"clerk_discount_percent": 10}, by=shop.manager)

    given = take_off(shop, basket, by=shop.clerk, **how)

    assert needs_a_manager(given, shop.clerk) is not alone


def test_a_clerk_gives_nothing_alone_unless_the_settings_say_so(shop, basket):
    assert needs_a_manager(take_off(shop, basket, amount=1, by=shop.clerk), shop.clerk)


def test_a_manager_needs_nobody(shop, basket):
    assert not needs_a_manager(take_off(shop, basket, percent=100), shop.manager)


def test_what_a_manager_allowed_is_no_larger_share_once_goods_are_put_back(shop, basket):
    take_off(shop, basket.line(1), amount=500_000)  # half of ten jars
    take_off(shop, basket.line(2), amount=33_333)  # a third of a duck, to the dong
    with transaction():
        baskets.change_quantity(basket.line(1), Quantity.of(2), by=shop.clerk)

    assert [quoted.amount for quoted in quote(basket).lines] == [Money(100_000), Money(66_667)]


def test_a_clerk_cannot_stretch_the_own_right_by_putting_goods_back_afterwards(shop, basket):
    with transaction():
        change_settings("selling", {"clerk_discount_percent": 10}, by=shop.manager)
    take_off(shop, basket.line(1), amount=100_000, by=shop.clerk)
    with transaction():
        baskets.change_quantity(basket.line(1), Quantity.of(1), by=shop.clerk)

    assert quote(basket).lines[0].amount == Money(90_000)
