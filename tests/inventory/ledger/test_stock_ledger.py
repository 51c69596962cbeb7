"""The ledger: opening, every move with a running balance, closing; what is moved inside the shop changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import today
from core.quantity import Quantity
from inventory.ledger import stock_ledger
from inventory.ledger.stock_ledger import DaysInWrongOrder, LedgerTooLong, Scope, ledgers
from inventory.ledger.stock_on_day import DayToCome, stock_on
from inventory.location import CUSTOMER, LOSS, PRODUCER, SHELF, STOCKROOM
from inventory.lot import Terms

DAY = timedelta(days=1)


@pytest.fixture
def week(shop, post):
    """Three days: honey of two owners, sold, shifted, lost, given back; tea beside it."""
    honey, tea = shop.product("Mật ong"), shop.product("Trà")
    own = shop.receive(honey, 10)
    kept = shop.receive(honey, 6, terms=Terms.on_commission(1500))
    shop.receive(tea, 3)
    shop.clock.move(DAY)
    post(own, 4_000, CUSTOMER)
    post(own, 2_000, STOCKROOM)
    post(kept, 1_000, LOSS)
    shop.clock.move(DAY)
    post(kept, 5_000, PRODUCER)
    post(own, 1_000, SHELF, CUSTOMER)
    return honey, tea, own, kept


def told(ledger):
    return (
        ledger.opening.thousandths,
        [(line.came.thousandths, line.went.thousandths, line.balance.thousandths) for line in ledger.lines],
        ledger.closing.thousandths,
    )


def test_the_balance_runs_from_the_opening_to_what_is_there(shop, week):
    honey, *_ = week

    (ledger,) = ledgers(Scope(product=honey), today() - DAY, today())

    assert told(ledger) == (
        16_000,
        [
            (0, 4_000, 12_000),
            (0, 0, 12_000),  # to the stockroom
            (0, 1_000, 11_000),
            (0, 5_000, 6_000),
            (1_000, 0, 7_000),
        ],
        7_000,
    )
    assert (ledger.came, ledger.went) == (Quantity(1_000), Quantity(10_000))
    live = sum((one.quantity for one in stock_on(today(), products=[honey.id])), Quantity(0))
    assert ledger.closing == live


def test_days_follow_each_other_without_a_gap(shop, week):
    honey, *_ = week
    days = [today() - 2 * DAY, today() - DAY, today()]

    parts = [ledgers(Scope(product=honey), day, day)[0] for day in days]

    assert [part.opening for part in parts[1:]] == [part.closing for part in parts[:-1]]
    (whole,) = ledgers(Scope(product=honey), days[0], days[-1])
    assert sum(len(part.lines) for part in parts) == len(whole.lines)


@pytest.mark.parametrize(
    ("narrowed", "closings"),
    [
        ({}, {"Mật ong": 7_000, "Trà": 3_000}),
        ({"own": True}, {"Mật ong": 7_000, "Trà": 3_000}),
        ({"owner": True}, {"Mật ong": 0}),
        ({"lot": True}, {"Mật ong": 0}),
    ],
)
def test_a_ledger_may_be_of_a_lot_an_owner_or_the_shop(shop, week, narrowed, closings):
    *_, kept = week
    scope = Scope(
        lot=kept if "lot" in narrowed else None,
        owner=kept.owner if "owner" in narrowed else None,
        own="own" in narrowed,
    )

    found = ledgers(scope, today() - 2 * DAY, today())

    assert {one.product.name: one.closing.thousandths for one in found} == closings


def test_goods_that_neither_lay_there_nor_moved_are_left_out(shop, week):
    _, tea, *_ = week

    assert ledgers(Scope(product=tea), today() - 30 * DAY, today() - 20 * DAY) == []
    assert [one.lines for one in ledgers(Scope(product=tea), today(), today())] == [()]


def test_days_that_cannot_be_asked_are_refused(shop, week, monkeypatch):
    with pytest.raises(DaysInWrongOrder):
        ledgers(Scope(), today(), today() - DAY)
    with pytest.raises(DayToCome):
        ledgers(Scope(), today(), today() + DAY)
    monkeypatch.setattr(stock_ledger, "MOST_LINES", 3)
    with pytest.raises(LedgerTooLong):
        ledgers(Scope(), today() - DAY, today())
