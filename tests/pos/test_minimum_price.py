"""Below its minimum price nothing is sold, unless the producer consents to a markdown."""

from __future__ import annotations

import pytest

from core.clock import today
from core.database import transaction
from core.money import Money
from inventory.consignment.consent import Markdown, give_consent
from inventory.lot import Lot
from pos.discounts.bearing import BelowMinimum
from pos.quote import quote
from pos.replay import verify_shop
from tests.factories import PromotionTerms as Promo
from tests.factories import (
    Shop,
    cash,
    fill_basket,
    open_shift,
    pay,
    price_by_right,
    producer,
    promote,
    receive,
    set_new_price,
    take_off,
)
from tests.pos.coming_under import COMMISSION, MAKER, come_under, parts_of, round_cash


@pytest.fixture
def till(shop: Shop) -> Shop:
    """A shop with an open shift."""
    open_shift(shop)
    return shop


@pytest.fixture
def guarded(till: Shop) -> Shop:
    """Honey at 100.000 ₫ that its producer lets nobody sell below 90.000 ₫."""
    come_under(till, "mật ong", minimum_price=Money(90_000))
    return till


@pytest.mark.parametrize("amount", [10_000, 9_999, 1])
def test_down_to_its_minimum_price_goods_are_sold(guarded, amount):
    basket = fill_basket(guarded, ("mật ong", 1))
    take_off(guarded, basket.line(1), amount=amount)

    assert pay(guarded, basket).total == Money(100_000 - amount)


@pytest.mark.parametrize("on_basket", [False, True])
def test_a_discount_below_the_minimum_is_refused_when_it_is_given(guarded, on_basket):
    basket = fill_basket(guarded, ("mật ong", 2))

    with pytest.raises(BelowMinimum) as refused:
        take_off(guarded, basket if on_basket else basket.line(1), percent=11)

    assert "90.000" in str(refused.value)
    assert quote(basket).trouble is None
    assert quote(basket).total == Money(200_000)


def test_a_price_by_right_below_the_minimum_is_refused(guarded):
    basket = fill_basket(guarded, ("mật ong", 1))

    with pytest.raises(BelowMinimum):
        price_by_right(guarded, basket.line(1), 89_000)
    price_by_right(guarded, basket.line(1), 90_000)

    assert pay(guarded, basket).total == Money(90_000)


def test_a_promotion_below_the_minimum_stops_the_line_with_a_sentence(guarded):
    promote(guarded, "mật ong", Promo.percent_off(1_500))
    basket = fill_basket(guarded, ("mật ong", 1))

    assert isinstance(quote(basket).trouble, BelowMinimum)
    with pytest.raises(BelowMinimum):
        pay(guarded, basket, cash(85_000))


def test_the_shops_own_price_below_the_minimum_is_refused_too(guarded):
    set_new_price(guarded, "mật ong", 80_000)

    assert isinstance(quote(fill_basket(guarded, ("mật ong", 1))).trouble, BelowMinimum)


def test_cash_is_rounded_also_at_the_minimum_price(till):
    come_under(till, "mật ong", minimum_price=Money(90_300))
    round_cash(till)
    basket = fill_basket(till, ("mật ong", 1))
    take_off(till, basket.line(1), amount=9_700)

    assert pay(till, basket, cash(90_000)).total == Money(90_000)


def test_another_line_already_too_low_does_not_forbid_a_discount(guarded):
    promote(guarded, "mật ong", Promo.percent_off(1_500))
    receive(guarded, "vịt quay", 5)
    basket = fill_basket(guarded, ("mật ong", 1), ("vịt quay", 1))

    take_off(guarded, basket.line(2), percent=10)

    assert quote(basket).lines[1].amount == Money(90_000)


def consent(shop: Shop, lot: Lot, *, price: int, share: int, whole_product: bool = False) -> None:
    """The maker agrees to a markdown of a lot, today."""
    with transaction():
        give_consent(
            producer(shop, MAKER), lot.product, Markdown(Money(price), share, today(), today(), "sắp hết hạn"),
            lot=None if whole_product else lot, by=shop.manager,
        )  # fmt: skip


def test_with_the_producers_consent_goods_go_below_the_minimum_by_his_split(till):
    lot = come_under(till, "mật ong", minimum_price=Money(90_000))
    consent(till, lot, price=60_000, share=7_500)
    basket = fill_basket(till, ("mật ong", 1))
    take_off(till, basket.line(1), percent=40)

    sale = pay(till, basket)

    assert parts_of() == [("line", 10_000, "shop"), ("line", 30_000, "0001")]
    assert (sale.lines[0].amount, sale.lines[0].due) == (Money(60_000), Money(59_500))  # 85 % of 70.000
    assert verify_shop().clean


def test_below_the_price_of_the_consent_goods_are_refused(till):
    lot = come_under(till, "mật ong")
    consent(till, lot, price=60_000, share=10_000)
    basket = fill_basket(till, ("mật ong", 1))

    with pytest.raises(BelowMinimum):
        take_off(till, basket.line(1), amount=40_002)


def test_a_promotion_of_a_consented_product_is_borne_by_the_split(till):
    lot = come_under(till, "mật ong", minimum_price=Money(90_000))
    consent(till, lot, price=70_000, share=10_000, whole_product=True)
    promote(till, "mật ong", Promo.at_price(Money(70_000)), called="Mật ong sắp hết hạn")

    sale = pay(till, fill_basket(till, ("mật ong", 1)))

    assert parts_of() == [("promotion", 30_000, "0001")]
    assert sale.lines[0].due == Money(59_500)


def test_goods_without_agreement_are_divided_by_a_consent_too(till):
    lot = receive(till, "mật ong", 20, terms=COMMISSION, of=MAKER)
    consent(till, lot, price=50_000, share=5_000)
    basket = fill_basket(till, ("mật ong", 1))
    take_off(till, basket, percent=20)

    assert pay(till, basket).lines[0].due == Money(76_500)
