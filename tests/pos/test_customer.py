"""Buyers' data: taken for a purpose, masked, given out, corrected, erased; the journal stays whole without it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select

from core.clock import today
from core.database import db, transaction
from core.journal.record import Kind
from core.text import fold
from pos.buyers.consent import NoSuchPurpose, NotAgreedTo, acts_on, agreed_to, months_after
from pos.buyers.customer import (
    PhoneOfAnother,
    correct_customer,
    erase_customer,
    export_customer,
    find_customers,
    kept_until,
    name_buyer,
    purchases_of,
    withdraw,
)
from pos.buyers.customer_table import BasketBuyer, ConsentAct, Customer, NotAPhone, mask_name, read_phone
from pos.buyers.data_request import Wish, answer, ask, open_requests
from pos.buyers.retention import due_customers, empty_log, sweep
from pos.receipt import receipt_of
from pos.replay import verify_shop
from tests.factories import fill_basket, open_shift, pay, receive, records

PHONE, NAME = "0912345957", "Nguyễn Thị Lan Hương"


@pytest.fixture
def trade(shop):
    """A shop with honey and an open shift."""
    receive(shop, "mật ong", quantity=50)
    open_shift(shop)
    return shop


def buy(shop, purpose="care", *, phone=PHONE, name=NAME):
    """Somebody buys honey under their name."""
    basket = fill_basket(shop, ("mật ong", 1))
    with transaction():
        customer = name_buyer(basket, phone=phone, name=name, purpose=purpose, by=shop.clerk)
    return customer, pay(shop, basket)


def pages_of(folder) -> bytes:
    """Everything that the database's files hold on the disk."""
    return b"".join(path.read_bytes() for path in Path(folder.path).glob("*.sqlite*"))


@contextmanager
def questions():
    """What the database is asked inside the block."""
    asked = []

    def note(connection, cursor, statement, *others):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield asked
    event.remove(db.engine, "before_cursor_execute", note)


def forget(shop, customer, why="asked"):
    with transaction():
        return erase_customer(customer, why=why, by=shop.manager)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0912 345 957", PHONE), ("+84 912.345.957", PHONE), ("84912345957", PHONE), ("(024) 3825-1234", "02438251234")],
)
def test_a_phone_is_kept_one_way_however_it_is_typed(typed, kept):
    assert read_phone(typed) == kept


@pytest.mark.parametrize("typed", ["", "912345957", "091234595", "0912x45957", "+1 912 345 957", "٠٩١٢٣٤٥٩٥٧"])
def test_what_nobody_can_call_is_no_phone(typed):
    with pytest.raises(NotAPhone):
        read_phone(typed)


def test_names_and_phones_are_masked_wherever_they_are_shown(trade):
    customer, sale = buy(trade)

    assert (customer.masked_phone, customer.masked_name) == ("0912 xxx 957", "N. T. L. Hương")
    assert mask_name("") == ""
    assert receipt_of(sale).buyer == "0912 xxx 957"


def test_neither_journal_nor_sale_nor_paper_knows_who_bought(trade):
    buy(trade)

    journal = "".join(map(str, records()))
    assert PHONE not in journal
    assert "Hương" not in journal
    assert [one["body"]["act"] for one in records(Kind.CONSENT)] == ["given"]
    assert re.fullmatch("[0-9a-f]{64}", records(Kind.CONSENT)[0]["body"]["hash"])


def test_a_known_number_finds_its_buyer_and_asks_once_for_a_purpose(trade):
    first, _ = buy(trade)
    second, _ = buy(trade, name="")
    third, _ = buy(trade, "order")

    assert first.id == second.id == third.id
    assert set(agreed_to(first.who)) == {"care", "order"}
    assert len(records(Kind.CONSENT)) == 2


def test_data_is_never_kept_for_nothing(trade):
    with pytest.raises(NoSuchPurpose):
        buy(trade, "advertising")


def test_a_buyer_is_found_by_the_whole_number_or_words_of_the_name_only(trade):
    customer, _ = buy(trade)

    assert find_customers("0912 345 957") == [customer]
    assert find_customers("huong lan") == [customer]
    assert find_customers("5957") == []
    assert find_customers(" ") == []


def test_what_is_given_out_holds_everything_and_says_that_it_was(trade):
    customer, sale = buy(trade)

    with transaction():
        told = export_customer(customer, shop="Điểm OCOP", by=trade.manager)

    assert (told["name"], told["phone"]) == (NAME, PHONE)
    assert told["purchases"][0]["receipt"] == sale.number
    assert {act["act"] for act in told["acts"]} == {"given", "exported"}
    assert any("Điểm OCOP xin ghi tên" in (act["words"] or "") for act in told["acts"])


