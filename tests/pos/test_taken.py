"""Money taken before it covers the total: kept with the basket, counted once, given back in order."""

from __future__ import annotations

import uuid

import pytest

from core.database import transaction
from core.money import Money
from pos.basket import Basket, BasketFinished, void_basket
from pos.quote import TotalChanged
from pos.sale import Sale
from pos.taken import MoneyStillTaken, take_out_last, take_payment, taken_for
from pos.tender import CardWithoutReference, NothingPaid, Paid, PaidTooMuch
from tests.factories import Shop, card, cash, count_of, fill_basket, open_shift, receive, transfer


@pytest.fixture
def basket(shop: Shop) -> Basket:
    """Two jars at 100.000 đồng."""
    open_shift(shop)
    receive(shop, "mật ong", 10)
    return fill_basket(shop, ("mật ong", 2))


def take(shop: Shop, basket: Basket, tender: Paid, *, seen: int = 200_000) -> Sale | None:
    with transaction():
        return take_payment(basket, tender, seen=Money(seen), key=str(uuid.uuid4()), by=shop.clerk)


def test_a_tender_that_does_not_cover_the_total_waits_beside_the_basket(shop: Shop, basket: Basket) -> None:
    assert take(shop, basket, cash(50_000)) is None

    assert taken_for(basket) == [cash(50_000)]
    assert count_of(Sale) == 0


def test_the_tender_that_covers_the_rest_completes_the_sale_with_all_of_them(shop: Shop, basket: Basket) -> None:
    take(shop, basket, transfer(120_000))
    take(shop, basket, card(30_000))

    sale = take(shop, basket, cash(60_000))

    assert sale is not None
    assert [(t.kind.value, t.amount.dong) for t in sale.tenders] == [
        ("transfer", 120_000),
        ("card", 30_000),
        ("cash", 60_000),
    ]
    assert sale.change == Money(10_000)


def test_the_last_one_goes_back_first(shop: Shop, basket: Basket) -> None:
    for tender in (cash(20_000), card(30_000), transfer(40_000)):
        take(shop, basket, tender)

    with transaction():
        take_out_last(basket, by=shop.clerk)
        take_out_last(basket, by=shop.clerk)

    assert taken_for(basket) == [cash(20_000)]
    with transaction():
        take_out_last(basket, by=shop.clerk)
        take_out_last(basket, by=shop.clerk)  # nothing is left to give back
    assert taken_for(basket) == []


def test_a_tender_after_one_given_back_takes_its_place(shop: Shop, basket: Basket) -> None:
    take(shop, basket, cash(20_000))
    take(shop, basket, cash(30_000))
    with transaction():
        take_out_last(basket, by=shop.clerk)

    take(shop, basket, transfer(40_000))

    assert taken_for(basket) == [cash(20_000), transfer(40_000)]


@pytest.mark.parametrize(
    ("tender", "seen", "trouble"),
    [
        (cash(50_000), 100_000, TotalChanged),
        (cash(0), 200_000, NothingPaid),
        (card(50_000, ""), 200_000, CardWithoutReference),
        (transfer(200_001), 200_000, PaidTooMuch),
    ],
)
def test_a_refused_tender_leaves_nothing(
    shop: Shop, basket: Basket, tender: Paid, seen: int, trouble: type[Exception]
) -> None:
    with pytest.raises(trouble):
        take(shop, basket, tender, seen=seen)

    assert taken_for(basket) == []
    assert count_of(Sale) == 0


def test_a_sold_basket_takes_no_more_money(shop: Shop, basket: Basket) -> None:
    take(shop, basket, cash(200_000))

    with pytest.raises(BasketFinished):
        take(shop, basket, cash(200_000))
    with pytest.raises(BasketFinished), transaction():
        take_out_last(basket, by=shop.clerk)


def test_a_basket_is_not_given_up_over_the_customers_money(shop: Shop, basket: Basket) -> None:
    take(shop, basket, cash(50_000))

    with pytest.raises(MoneyStillTaken), transaction():
        void_basket(basket, reason="Khách đổi ý", by=shop.clerk)

    with transaction():
        take_out_last(basket, by=shop.clerk)
        void_basket(basket, reason="Khách đổi ý", by=shop.clerk)
    assert not basket.is_live
