"""Own goods at what each lot cost; goods of others apart, at what the owner would get and at that day's price."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import today
from core.database import transaction
from core.money import Money
from core.quantity import Unit
from inventory.catalogue.price import set_price
from inventory.ledger.valuation import valuation_on
from inventory.location import CUSTOMER, STOCKROOM
from inventory.lot import Terms

DAY = timedelta(days=1)


@pytest.fixture
def two_owners(shop, post):
    """The same honey bought twice at two costs, on commission, and at a delivery price; some of each is gone."""
    honey = shop.product("Mật ong", price=100_000)
    lots = {
        "old": shop.receive(honey, 10, terms=Terms.bought(Money(50_000))),
        "new": shop.receive(honey, 10, terms=Terms.bought(Money(61_000))),
        "commission": shop.receive(honey, 10, terms=Terms.on_commission(1500), of="HTX Khác"),
        "delivery": shop.receive(honey, 10, terms=Terms.at_delivery_price(Money(80_000))),
    }
    post(lots["old"], 7_000, CUSTOMER)
    post(lots["new"], 2_000, STOCKROOM)
    post(lots["commission"], 4_000, CUSTOMER)
    return honey, lots


def test_own_goods_are_valued_lot_by_lot_at_their_own_cost(shop, two_owners):
    own = valuation_on(today()).own

    assert own.owner is None
    assert own.at_cost == Money(3 * 50_000 + 10 * 61_000)
    assert own.at_price == Money(13 * 100_000)
    assert own.for_owner == Money(0)


def test_goods_of_others_stand_apart_by_owner(shop, two_owners):
    worth = valuation_on(today())

    kept = {one.owner.name: (one.at_price, one.for_owner, one.at_cost) for one in worth.kept_for}
    assert kept == {
        "HTX Khác": (Money(600_000), Money(510_000), Money(0)),
        "HTX Quảng Lạc": (Money(1_000_000), Money(800_000), Money(0)),
    }
    assert (worth.kept_at_price, worth.kept_for_owners) == (Money(1_600_000), Money(1_310_000))


def test_a_past_day_is_valued_at_its_own_price_and_a_later_price_changes_nothing(shop, two_owners):
    honey, _ = two_owners
    yesterday = today()
    shop.clock.move(DAY)
    before = valuation_on(yesterday)
    with transaction():
        set_price(honey, Money(150_000), from_day=today(), by=shop.by)

    after = valuation_on(yesterday)

    assert (after.own.at_price, after.kept_for_owners) == (before.own.at_price, before.kept_for_owners)
    assert valuation_on(today()).kept_at_price == Money(16 * 150_000)


def test_goods_without_a_price_are_counted_and_left_out_of_the_sums(shop):
    shop.receive(shop.product("Trà", price=None), 4, terms=Terms.on_commission(1000))

    (kept,) = valuation_on(today()).kept_for

    assert (kept.at_price, kept.for_owner, kept.without_price, kept.products) == (Money(0), Money(0), 1, 1)


def test_weights_are_rounded_once_for_each_lot(shop):
    fruit = shop.product("Na", unit=Unit.KILOGRAM, group="I.1.a", price=33_333)
    shop.receive(fruit, "1,333", terms=Terms.bought(Money(20_001)))

    own = valuation_on(today()).own

    assert own.at_cost == Money(26_661)  # 26.661,333
    assert own.at_price == Money(44_433)  # 44.432,889


def test_what_was_sold_below_the_book_lowers_the_value_instead_of_hiding(shop, post):
    post(shop.receive(shop.product("Mật ong"), 1), 3_000, CUSTOMER)

    assert valuation_on(today()).own.at_cost == Money(-100_000)
