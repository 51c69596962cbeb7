from datetime import date, timedelta

import pytest

from core.database import db, transaction
from core.journal.record import Kind
from core.money import Money
from pos.shifts import shift as shifts
from pos.shifts.shift import NegativeCash, NoOpenShift, ShiftAlreadyOpen, ShiftIsClosed
from pos.shifts.shift_totals import totals_of
from pos.shifts.visitor import count_visitor
from pos.tender import TenderKind
from tests.factories import cash, close_shift, fill_basket, open_shift, receive, records, register_of, sell, transfer


def test_a_shift_is_opened_with_a_float_and_recorded(shop):
    shift = open_shift(shop, float_=500_000)

    (record,) = records(Kind.SHIFT_OPEN)
    assert record["body"] == {"no": 1, "reg": "1", "day": "2026-11-20", "float": 500_000, "sticker": None}
    assert (record["usr"], record["shift"]) == (shop.clerk.code, 1)
    assert shift.is_open


def test_a_register_has_one_shift_at_a_time(shop):
    open_shift(shop)

    with pytest.raises(ShiftAlreadyOpen, match="Shift 1 is still open at register 1"):
        open_shift(shop)


def test_two_registers_have_their_own_shifts(shop):
    open_shift(shop)

    assert open_shift(shop, register_of("2")).number == 2


def test_a_float_below_zero_is_refused(shop):
    with pytest.raises(NegativeCash):
        open_shift(shop, float_=-1)


def test_nothing_is_sold_without_a_shift(shop):
    receive(shop, "mật ong")

    with pytest.raises(NoOpenShift):
        fill_basket(shop, ("mật ong", 1))


def test_expected_cash_is_float_and_cash_less_change(shop):
    receive(shop, "mật ong")
    shift = open_shift(shop, float_=500_000)
    sell(shop, "mật ong", 3, cash(500_000))
    sell(shop, "mật ong", 1, cash(50_000), transfer(50_000))

    totals = totals_of(shift)

    assert totals.expected_cash == Money(850_000)
    assert {t.kind: t.amount for t in totals.tenders} == {
        TenderKind.CASH: Money(350_000),
        TenderKind.TRANSFER: Money(50_000),
        TenderKind.CARD: Money(0),
    }


def test_the_blind_count_is_kept_beside_what_should_be_there(shop):
    receive(shop, "mật ong")
    open_shift(shop, float_=500_000)
    sell(shop, "mật ong")

    closing = close_shift(shop, counted=590_000)

    assert (closing.expected, closing.counted, closing.difference) == (Money(600_000), Money(590_000), Money(-10_000))
    (record,) = records(Kind.SHIFT_CLOSE)
    assert (record["body"]["expected"], record["body"]["counted"]) == (600_000, 590_000)


def test_a_count_below_zero_is_refused(shop):
    open_shift(shop)

    with pytest.raises(NegativeCash):
        close_shift(shop, counted=-1)


def test_a_shift_closes_once(shop):
    shift = open_shift(shop)
    close_shift(shop, counted=500_000)

    with pytest.raises(ShiftIsClosed), transaction():
        shifts.close_shift(shift, counted=Money(500_000), by=shop.clerk)


def test_the_next_shift_gets_the_next_number(shop):
    open_shift(shop)
    close_shift(shop, counted=500_000)

    assert open_shift(shop).number == 2


def test_a_basket_waits_over_the_end_of_a_shift(shop):
    receive(shop, "mật ong")
    open_shift(shop)
    basket = fill_basket(shop, ("mật ong", 2))
    close_shift(shop, counted=500_000)
    open_shift(shop)

    assert basket.is_live
    assert [line.quantity.thousandths for line in basket.lines] == [2000]


def test_sales_after_midnight_keep_their_own_day_and_the_closing_says_so(shop):
    receive(shop, "mật ong")
    shift = open_shift(shop)
    sell(shop, "mật ong", 2)
    shop.clock.move(timedelta(hours=17))  # 01:00 of the next day
    sell(shop, "mật ong", 1)

    closing = close_shift(shop, counted=800_000)

    days = [(day.day, day.count, day.total) for day in totals_of(shift).days]
    assert days == [(date(2026, 11, 20), 1, Money(200_000)), (date(2026, 11, 21), 1, Money(100_000))]
    assert closing.day == date(2026, 11, 21)
    assert [day["day"] for day in records(Kind.SHIFT_CLOSE)[0]["body"]["days"]] == ["2026-11-20", "2026-11-21"]


def test_visitors_are_counted_by_shift(shop):
    open_shift(shop)
    for expected in (1, 2, 3):
        with transaction():
            assert count_visitor(shop.register, by=shop.clerk) == expected
    shift = shifts.open_shift_of(shop.register)

    assert totals_of(shift).visitors == 3
    assert [record["shift"] for record in records(Kind.VISITOR)] == [1, 1, 1]


def test_a_visitor_is_counted_only_while_a_shift_runs(shop):
    with pytest.raises(NoOpenShift), transaction():
        count_visitor(shop.register, by=shop.clerk)
    assert db.session.is_active
