"""A price set by right: for one line and one customer, written down, and never a way round a changed price."""

from __future__ import annotations

import pytest

from core.database import transaction
from core.journal.record import Kind
from core.money import ZERO, Money
from core.quantity import Quantity
from pos import basket as baskets
from pos.basket import Basket
from pos.correction import CorrectionKind, ReasonMissing, corrections_of
from pos.discounts.price_by_right import NothingForNothing
from pos.quote import PriceChanged, quote
from tests.factories import Shop, fill_basket, goods, open_shift, price_by_right, receive, records, set_new_price


@pytest.fixture
def basket(shop: Shop) -> Basket:
    """Two jars of honey in an open basket."""
    receive(shop, "mật ong", 10)
    open_shift(shop)
    return fill_basket(shop, ("mật ong", 2))


@pytest.mark.parametrize(
    ("price", "total", "fell"),
    [(80_000, 160_000, 40_000), (120_000, 240_000, 0), (1, 2, 199_998)],
)
def test_it_is_written_down_with_both_prices(shop, basket, price, total, fell):
    price_by_right(shop, basket.line(1), price, reason="lô cận hạn")

    assert quote(basket).total == Money(total)
    (record,) = records(Kind.CORRECTION)
    body = record["body"]
    assert (body["act"], body["price_before"], body["price_after"]) == ("price", 100_000, price)
    assert (body["amt"], body["reason"]) == (fell, "lô cận hạn")
    (row,) = corrections_of(1)
    assert (row.kind, row.price_before, row.price_after) == (CorrectionKind.PRICE, Money(100_000), Money(price))


@pytest.mark.parametrize(
    ("price", "reason", "refusal"),
    [(80_000, "", ReasonMissing), (80_000, "  ", ReasonMissing), (0, "tặng", NothingForNothing)],
)
def test_a_price_without_a_reason_or_of_nothing_is_refused(shop, basket, price, reason, refusal):
    with pytest.raises(refusal):
        price_by_right(shop, basket.line(1), price, reason=reason)

    assert quote(basket).total == Money(200_000)
    assert records(Kind.CORRECTION) == []


def test_the_shops_own_price_ends_it_without_a_reason(shop, basket):
    price_by_right(shop, basket.line(1), 80_000)
    price_by_right(shop, basket.line(1), 100_000, reason="")

    line = basket.line(1)
    assert (line.is_priced_by_right, line.price_reason) == (False, "")
    assert [row.amount for row in corrections_of(1)] == [Money(40_000), ZERO]


def test_the_same_goods_scanned_again_cost_what_the_shop_asks(shop, basket):
    price_by_right(shop, basket.line(1), 80_000)

    with transaction():
        baskets.add_product(basket, goods(shop, "mật ong"), Quantity(1000), by=shop.clerk)

    assert [(line.price.dong, line.quantity.thousandths) for line in basket.lines] == [
        (80_000, 2_000),
        (100_000, 1_000),
    ]


def test_a_price_of_the_shop_that_changes_afterwards_stops_the_sale(shop, basket):
    price_by_right(shop, basket.line(1), 80_000)
    set_new_price(shop, "mật ong", 120_000)

    trouble = quote(basket).trouble

    assert isinstance(trouble, PriceChanged)
    assert (trouble.values["before"], trouble.values["now"]) == (Money(100_000), Money(120_000))


def test_todays_prices_leave_a_price_by_right_as_it_was_promised(shop, basket):
    price_by_right(shop, basket.line(1), 80_000)
    set_new_price(shop, "mật ong", 120_000)

    with transaction():
        baskets.reprice_basket(basket)

    assert quote(basket).trouble is None
    assert quote(basket).total == Money(160_000)
    assert basket.line(1).list_price == Money(120_000)
