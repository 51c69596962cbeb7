"""One press for what lies on the counter: sale, refund, or goods for goods."""

from __future__ import annotations

import uuid

import pytest

from core.database import db, transaction
from core.journal.record import Kind
from core.money import ZERO, Money
from pos.replay import verify_shop
from pos.returns.money_left import came_in, money_left
from pos.returns.refund import BackNotRight
from pos.returns.refund_table import Refund
from pos.sale import Sale
from pos.settling import settle_basket
from pos.tender import PaidTooLittle, PaidTooMuch, TenderKind
from tests.factories import (
    cash,
    count_of,
    fill_basket,
    on_hand,
    open_shift,
    receive,
    records,
    sell,
    transfer,
)
from tests.returning import bring_back


@pytest.fixture
def till(shop):
    """Honey for 100.000, tea for 60.000, an open shift."""
    shop.honey = receive(shop, "mật ong", 20)
    shop.tea = receive(shop, "chè Shan", 20, price=60_000)
    open_shift(shop)
    return shop


def settled(till, basket, *, paid=(), back=(), key=None):
    with transaction():
        return settle_basket(basket, paid=paid, back=back, key=key or str(uuid.uuid4()), by=till.clerk)


EXCHANGES = [
    # honey that comes back, tea that leaves, paid, given back
    (1, 2, [cash(20_000)], []),
    (1, 2, [cash(50_000)], []),  # 30.000 of it is change
    (3, 5, [], []),
    (2, 1, [], [cash(140_000)]),
]


@pytest.mark.parametrize(("honey", "tea", "paid", "back"), EXCHANGES)
def test_goods_for_goods_is_a_refund_and_a_sale_in_one_go(till, honey, tea, paid, back):
    bought = sell(till, "mật ong", 3)
    basket = bring_back(till, bought, "mật ong", honey)
    fill_basket(till, ("chè Shan", tea))

    done = settled(till, basket, paid=paid, back=back)

    both = min(honey * 100_000, tea * 60_000)
    into = [t for t in done.sale.tenders if t.kind is TenderKind.EXCHANGE]
    out = [t for t in done.refund.tenders if t.kind is TenderKind.EXCHANGE]
    assert [(t.amount.dong, t.reference) for t in into] == [(both, str(done.refund.number))]
    assert [(t.amount.dong, t.reference) for t in out] == [(both, str(done.sale.number))]
    assert done.sale.order_code == done.refund.order_code
    assert (on_hand(till.honey), on_hand(till.tea)) == (17 + honey, 20 - tea)
    assert [record["typ"] for record in records(Kind.SALE, Kind.REFUND)] == ["SALE", "REFUND", "SALE"]
    assert verify_shop().clean


REFUSED = [
    (1, 2, [], [], PaidTooLittle),
    (1, 2, [cash(19_000)], [], PaidTooLittle),
    (1, 2, [transfer(30_000)], [], PaidTooMuch),
    (2, 1, [], [], BackNotRight),
    (2, 1, [], [cash(140_001)], BackNotRight),
    (1, 2, [cash(20_000)], [cash(1_000)], BackNotRight),
]


@pytest.mark.parametrize(("honey", "tea", "paid", "back", "trouble"), REFUSED)
def test_an_exchange_whose_money_is_not_right_writes_neither_of_the_two(till, honey, tea, paid, back, trouble):
    basket = bring_back(till, sell(till, "mật ong", 3), "mật ong", honey)
    fill_basket(till, ("chè Shan", tea))

    with transaction():
        with pytest.raises(trouble):
            settle_basket(basket, paid=paid, back=back, key=str(uuid.uuid4()), by=till.clerk)
        assert (count_of(Refund), count_of(Sale)) == (0, 1)  # looked at before anything is written

    assert (on_hand(till.honey), on_hand(till.tea)) == (17, 20)


def test_pressed_twice_an_exchange_is_done_once(till):
    basket = bring_back(till, sell(till, "mật ong", 3), "mật ong", 1)
    fill_basket(till, ("chè Shan", 2))
    key = str(uuid.uuid4())

    done = [settled(till, basket, paid=[cash(20_000)], key=key) for _ in range(2)]

    assert [(one.sale.number, one.refund.number) for one in done] == [(2, 1)] * 2
    assert (count_of(Sale), count_of(Refund)) == (2, 1)


def test_a_sale_alone_and_a_refund_alone_go_the_same_way(till):
    alone = settled(till, fill_basket(till, ("mật ong", 1)), paid=[cash(100_000)])
    back = settled(till, bring_back(till, alone.sale, "mật ong", 1), back=[cash(100_000)])

    assert (alone.sale.number, alone.refund) == (1, None)
    assert (back.sale, back.refund.number) == (None, 1)


def test_an_exchange_turns_no_transfer_into_cash(till):
    bought = sell(till, "mật ong", 3, transfer(300_000))
    basket = bring_back(till, bought, "mật ong", 3)
    fill_basket(till, ("chè Shan", 5))

    done = settled(till, basket)

    assert came_in(done.sale)[TenderKind.TRANSFER] == Money(300_000)
    assert money_left(done.sale)[TenderKind.CASH] == ZERO
    assert money_left(db.session.get_one(Sale, bought.number)) == dict.fromkeys(money_left(bought), ZERO)


def test_exchanged_goods_are_exchanged_again_and_remember_how_they_were_paid(till):
    bought = sell(till, "mật ong", 3, transfer(200_000), cash(100_000))
    basket = bring_back(till, bought, "mật ong", 3)
    fill_basket(till, ("chè Shan", 5))
    first = settled(till, basket).sale
    basket = bring_back(till, first, "chè Shan", 5)
    fill_basket(till, ("mật ong", 4))

    second = settled(till, basket, paid=[cash(100_000)]).sale

    assert came_in(second) == {
        TenderKind.CASH: Money(200_000),
        TenderKind.TRANSFER: Money(200_000),
        TenderKind.CARD: ZERO,
    }
    assert verify_shop().clean
