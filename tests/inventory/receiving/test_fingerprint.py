"""Fingerprints: the same digits on both papers, and a way back from the digits to the document."""

import pytest

from core.database import transaction
from core.quantity import Quantity
from inventory.location import SHELF
from inventory.lot import Terms
from inventory.receiving.delivery import Arrival, receive_goods
from inventory.receiving.fingerprint import (
    FingerprintUnknown,
    NotAFingerprint,
    check_digit,
    fingerprint_from,
    fingerprint_of,
    slip_of_fingerprint,
)
from inventory.receiving.goods_return import GoingBack, return_goods
from inventory.receiving.goods_return_table import ReturnReason


@pytest.fixture
def receipt(shop):
    honey, producer = shop.product("Mật ong"), shop.producer()
    with transaction():
        return receive_goods(
            supplier=producer, lines=[Arrival(honey, Quantity.of(5), Terms.on_commission(1500))], by=shop.by
        )


def test_the_digits_lead_back_to_the_receipt(receipt):
    digits = fingerprint_of(receipt.record_seq)

    assert [len(group) for group in digits.split(" ")] == [4, 4, 4, 4]
    assert slip_of_fingerprint(digits).document is receipt


def test_the_digits_lead_back_to_the_return(shop, receipt):
    lot = receipt.lots[0]
    with transaction():
        returned = return_goods(
            lot.supplier, lines=[GoingBack(lot, Quantity.of(1), SHELF, ReturnReason.UNSOLD)], by=shop.by
        )

    assert slip_of_fingerprint(fingerprint_of(returned.record_seq)).document is returned


@pytest.mark.parametrize(
    "write", [str, lambda d: d.replace(" ", ""), lambda d: d.replace(" ", "-"), lambda d: f" {d}\n"]
)
def test_they_may_be_typed_as_people_write_them(receipt, write):
    assert slip_of_fingerprint(write(fingerprint_of(receipt.record_seq))).document is receipt


def test_a_wrong_digit_is_no_fingerprint(receipt):
    digits = fingerprint_of(receipt.record_seq).replace(" ", "")

    for at, digit in enumerate(digits):
        wrong = digits[:at] + str((int(digit) + 1) % 10) + digits[at + 1 :]
        with pytest.raises(NotAFingerprint):
            slip_of_fingerprint(wrong)


def test_digits_of_another_shop_are_unknown(receipt):
    with pytest.raises(FingerprintUnknown):
        slip_of_fingerprint(fingerprint_from("ab" * 32))


@pytest.mark.parametrize("text", ["", "12", "1234 5678 9012 345", "x" * 2000, "٣" * 16, "=1+1", "0" * 17])
def test_what_is_no_fingerprint_is_said_to_be_none(receipt, text):
    with pytest.raises(NotAFingerprint) as trouble:
        slip_of_fingerprint(text)

    assert len(str(trouble.value)) < 200


@pytest.mark.parametrize(("digits", "check"), [("7992739871", "3"), ("0", "0"), ("18", "2"), ("000000000000000", "0")])
def test_the_check_digit_is_luhns(digits, check):
    assert check_digit(digits) == check
