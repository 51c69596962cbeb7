from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.database import db, transaction
from core.errors import RuleBroken
from core.journal.record import Kind
from core.money import Money
from core.private_mark import fingerprint
from pos.cash.cash_move import (
    Told,
    deposits_on_their_way,
    move_drawer_cash,
    move_safe_cash,
    needs_a_manager,
    see_deposit,
)
from pos.cash.cash_move_table import CashMove, Place, Purpose, Way
from pos.cash.cash_slip import CASH_SLIP, draw_cash_slip, print_cash_slip
from pos.cash.drawer_cash import cash_in_drawer, drawer_cash_of
from pos.replay import verify_shop
from pos.shifts.shift_totals import MoveTotal, totals_of
from printers.spool import PrintJob
from printers.text_writer import as_text
from tests.factories import cash, close_shift, count_of, open_shift, receive, records, register_of, sell, transfer


def told(purpose, amount, **words):
    return Told(Purpose(purpose), Money(amount), **words)


def put_in(shop, amount, purpose="change", register=None, **words):
    with transaction():
        return move_drawer_cash(register or shop.register, Way.IN, told(purpose, amount, **words), by=shop.clerk)


def take_out(shop, amount, purpose="to_safe", register=None, **words):
    with transaction():
        return move_drawer_cash(register or shop.register, Way.OUT, told(purpose, amount, **words), by=shop.clerk)


def deposit_from_safe(shop, amount, reference="GNT 17"):
    with transaction():
        return move_safe_cash(Way.OUT, told("deposit", amount, reference=reference), by=shop.manager)


def fill_safe(shop, amount):
    with transaction():
        move_safe_cash(Way.IN, told("change", amount), by=shop.manager)


def test_an_expense_is_recorded_with_whom_it_went_to_and_what_for(shop):
    open_shift(shop)

    take_out(shop, 150_000, "expense", payee="Điện lực", reason="tiền điện tháng 10")

    (record,) = records(Kind.CASH_OUT)
    assert record["body"] == {
        "place": "drawer",
        "reg": "1",
        "day": "2026-11-20",
        "kind": "expense",
        "amt": 150_000,
        "reason": "tiền điện tháng 10",
        "payee": fingerprint(db.session.scalar(select(CashMove.payee_mark))),
        "ref": "",
    }
    assert (record["usr"], record["shift"]) == (shop.clerk.code, 1)


def test_change_brought_is_recorded_as_cash_in(shop):
    open_shift(shop)

    put_in(shop, 300_000)

    (record,) = records(Kind.CASH_IN)
    assert (record["body"]["kind"], record["body"]["amt"]) == ("change", 300_000)


def test_float_cash_of_sales_in_and_out_make_what_should_be_in_the_drawer(shop):
    receive(shop, "mật ong", 20)
    shift = open_shift(shop, float_=500_000)
    sell(shop, "mật ong", 2, cash(500_000))  # 300.000 go back
    sell(shop, "mật ong", 1, transfer(100_000))
    put_in(shop, 250_000)
    take_out(shop, 400_000)

    account = drawer_cash_of(shift)

    assert (account.float_, account.taken, account.put_in, account.taken_out) == (
        Money(500_000),
        Money(200_000),
        Money(250_000),
        Money(400_000),
    )
    assert (account.expected, close_shift(shop, 550_000).difference) == (Money(550_000), Money(0))


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("sell"), st.sampled_from([100_000, 150_000, 500_000])),
        st.tuples(st.just("transfer"), st.just(0)),
        st.tuples(st.just("in"), st.integers(1, 900_000)),
        st.tuples(st.just("out"), st.integers(1, 900_000)),
    ),
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(float_=st.integers(0, 2_000_000), acts=ACTS)
def test_whatever_happens_the_account_adds_up_and_nobody_takes_out_more_than_the_drawer_holds(shop, float_, acts):
    receive(shop, "mật ong", 100)
    shift, held = open_shift(shop, float_=float_), float_
    for act, amount in acts:
        if act == "sell":
            sell(shop, "mật ong", 1, cash(amount))
            held += 100_000
        elif act == "transfer":
            sell(shop, "mật ong", 1, transfer(100_000))
        elif act == "in":
            put_in(shop, amount)
            held += amount
        elif amount <= held:
            take_out(shop, amount)
            held -= amount
        else:
            with pytest.raises(RuleBroken, match="not be so much"):
                take_out(shop, amount)

    assert cash_in_drawer(shift) == Money(held)
    assert close_shift(shop, held).difference == Money(0)  # and the next example opens a shift of its own


