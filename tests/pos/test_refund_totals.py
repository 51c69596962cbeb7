"""What came back in a shift: money by kind, tax by rate, and what the drawer must hold afterwards."""

from __future__ import annotations

from core.money import Money
from pos.reports.span import in_shift, since
from pos.returns.refund_totals import TaxBack, refunded_in
from pos.shifts.shift_totals import totals_of
from pos.tender import TenderKind
from tests.factories import (
    card,
    cash,
    close_shift,
    open_shift,
    receive,
    sell,
)
from tests.returning import refund


def test_the_figures_of_a_shift_with_goods_brought_back(shop):
    receive(shop, "mật ong", 20)
    shift = open_shift(shop, float_=500_000)
    by_cash, by_card = sell(shop, "mật ong", 3), sell(shop, "mật ong", 1, card(100_000))
    refund(shop, by_cash, "mật ong", 1)
    refund(shop, by_cash, "mật ong", 1)
    refund(shop, by_card, "mật ong", 1)

    back = refunded_in(in_shift(shift.number))

    assert (back.count, back.total, back.cash) == (3, Money(300_000), Money(200_000))
    assert [(one.kind, one.amount, one.count) for one in back.tenders] == [
        (TenderKind.CASH, Money(200_000), 2),
        (TenderKind.CARD, Money(100_000), 1),
    ]
    assert back.taxes == (TaxBack("8", Money(277_778), Money(22_222)),)
    assert refunded_in(since(0)) == back
    assert totals_of(shift).expected_cash == Money(600_000)


def test_the_drawer_is_right_when_what_went_back_is_missing_from_it(shop):
    receive(shop, "mật ong", 20)
    open_shift(shop, float_=500_000)
    refund(shop, sell(shop, "mật ong", 2, cash(200_000)), "mật ong", 1)

    closing = close_shift(shop, 600_000)

    assert closing.expected == closing.counted == Money(600_000)
