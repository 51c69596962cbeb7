from datetime import timedelta

import pytest

from core.database import db, transaction
from core.journal.record import Kind
from core.skipped_number import skip_numbers
from pos.invoice.block import BlockUsed, NotGiven, WrongBlock, last_number_of_all, numbers_left
from pos.invoice.invoice_table import Invoice
from pos.replay import verify_shop
from tests.factories import records, sell
from tests.pos.invoice.conftest import block


def codes():
    return [invoice.code for invoice in db.session.query(Invoice).order_by(Invoice.record_seq)]


def test_codes_count_on_from_block_to_block(till):
    block(till, 1, 2)
    block(till, 7, 20)

    for _ in range(4):
        sell(till, "mật ong")

    assert codes() == [f"M1-26-A1B2C-{number:011}" for number in (1, 2, 7, 8)]
    assert numbers_left() == 12
    assert verify_shop().clean


def test_another_five_signs_do_not_begin_the_count_anew(numbered):
    sell(numbered, "mật ong")

    with pytest.raises(BlockUsed, match="above 1000"):
        block(numbered, 1, 500, given="ZZZZZ")
    block(numbered, 1001, 1500, given="ZZZZZ")

    assert numbers_left() == 1499


@pytest.mark.parametrize(
    ("given", "first", "last", "refusal"),
    [
        ("A1B2", 1, 9, NotGiven),
        ("A1B2CD", 1, 9, NotGiven),
        ("A1 2C", 1, 9, NotGiven),
        ("ĂÂÊÔƠ", 1, 9, NotGiven),
        ("A1B2C", 0, 9, WrongBlock),
        ("A1B2C", 9, 8, WrongBlock),
        ("A1B2C", 1, 10**11, WrongBlock),
    ],
)
def test_what_is_no_block_is_refused(till, given, first, last, refusal):
    with pytest.raises(refusal):
        block(till, first, last, given=given)
    assert records(Kind.INVOICE) == []


def test_small_letters_are_taken_as_the_tax_office_writes_them(till):
    assert block(till, given=" a1b2c ").given == "A1B2C"


def test_numbers_left_out_by_a_restore_are_never_given_again(numbered):
    sell(numbered, "mật ong")
    assert last_number_of_all() == 2026_00000001
    with transaction():
        skip_numbers({"invoice": last_number_of_all() + 10, "invoice_code": 11}, 5)

    sell(numbered, "mật ong")

    newest = db.session.query(Invoice).order_by(Invoice.record_seq.desc()).first()
    assert (newest.number, newest.code_number) == (12, 12)


def test_a_new_year_begins_a_new_series_and_goes_on_counting_codes(numbered):
    sell(numbered, "mật ong")
    with transaction():
        skip_numbers({"invoice": last_number_of_all() + 10}, 5)
    numbered.clock.move(timedelta(days=45))
    sell(numbered, "hạt dẻ")

    newest = db.session.query(Invoice).order_by(Invoice.record_seq.desc()).first()
    assert (newest.series, newest.number, newest.code) == ("C27MAA", 1, "M1-27-A1B2C-00000000002")