@pytest.mark.parametrize(
    ("way", "purpose", "words", "sentence"),
    [
        (Way.OUT, "expense", {"reason": "tiền điện"}, "who got the money"),
        (Way.OUT, "expense", {"payee": "Điện lực"}, "what the money is for"),
        (Way.OUT, "deposit", {}, "number on the bank's deposit slip"),
        (Way.OUT, "other", {"reason": "  "}, "what the money is for"),
        (Way.IN, "other", {}, "what the money is for"),
        (Way.IN, "expense", {"payee": "A", "reason": "B"}, "Choose from the list"),
        (Way.OUT, "from_safe", {}, "Choose from the list"),
        (Way.OUT, "change", {}, "Choose from the list"),
    ],
)
def test_what_is_missing_is_said(shop, way, purpose, words, sentence):
    open_shift(shop)

    with pytest.raises(RuleBroken, match=sentence), transaction():
        move_drawer_cash(shop.register, way, told(purpose, 10_000, **words), by=shop.clerk)
    assert count_of(CashMove) == 0


@pytest.mark.parametrize("amount", [0, -5_000])
def test_nothing_is_no_cash_move(shop, amount):
    open_shift(shop)

    with pytest.raises(RuleBroken, match="more than 0"):
        take_out(shop, amount)


def test_more_than_the_drawer_should_hold_is_refused_without_saying_how_much_that_is(shop):
    open_shift(shop, float_=487_000)

    with pytest.raises(RuleBroken) as refused:
        take_out(shop, 487_001)

    assert "487" not in refused.value.sentence()
    assert records(Kind.CASH_OUT) == []
    assert take_out(shop, 487_000).amount == Money(487_000)


def test_without_a_shift_nobody_answers_for_a_drawer(shop):
    with pytest.raises(RuleBroken, match="no open shift"):
        put_in(shop, 10_000)


def test_each_register_has_its_own_drawer(shop):
    first = open_shift(shop, float_=500_000)
    second = open_shift(shop, register_of("2"), float_=100_000)

    put_in(shop, 50_000, register=register_of("2"))

    assert (cash_in_drawer(first), cash_in_drawer(second)) == (Money(500_000), Money(150_000))
    with pytest.raises(RuleBroken, match="not be so much"):
        take_out(shop, 150_001, register=register_of("2"))


def test_what_a_clerk_takes_out_alone_is_counted_over_the_whole_shift(shop):
    open_shift(shop)  # clerk_takes_out = 200.000

    assert not needs_a_manager(shop.register, Money(200_000))
    assert needs_a_manager(shop.register, Money(200_001))
    take_out(shop, 150_000)
    assert needs_a_manager(shop.register, Money(50_001))
    assert not needs_a_manager(shop.register, Money(50_000))


def test_the_drawer_opens_once_and_a_second_slip_is_a_copy(shop):
    open_shift(shop)
    move = take_out(shop, 50_000, "expense", payee="Anh Tư", reason="chở hàng")
    with transaction():
        print_cash_slip(move, by=shop.clerk)
    jobs = _jobs()

    assert [(job.number, job.copy, job.open_drawer) for job in jobs] == [
        (move.record_seq, 0, True),
        (move.record_seq, 1, False),
    ]
    paper = as_text(draw_cash_slip(move.record_seq, 1, False))
    for words in ("PHIẾU LẤY TIỀN RA", "không phải chứng từ kế toán", "Anh Tư", "chở hàng", "50.000 ₫", "BẢN SAO 1"):
        assert words in paper


