"""Discounts on goods that came under an agreement: who bears them in the sale."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from core.clock import today
from core.database import db, transaction
from core.journal.record import Kind
from core.journal.slips import heads
from core.money import ZERO, Money
from inventory.consignment.agreed_terms import Clause
from inventory.consignment.agreement import agree_terms, agreement_in_force
from inventory.consignment.owed import OwedLine
from inventory.consignment.owed_reversal import owed_to
from inventory.lot import Terms
from pos.receipt import receipt_of
from pos.replay import verify_shop
from tests.factories import PromotionTerms as Promo
from tests.factories import (
    Shop,
    cash,
    fill_basket,
    goods,
    open_shift,
    pay,
    price_by_right,
    producer,
    promote,
    receive,
    records,
    take_off,
)
from tests.pos.coming_under import COMMISSION, MAKER, come_under, parts_of, round_cash
from tests.returning import refund

HALF = {"discount_share": 5_000, "discount_limit": 2_000}


@pytest.fixture
def till(shop: Shop) -> Shop:
    """A shop with an open shift."""
    open_shift(shop)
    return shop


@pytest.mark.parametrize(
    ("terms", "share", "limit", "percent", "paid", "due", "parts"),
    [
        # 100.000 less the 5.000 that the producer bears, 85 % of it
        (COMMISSION, 5_000, 2_000, 10, 90_000, 80_750, [5_000, 5_000]),
        (COMMISSION, 5_000, 2_000, 50, 50_000, 76_500, [40_000, 10_000]),  # he shares in 20 % at most
        (COMMISSION, 10_000, 10_000, 30, 70_000, 59_500, [30_000]),  # all his: 85 % of what was paid
        (COMMISSION, 0, 0, 10, 90_000, 85_000, [10_000]),  # all the shop's
        (COMMISSION, 3_333, 10_000, 1, 99_000, 84_717, [667, 333]),  # 333,3; due 84.716,95
        (Terms.at_delivery_price(Money(80_000)), 5_000, 2_000, 10, 90_000, 75_000, [5_000, 5_000]),
        (Terms.at_delivery_price(Money(80_000)), 10_000, 10_000, 99, 1_000, 0, [99_000]),  # never less than nothing
    ],
)
def test_a_discount_is_borne_as_the_lots_terms_say(till, terms, share, limit, percent, paid, due, parts):
    come_under(till, "mật ong", terms, discount_share=share, discount_limit=limit)
    basket = fill_basket(till, ("mật ong", 1))
    take_off(till, basket.line(1), percent=percent)

    sale = pay(till, basket, cash(paid))

    (line,) = sale.lines
    assert [amount for _, amount, _ in parts_of()] == parts
    assert (line.amount, line.due) == (Money(paid), Money(due))
    assert owed_to(producer(till, MAKER)) == Money(due)
    assert verify_shop().clean


def test_every_kind_of_discount_but_rounding_is_shared(till):
    come_under(till, "mật ong", discount_share=5_000, discount_limit=10_000)
    round_cash(till)
    promote(till, "mật ong", Promo.percent_off(1_000))
    basket = fill_basket(till, ("mật ong", 1))
    take_off(till, basket.line(1), percent=10)
    take_off(till, basket, amount=1_500)

    pay(till, basket, cash(79_000))

    assert parts_of() == [
        ("promotion", 5_000, "shop"), ("promotion", 5_000, "0001"),
        ("line", 4_500, "shop"), ("line", 4_500, "0001"),
        ("basket", 750, "shop"), ("basket", 750, "0001"),
        ("rounding", 500, "shop"),
    ]  # fmt: skip
    assert verify_shop().clean


def test_the_producers_slip_and_account_and_the_record_say_the_same(till):
    come_under(till, "mật ong", **HALF)
    basket = fill_basket(till, ("mật ong", 3))
    take_off(till, basket, percent=7)

    pay(till, basket)

    (line,) = records(Kind.SALE)[0]["body"]["lines"]
    assert [(off["amt"], off["bearer"]) for off in line["offs"]] == [(10_500, "shop"), (10_500, "0001")]
    assert sum(off["amt"] for off in line["offs"]) == line["disc"] == 300_000 - line["amt"]
    assert line["due"] == heads(["0001"])[0]["a"] == db.session.scalar(select(func.sum(OwedLine.due))).dong == 246_075


def test_goods_without_agreement_leave_the_discount_to_the_shop(till):
    receive(till, "mật ong", 20, terms=COMMISSION, of=MAKER)
    basket = fill_basket(till, ("mật ong", 1))
    take_off(till, basket, percent=10)

    sale = pay(till, basket)

    assert parts_of() == [("basket", 10_000, "shop")]
    assert sale.lines[0].due == Money(85_000)


def test_each_lot_of_one_line_goes_by_what_it_came_under(till):
    come_under(till, "mật ong", quantity=1, discount_share=10_000, discount_limit=10_000)
    come_under(till, "mật ong", quantity=5)
    basket = fill_basket(till, ("mật ong", 2))
    take_off(till, basket.line(1), percent=10)

    sale = pay(till, basket)

    assert [(line.discount, line.due) for line in sale.lines] == [
        (Money(10_000), Money(76_500)), (Money(10_000), Money(85_000)),
    ]  # fmt: skip
    assert [bearer for _, _, bearer in parts_of()] == ["0001", "shop"]


def test_a_price_set_by_right_stays_the_shops(till):
    come_under(till, "mật ong", discount_share=10_000, discount_limit=10_000)
    basket = fill_basket(till, ("mật ong", 1))
    price_by_right(till, basket.line(1), 80_000)

    sale = pay(till, basket)

    assert (sale.lines[0].amount, sale.lines[0].due) == (Money(80_000), Money(85_000))


def test_terms_agreed_on_later_do_not_touch_goods_that_are_here(till):
    come_under(till, "mật ong", quantity=5)
    come_under(till, "trà", discount_share=10_000, discount_limit=10_000)
    maker, honey = producer(till, MAKER), goods(till, "mật ong", of=MAKER)
    with transaction():
        agree_terms(
            agreement_in_force(maker, today()), [Clause(Terms.on_commission(4_000), honey, **HALF)],
            first_day=today(), by=till.manager,
        )  # fmt: skip
    basket = fill_basket(till, ("mật ong", 1))
    take_off(till, basket, percent=10)

    assert pay(till, basket).lines[0].due == Money(85_000)
    assert parts_of() == [("basket", 10_000, "shop")]


def test_a_discounted_line_brought_back_in_parts_takes_off_all_that_was_owed(till):
    come_under(till, "mật ong", **HALF)
    basket = fill_basket(till, ("mật ong", 3))
    take_off(till, basket, amount=10_001)
    sale = pay(till, basket)

    refunds = [refund(till, sale, "mật ong", 1) for _ in range(3)]

    assert sum((line.due for each in refunds for line in each.lines), ZERO) == sale.lines[0].due
    assert sum((each.total for each in refunds), ZERO) == sale.total
    assert owed_to(producer(till, MAKER)) == ZERO
    assert heads(["0001"])[0]["a"] == 0
    assert verify_shop().clean


def test_the_customers_receipt_shows_one_discount_whoever_bears_it(till):
    come_under(till, "mật ong", **HALF)
    promote(till, "mật ong", Promo.percent_off(1_000), called="Tuần lễ mật ong")
    basket = fill_basket(till, ("mật ong", 1))
    take_off(till, basket.line(1), amount=2_000)

    receipt = receipt_of(pay(till, basket))

    assert [(each.kind, each.name, each.amount.dong) for each in receipt.lines[0].discounts] == [
        ("promotion", "Tuần lễ mật ong", 10_000), ("line", "", 2_000),
    ]  # fmt: skip
