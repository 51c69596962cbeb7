"""Counter codes: six digits that a producer types himself, with few tries."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.database import db, transaction
from core.good_pin import PinTooEasy
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from core.journal.replay import compare
from core.pin_tries import PinTries, locked_out
from core.staff import PinNotSixDigits
from inventory.receiving.counter_code import (
    CounterCodeLocked,
    CounterCodeTooSoon,
    NoCounterCode,
    WrongCounterCode,
    WrongCounterCodeNowWait,
    prove_counter_code,
    set_counter_code,
)
from inventory.replay import REPLAY

CODE, OTHER = "907354", "461829"


def set_code(shop, code=CODE):
    producer = shop.producer()
    with transaction():
        return set_counter_code(producer, code, by=shop.by)


def try_ten_times(shop, code=OTHER):
    for _ in range(10):
        with pytest.raises((WrongCounterCode, WrongCounterCodeNowWait, CounterCodeLocked)):
            prove_counter_code(shop.producer(), code, device="00")
        shop.clock.move(timedelta(hours=1))


def test_the_right_digits_prove_the_producer_and_forgive_a_slip(shop):
    set_code(shop)
    with pytest.raises(WrongCounterCode):
        prove_counter_code(shop.producer(), OTHER, device="00")

    prove_counter_code(shop.producer(), CODE, device="00")

    assert db.session.scalars(select(PinTries.wrong)).all() == [0]


def test_the_digits_of_another_producer_prove_nothing(shop):
    set_code(shop)
    other = shop.producer("HTX Mẫu Sơn")
    with transaction():
        set_counter_code(other, OTHER, by=shop.by)

    with pytest.raises(WrongCounterCode):
        prove_counter_code(shop.producer(), OTHER, device="00")


def test_without_a_code_nothing_is_proved(shop):
    with pytest.raises(NoCounterCode, match="HTX Quảng Lạc"):
        prove_counter_code(shop.producer(), CODE, device="00")


def test_the_fifth_wrong_try_costs_a_wait_in_which_not_even_the_right_one_counts(shop):
    set_code(shop)
    for _ in range(4):
        with pytest.raises(WrongCounterCode):
            prove_counter_code(shop.producer(), OTHER, device="00")

    with pytest.raises(WrongCounterCodeNowWait, match="5 seconds"):
        prove_counter_code(shop.producer(), OTHER, device="00")

    with pytest.raises(CounterCodeTooSoon):
        prove_counter_code(shop.producer(), CODE, device="00")


def test_ten_wrong_tries_lock_until_a_new_code_is_set(shop):
    set_code(shop)
    try_ten_times(shop)
    with pytest.raises(CounterCodeLocked):
        prove_counter_code(shop.producer(), CODE, device="00")

    set_code(shop, "528416")

    prove_counter_code(shop.producer(), "528416", device="00")
    assert [one for one in compare(REPLAY, db.session()) if one.table != "journal_records"] == []


def test_a_locked_code_is_no_locked_colleague(shop):
    set_code(shop)

    try_ten_times(shop)

    assert locked_out() == []


@pytest.mark.parametrize(
    ("code", "trouble"), [("12345", PinNotSixDigits), ("12a456", PinNotSixDigits), ("", PinNotSixDigits),
                          ("123456", PinTooEasy), ("111111", PinTooEasy), ("010190", PinTooEasy)],
)  # fmt: skip
def test_a_code_that_is_none_or_is_guessed_is_refused(shop, code, trouble):
    with pytest.raises(trouble):
        set_code(shop, code)


def test_the_journal_knows_when_it_was_set_and_nothing_of_the_digits(shop):
    kept = set_code(shop)

    record = db.session.scalars(select(JournalRecord).where(JournalRecord.typ == Kind.COUNTER_CODE)).one()

    assert kept.record_seq == record.seq
    assert '"body":{"act":"set","own":"0001"}' in record.record
    assert CODE not in record.record