def _jobs():
    return list(db.session.scalars(select(PrintJob).where(PrintJob.kind == CASH_SLIP).order_by(PrintJob.id)))


def test_the_closing_record_names_the_moves_by_purpose(shop):
    shift = open_shift(shop)
    put_in(shop, 100_000)
    take_out(shop, 30_000)
    take_out(shop, 20_000)

    assert totals_of(shift).moves == (
        MoveTotal(Place.DRAWER, Way.IN, Purpose.CHANGE, 1, Money(100_000)),
        MoveTotal(Place.DRAWER, Way.OUT, Purpose.TO_SAFE, 2, Money(50_000)),
    )
    close_shift(shop, 550_000)
    (closed,) = records(Kind.SHIFT_CLOSE)
    assert closed["body"]["expected"] == 550_000
    assert closed["body"]["moves"] == [
        {"place": "drawer", "way": "in", "kind": "change", "n": 1, "amt": 100_000},
        {"place": "drawer", "way": "out", "kind": "to_safe", "n": 2, "amt": 50_000},
    ]


# deposits


def test_a_deposit_is_listed_until_it_was_seen_on_the_statement(shop):
    fill_safe(shop, 5_000_000)
    move = deposit_from_safe(shop, 3_000_000)
    assert deposits_on_their_way() == [move]

    shop.clock.move(timedelta(days=1))
    with transaction():
        see_deposit(move, day=date(2026, 11, 21), amount=Money(3_000_000), note="", by=shop.manager)

    assert deposits_on_their_way() == []
    (record,) = records(Kind.DEPOSIT_SEEN)
    assert record["body"] == {"of": move.record_seq, "day": "2026-11-21", "amt": 3_000_000, "note": ""}
    assert verify_shop().clean


@pytest.mark.parametrize(
    ("day", "amount", "note", "sentence"),
    [
        (date(2026, 11, 19), 3_000_000, "", "between the day of the deposit and today"),  # before it was brought
        (date(2026, 11, 21), 3_000_000, "", "between the day of the deposit and today"),  # tomorrow
        (date(2026, 11, 20), 2_500_000, " ", "another amount"),
        (date(2026, 11, 20), 0, "", "another amount"),  # it never arrived, and nobody says why
    ],
)
def test_a_statement_that_cannot_be_is_refused(shop, day, amount, note, sentence):
    fill_safe(shop, 5_000_000)
    move = deposit_from_safe(shop, 3_000_000)

    with pytest.raises(RuleBroken, match=sentence), transaction():
        see_deposit(move, day=day, amount=Money(amount), note=note, by=shop.manager)
    assert deposits_on_their_way() == [move]


def test_the_bank_may_have_written_less_and_then_somebody_says_why(shop):
    fill_safe(shop, 5_000_000)
    move = deposit_from_safe(shop, 3_000_000)

    with transaction():
        seen = see_deposit(move, day=date(2026, 11, 20), amount=Money(2_500_000), note="một tờ giả", by=shop.manager)

    assert seen.amount - move.amount == Money(-500_000)
    assert deposits_on_their_way() == []


def test_a_deposit_is_seen_once_and_an_expense_never(shop):
    fill_safe(shop, 5_000_000)
    move = deposit_from_safe(shop, 3_000_000)
    with transaction():
        see_deposit(move, day=date(2026, 11, 20), amount=Money(3_000_000), note="", by=shop.manager)
        expense = move_safe_cash(Way.OUT, told("expense", 9_000, payee="A", reason="B"), by=shop.manager)

    with pytest.raises(RuleBroken, match="already"), transaction():
        see_deposit(move, day=date(2026, 11, 20), amount=Money(3_000_000), note="", by=shop.manager)
    with pytest.raises(RuleBroken, match="no bank deposit"), transaction():
        see_deposit(expense, day=date(2026, 11, 20), amount=Money(9_000), note="", by=shop.manager)