def test_a_correction_changes_the_hash_and_tells_neither_old_nor_new(trade):
    customer, _ = buy(trade)
    before = customer.fingerprint

    with transaction():
        correct_customer(customer, name="Trần Bình", phone="0987654321", by=trade.manager)

    assert customer.fingerprint != before
    assert customer.name_folded == fold("Trần Bình")
    assert "0987654321" not in "".join(map(str, records()))
    buy(trade, phone="0900000001")
    with pytest.raises(PhoneOfAnother), transaction():
        correct_customer(customer, name="", phone="0900000001", by=trade.manager)


def test_erased_is_erased_and_the_journal_stays_whole(trade):
    customer, sale = buy(trade)
    who = customer.who

    assert forget(trade, customer) is None

    assert db.session.scalars(select(Customer)).all() == []
    assert db.session.scalars(select(BasketBuyer)).all() == []
    assert receipt_of(sale).buyer == ""
    assert acts_on(who)[0].act is ConsentAct.ERASED
    assert verify_shop().clean


def test_erased_is_erased_from_the_free_pages_of_the_files_too(trade):
    many = [buy(trade, phone=f"09{n:08d}", name=f"Bí Mật {n}")[0] for n in range(20)]
    db.session.rollback()
    assert empty_log()
    assert "Bí Mật 7".encode() in pages_of(trade.folder)

    for customer in many:
        forget(trade, customer)
    db.session.rollback()

    assert empty_log()
    left = pages_of(trade.folder)
    assert "Bí Mật".encode() not in left
    assert b"bi mat" not in left
    assert b"0900000007" not in left


def test_an_invoice_keeps_what_law_wants_and_everything_else_goes(trade):
    customer, invoiced = buy(trade, "invoice")
    buy(trade, "care")

    until = forget(trade, customer)

    assert until == kept_until(customer) == months_after(invoiced.day, 120)
    assert [sale.number for _, sale in purchases_of(customer)] == [invoiced.number]
    assert set(agreed_to(customer.who)) == {"invoice"}
    assert verify_shop().clean


def test_consent_is_taken_back_by_purpose_and_the_last_one_takes_the_data_along(trade):
    customer, _ = buy(trade)
    buy(trade, "order")
    with transaction():
        withdraw(customer, "order", by=trade.manager)
    assert set(agreed_to(customer.who)) == {"care"}
    with pytest.raises(NotAgreedTo), transaction():
        withdraw(customer, "order", by=trade.manager)

    with transaction():
        withdraw(customer, "care", by=trade.manager)

    assert db.session.scalars(select(Customer)).all() == []


def test_data_goes_by_itself_when_its_months_are_over(trade):
    regular, _ = buy(trade)
    ordered, _ = buy(trade, "order", phone="0900000002", name="Bình")
    signs = regular.who, ordered.who
    db.session.rollback()

    trade.clock.move(timedelta(days=6 * 31))
    assert (sweep().erased, sweep().erased) == (1, 0)
    assert [one.who for one in db.session.scalars(select(Customer))] == [signs[0]]
    db.session.rollback()
    trade.clock.move(timedelta(days=24 * 31))
    assert sweep().erased == 1

    told = [(one["body"]["act"], one["body"]["why"], one["usr"]) for one in records(Kind.CONSENT)]
    assert told[-1] == ("erased", "retention", None)
    assert verify_shop().clean


def test_a_purchase_begins_the_months_anew(trade):
    buy(trade)
    trade.clock.move(timedelta(days=15 * 30))
    buy(trade)
    db.session.rollback()
    trade.clock.move(timedelta(days=20 * 30))

    assert sweep().erased == 0


def test_a_clock_that_jumps_ten_years_ahead_erases_nobody(trade):
    buy(trade)
    buy(trade, "order", phone="0900000002", name="Bình")
    db.session.rollback()
    trade.clock.instant += timedelta(days=3_650)  # turned, while no time passed

    assert sweep().erased == 0


def test_the_daily_look_asks_as_little_of_many_buyers_as_of_one(trade):
    buy(trade)
    db.session.rollback()
    with questions() as of_one:
        due_customers(today())
    for n in range(5):
        buy(trade, phone=f"090000000{n}", name="Bình")
    db.session.rollback()

    with questions() as of_many:
        due_customers(today())

    assert len(of_many) == len(of_one)


def test_a_wish_waits_two_working_days_for_its_answer(trade):
    customer, _ = buy(trade)
    with transaction():
        ask(customer, Wish.SEE, by=trade.manager)  # Friday 20/11/2026

    (waiting,) = open_requests()
    assert (waiting.wish, f"{waiting.due:%d/%m}", waiting.is_late) == (Wish.SEE, "24/11", False)
    trade.clock.move(timedelta(days=5))
    assert open_requests()[0].is_late
    with transaction():
        answer(customer, by=trade.manager)
    assert open_requests() == []
