"""VietQR: strings that others made are read, damaged ones are not, and ours are theirs to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from core.vietqr import AmountNotForQr, NotVietQr, VietQr, purpose_text, read_vietqr, transfer_qr, with_crc
from tests.shared_cases import shared_json, vector

QR = vector("vietqr")
VIETQR = [case for case in QR["valid"] if "bin" in case["fields"]]
ACCOUNT = {"bank_bin": "970436", "account": "1023456789"}
FAULTS = {
    "no payment code": lambda text: text.replace("000201", "000202", 1),
    "kind of code": lambda text: text.replace("010212", "010213", 1),
    "not in đồng": lambda text: text.replace("5303704", "5303840", 1),
    "not from NAPAS": lambda text: text.replace("A000000727", "A000000775", 1),
    "neither": lambda text: text.replace("QRIBFTTA", "QRPUSH00", 1),
    "no account": lambda text: text.replace("0006970436", "000697043X", 1),
    "amount": lambda text: text.replace("540535000", "54053500O", 1),
    "broken structure": lambda text: text.replace("540535000", "540935000", 1),
}


@pytest.mark.parametrize("case", VIETQR, ids=lambda case: case["fields"]["crc"])
def test_a_published_code_is_read(case):
    asked = read_vietqr(case["payload"])

    wanted = case["fields"]
    assert asked.bank_bin == wanted["bin"]
    assert asked.account == wanted["account"]
    assert asked.dynamic == (wanted["method"] == "dynamic")
    assert asked.card == (wanted["service"] == "QRIBFTTC")
    assert asked.amount == (Money(int(wanted["amount"])) if wanted["amount"] else None)
    assert (asked.purpose, asked.bill) == (wanted["purpose"], wanted["bill"])
    assert (asked.reference, asked.merchant) == (wanted["reference"], wanted["merchant"])


@pytest.mark.parametrize("case", [case for case in VIETQR if case["fields"]["reference"] is None])
def test_our_text_of_a_published_code_is_the_same_to_the_letter(case):
    asked = read_vietqr(case["payload"])

    ours = transfer_qr(
        bank_bin=asked.bank_bin,
        account=asked.account,
        amount=asked.amount,
        purpose=asked.purpose or "",
        bill=asked.bill,
        card=asked.card,
    )

    assert ours == case["payload"]


@pytest.mark.parametrize("case", QR["invalid"], ids=lambda case: case["why"][:40])
def test_a_faulty_code_is_refused(case):
    with pytest.raises(NotVietQr):
        read_vietqr(case["payload"])


def test_a_code_of_another_scheme_is_refused():
    other = next(case for case in QR["valid"] if case["fields"].get("scheme") == "VNPay")

    with pytest.raises(NotVietQr) as refused:
        read_vietqr(other["payload"])

    assert "NAPAS" in refused.value.values["why"]


def test_a_check_in_small_letters_is_accepted():
    for case in QR["accept_lowercase_crc"]:
        assert read_vietqr(case["payload"]).amount == Money(180_000)


@pytest.mark.parametrize("case", QR["valid"], ids=lambda case: case["fields"]["crc"])
def test_the_check_is_the_standards(case):
    assert with_crc(case["payload"][:-8]) == case["payload"]


@pytest.mark.parametrize(("why", "spoil"), FAULTS.items(), ids=FAULTS)
def test_each_fault_is_seen_even_under_a_right_check(why, spoil):
    good = transfer_qr(**ACCOUNT, amount=Money(35_000), purpose="12034 mat ong")

    with pytest.raises(NotVietQr) as refused:
        read_vietqr(with_crc(spoil(good)[:-8]))

    assert why in refused.value.values["why"]


def test_a_field_given_twice_is_refused():
    good = transfer_qr(**ACCOUNT, amount=Money(35_000), purpose="12034")

    with pytest.raises(NotVietQr):
        read_vietqr(with_crc(good[:-8] + "540599999"))


def test_a_scanners_line_end_is_taken_off_and_other_characters_are_not():
    good = transfer_qr(**ACCOUNT, amount=Money(35_000), purpose="12034")

    assert read_vietqr(good + "\r\n").purpose == "12034"
    for damaged in (
        good[:30] + "\x1d" + good[30:],
        good.lower(),
        good.replace("VN", "\N{ROMAN NUMERAL FIVE}N"),
        "",
        "6304FFFF",
    ):
        with pytest.raises(NotVietQr):
            read_vietqr(damaged)


def test_an_amount_with_empty_decimals_is_whole_dong():
    good = transfer_qr(**ACCOUNT, amount=Money(35_000), purpose="")

    read = read_vietqr(with_crc(good[:-8].replace("540535000", "540835000.00")))

    assert read.amount == Money(35_000)


@pytest.mark.parametrize("dong", [0, -1, 10**13])
def test_an_amount_that_no_transfer_takes_is_refused(dong):
    with pytest.raises(AmountNotForQr):
        transfer_qr(**ACCOUNT, amount=Money(dong), purpose="12034")


def test_thirteen_digits_are_the_largest_amount():
    largest = Money(10**13 - 1)

    assert read_vietqr(transfer_qr(**ACCOUNT, amount=largest, purpose="12034")).amount == largest


@pytest.mark.parametrize(
    "wrong",
    [
        {"bank_bin": "97043"},
        {"bank_bin": "97043A"},
        {"account": ""},
        {"account": "1" * 20},
        {"account": "102 345"},
        {"bill": ""},
        {"bill": "x" * 26},
        {"bill": "Đ1"},
    ],
)
def test_our_own_mistakes_stop_at_once(wrong):
    with pytest.raises(ValueError, match=r"bank account|bill number"):
        transfer_qr(**{**ACCOUNT, **wrong}, amount=Money(1), purpose="12034")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("12034 Mật ong Cao Bằng", "12034 Mat ong Cao Bang"),
        ("Đơn đặt", "Don dat"),  # đ does not decompose
        ("a\tb  c\u00a0d", "a b c d"),
        ("50% – «giá» <rẻ>", "50 gia re"),
        ("日本", ""),
        ("123456789012345678901234 x", "123456789012345678901234"),  # no blank left at the cut
    ],
)
def test_a_purpose_is_written_so_that_every_bank_takes_it(said, written):
    assert purpose_text(said) == written


def test_a_long_purpose_keeps_its_beginning():
    # The collected vector holds 26 characters, one more than its own rule and the standard allow.
    for case in QR["purpose_text"]:
        assert purpose_text(case["input"]) == case["output"][:25]


@given(
    bank_bin=st.from_regex(r"[0-9]{6}", fullmatch=True),
    account=st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True),
    amount=st.none() | st.integers(1, 10**13 - 1).map(Money),
    purpose=st.text(max_size=60),
    bill=st.none() | st.from_regex(r"[!-~]{1,25}", fullmatch=True),
    card=st.booleans(),
)
def test_what_is_written_is_read_again(bank_bin, account, amount, purpose, bill, card):
    text = transfer_qr(bank_bin=bank_bin, account=account, amount=amount, purpose=purpose, bill=bill, card=card)

    assert text.isascii()
    assert read_vietqr(text) == VietQr(
        bank_bin=bank_bin,
        account=account,
        card=card,
        dynamic=amount is not None,
        amount=amount,
        purpose=purpose_text(purpose) or None,
        bill=bill,
    )


@given(st.text() | st.from_regex(r"[0-9]{0,60}6304[0-9A-F]{4}", fullmatch=True))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    with pytest.raises(NotVietQr):
        read_vietqr(text)


@given(st.integers(0, 60), st.sampled_from("0123456789ABCXYZ"))
def test_one_changed_character_is_noticed(place, other):
    good = transfer_qr(**ACCOUNT, amount=Money(35_000), purpose="12034")
    damaged = good[:place] + other + good[place + 1 :]

    if damaged != good:
        with pytest.raises(NotVietQr):
            read_vietqr(damaged)


def test_codes_collected_elsewhere_are_read_or_refused_as_they_must_be():
    cases = shared_json("cases/vietqr/vietqr_cases.json", cases=61)

    for case in cases["accept"]:
        if case["kind"] == "vietqr":
            asked = read_vietqr(case["payload"])
            assert (asked.bank_bin, asked.account) == (case["bank_bin"], case["account"])
        else:  # another EMVCo scheme, whose money does not go through NAPAS
            refuse(case["payload"])
    for case in cases["reject"] + [case for case in cases["broken"] if not accepted(case)]:
        refuse(case["payload"])
    for case in filter(accepted, cases["broken"]):
        assert read_vietqr(case["payload"]).account


def refuse(payload: str) -> None:
    with pytest.raises(NotVietQr):
        read_vietqr(payload)


def accepted(case: dict[str, str]) -> bool:
    return ": accept" in case["what"]


def test_another_program_writes_the_same_text():
    for case in shared_json("cases/vietqr/vietqr_cases.json", cases=20)["generate"]:
        ours = transfer_qr(
            bank_bin=case["bankBin"],
            account=case["bankNumber"],
            amount=Money(int(case["amount"])) if case["amount"] else None,
            purpose=case["purpose"],
        )

        assert ours == case["payload"]
