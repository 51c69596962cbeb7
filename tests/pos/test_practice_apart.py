"""Practice and selling never mix: a basket stays what it was begun as, and the journal guards the books."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.database import db, transaction
from core.journal.chain import JournalRecord, write_record
from core.journal.record import Kind
from core.practice import NotWhilePractising, practice
from core.quantity import ONE
from pos import basket as baskets
from pos.basket import Basket, BasketState
from pos.basket_table import OtherMode
from pos.checkout import complete_sale
from pos.practising.practice import (
    NoPracticeBasket,
    complete_practice,
)
from pos.sale import Sale
from pos.taken import take_payment
from tests.factories import (
    Shop,
    cash,
    count_of,
    fill_basket,
    goods,
    open_shift,
    receive,
    transfer,
)
from tests.pos.practice_story import rung


def test_a_basket_of_a_customer_waits_untouched_while_somebody_practises(shop: Shop) -> None:
    open_shift(shop)
    receive(shop, "mật ong", 10)
    customer = fill_basket(shop, ("mật ong", 3))

    practised = rung(shop, ("mật ong", 1))

    assert practised is not customer
    assert baskets.current_basket(shop.register) is customer
    assert [line.quantity for line in customer.lines] == [ONE * 3]
    with practice():
        assert baskets.current_basket(shop.register) is practised
        assert baskets.parked_baskets(shop.register) == []


ACTS: list[Callable[[Shop, Basket], object]] = [
    lambda shop, basket: baskets.add_product(basket, goods(shop, "mật ong"), ONE, by=shop.clerk),
    lambda shop, basket: baskets.change_quantity(basket.lines[0], ONE, by=shop.clerk),
    lambda shop, basket: baskets.remove_line(basket.lines[0], by=shop.clerk),
    lambda shop, basket: baskets.park_basket(basket),
    lambda shop, basket: baskets.resume_basket(basket),
    lambda shop, basket: baskets.reprice_basket(basket),
    lambda shop, basket: baskets.void_basket(basket, reason="thử", by=shop.clerk),
    lambda shop, basket: take_payment(basket, cash(10_000), seen=basket.total, key="k", by=shop.clerk),
    lambda shop, basket: complete_sale(basket, paid=[cash(200_000)], key="k", by=shop.clerk),
]


@pytest.mark.parametrize("act", ACTS)
def test_a_basket_is_touched_only_in_the_mode_that_it_was_begun_in(shop: Shop, act: Callable[..., object]) -> None:
    open_shift(shop)
    receive(shop, "mật ong", 10)
    customer, practised = fill_basket(shop, ("mật ong", 2)), rung(shop, ("mật ong", 2))

    with pytest.raises(OtherMode), transaction():
        act(shop, practised)
    with practice(), pytest.raises(OtherMode), transaction():
        act(shop, customer)


def test_a_customers_basket_never_becomes_practice(shop: Shop) -> None:
    open_shift(shop)
    receive(shop, "mật ong", 10)
    customer = fill_basket(shop, ("mật ong", 1))

    with practice(), pytest.raises(NoPracticeBasket), transaction():
        complete_practice(customer, paid=[cash(100_000)], key="k", by=shop.clerk)


def test_a_practice_basket_never_becomes_a_sale(shop: Shop) -> None:
    open_shift(shop)
    receive(shop, "mật ong", 10)
    practised = rung(shop, ("mật ong", 1))

    with practice(), pytest.raises(NotWhilePractising), transaction():
        complete_sale(practised, paid=[transfer(100_000)], key="k", by=shop.clerk)

    db.session.rollback()
    assert count_of(Sale) == 0
    assert practised.state is BasketState.OPEN


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.TRAINING, Kind.PRINT, Kind.LOCKOUT)])
def test_the_journal_takes_no_other_record_while_somebody_practises(shop: Shop, kind: Kind) -> None:
    before = count_of(JournalRecord)

    with practice(), pytest.raises(NotWhilePractising), transaction():
        write_record(kind, {"total": 1, "lines": []}, by=shop.owner)

    assert count_of(JournalRecord) == before
