from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RuleBroken
from core.i18n import translator
from core.money import Money
from core.quantity import Quantity, Unit
from core.staff import Role
from core.web import forms
from core.web.forms import (
    read_choice,
    read_day,
    read_day_if_given,
    read_money,
    read_one_of,
    read_quantity,
    read_scan,
    read_text,
    read_whole,
)

AMOUNTS = [
    ("35.000", 35_000),
    ("35000", 35_000),
    ("35.000 ₫", 35_000),
    ("35.000\u00a0₫", 35_000),
    ("35.000đ", 35_000),
    ("35.000 Đ", 35_000),
    ("35000 VNĐ", 35_000),
    ("35.000 đồng", 35_000),
    ("35 000", 35_000),
    ("35,000", 35_000),  # whole đồng have no decimals, so three digits after a comma are thousands
    ("1.234.567", 1_234_567),
    ("35k", 35_000),
    ("35 K", 35_000),
    ("1,5k", 1_500),
    ("35.5k", 35_500),
    ("35 nghìn", 35_000),
    ("1,2tr", 1_200_000),
    ("1.25 triệu", 1_250_000),
    ("2tr", 2_000_000),
    ("0", 0),
    ("0 ₫", 0),
    ("500đ", 500),  # said with its sign, so it is meant
    ("1000", 1_000),
    ("  50k  ", 50_000),
    (unicodedata.normalize("NFD", "35.000 đồng"), 35_000),
]
NO_AMOUNTS = [
    "35,5",  # a part of a đồng, or 35.500?
    "35.5",
    "35.00",
    "1.500k",  # 1.500 or 1.500.000?
    "1,250tr",
    "1.234,567",
    "1,234.567",
    "12.34.567",
    "1234.567",
    "0.350",
    ".500",
    "35.",
    "-35.000",
    "+35000",
    "35.000k",
    "3 5000",
    "35_000",
    "35e3",
    "0x10",
    "٣٥٠٠٠",  # digits, but of another writing
    "\uff13\uff15\uff10\uff10\uff10",  # full-width digits
    "ba mươi",
    "35.000 $",
    "đ",
    "k",
    "35k k",
    "NaN",
    "35\u200b.000\u202e!",
    "9" * 16,
]


@pytest.mark.parametrize(("typed", "dong"), AMOUNTS)
def test_amounts_as_shops_write_them(typed: str, dong: int) -> None:
    assert read_money({"amount": typed}, "amount") == Money(dong)


@pytest.mark.parametrize("typed", NO_AMOUNTS)
def test_what_could_be_read_in_two_ways_is_no_amount(typed: str) -> None:
    with pytest.raises(forms.NotMoney):
        read_money({"amount": typed}, "amount")


@pytest.mark.parametrize("typed", ["1", "50", "999", "050"])
def test_a_bare_small_number_is_asked_about(typed: str) -> None:
    with pytest.raises(forms.MoneyUnclear) as asked:
        read_money({"amount": typed}, "amount")

    assert f"{typed}k" in asked.value.sentence(translator("vi"))


def test_an_amount_nobody_has_is_refused() -> None:
    with pytest.raises(forms.MoneyTooLarge):
        read_money({"amount": "8.931.200.000.017"}, "amount")


def test_an_amount_may_be_left_empty_only_where_that_is_said() -> None:
    assert read_money({}, "amount", required=False) == Money(0)
    with pytest.raises(forms.NothingTyped):
        read_money({"amount": " \u200b "}, "amount")


@given(st.integers(min_value=1000, max_value=10**12))
def test_what_the_shop_writes_it_can_read(dong: int) -> None:
    assert read_money({"amount": str(Money(dong))}, "amount") == Money(dong)


@given(st.text(alphabet="0123456789.,k tr₫đ", max_size=14))
def test_an_amount_read_has_the_digits_that_were_typed(typed: str) -> None:
    """Whatever is taken, its digits are the typed ones, but for the zeros that k and tr stand for."""
    try:
        amount = read_money({"amount": typed}, "amount")
    except RuleBroken:
        return
    digits = "".join(c for c in typed if c.isdigit()).lstrip("0")
    short = "k" in typed or "t" in typed

    assert str(amount.dong).rstrip("0") == digits.rstrip("0") or amount.dong == 0
    if not short:
        assert str(amount.dong) == (digits or "0")


@pytest.mark.parametrize(
    ("typed", "unit", "thousandths"),
    [
        ("2", Unit.PIECE, 2000),
        ("0,850", Unit.KILOGRAM, 850),
        ("0.85", Unit.KILOGRAM, 850),
        ("850g", Unit.KILOGRAM, 850),
        ("850 G", Unit.KILOGRAM, 850),
        ("0", Unit.PIECE, 0),
    ],
)
def test_quantities_as_people_type_them(typed: str, unit: Unit, thousandths: int) -> None:
    assert read_quantity({"quantity": typed}, "quantity", unit) == Quantity(thousandths)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("1,5", Unit.PIECE),
        ("1.000", Unit.PIECE),
        ("850g", Unit.PIECE),
        ("-1", Unit.KILOGRAM),
        ("\uff12", Unit.PIECE),
        ("một", Unit.PIECE),
    ],
)
def test_other_quantities_are_refused(typed: str, unit: Unit) -> None:
    with pytest.raises(RuleBroken):
        read_quantity({"quantity": typed}, "quantity", unit)


def test_a_barcode_scanned_into_the_quantity_is_noticed() -> None:
    with pytest.raises(RuleBroken):
        read_quantity({"quantity": "8931200000017"}, "quantity")
    with pytest.raises(forms.QuantityTooLarge):
        read_quantity({"quantity": "893120000"}, "quantity")


@pytest.mark.parametrize("typed", ["22/11/2026", "2026-11-22", "22-11-2026", "22.11.2026"])
def test_days_as_people_and_browsers_write_them(typed: str) -> None:
    assert read_day({"day": typed}, "day") == date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed", ["22/11/26", "31/02/2026", "2026-13-01", "11/22/2026", "hôm nay", "22/11/9999", "1/1/1"]
)
def test_other_days_are_refused(typed: str) -> None:
    with pytest.raises(forms.NotADay):
        read_day({"day": typed}, "day")


def test_a_day_may_be_left_open_where_that_is_said() -> None:
    assert read_day_if_given({"day": ""}, "day") is None
    assert read_day_if_given({"day": "1/2/2026"}, "day") == date(2026, 2, 1)


HOSTILE = [
    "a" * 2001,
    "a\u0000b\u0007c",
    "\u202eevil\u202c",
    unicodedata.normalize("NFD", "Đặng Thị Ngọc Ánh"),
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "\ufeff x",
    "a\ufffdb",
    "\ud800",
    "🧨" * 300,
    "'; DROP TABLE staff; --",
    "\u0300" * 250,
    "\r\nSet-Cookie: a=b",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_is_made_clean_or_refused_with_a_sentence(typed: str) -> None:
    try:
        text = read_text({"name": typed}, "name")
    except RuleBroken as refused:
        text = refused.sentence(translator("vi"))
    assert unicodedata.is_normalized("NFC", text)
    assert all(unicodedata.category(c)[0] != "C" for c in text)
    assert text == text.strip()
    assert len(text) <= 200


def test_too_long_a_text_is_refused_and_not_cut() -> None:
    with pytest.raises(forms.TextTooLong):
        read_text({"name": "ạ" * 201}, "name")
    assert read_text({"name": unicodedata.normalize("NFD", "ạ" * 200)}, "name") == "ạ" * 200


def test_a_scan_is_read_as_it_was_sent() -> None:
    assert read_scan({"code": "]d201\x1d10\x08Đ"}) == "]d201\x1d10\x08Đ"
    with pytest.raises(forms.TextTooLong):
        read_scan({"code": "1" * 501})


def test_choices_and_numbers_come_from_the_list() -> None:
    assert read_choice({"role": "clerk"}, "role", Role) is Role.CLERK
    assert read_one_of({"pack": "hũ"}, "pack", ["hũ", "gói"]) == "hũ"
    assert read_whole({"n": "7"}, "n", least=1, most=9) == 7
    for wrong in (
        lambda: read_choice({"role": "king"}, "role", Role),
        lambda: read_one_of({"pack": "can"}, "pack", ["hũ", "gói"]),
        lambda: read_whole({"n": "10"}, "n", least=1, most=9),
        lambda: read_whole({"n": "1.0"}, "n"),
        lambda: read_whole({"n": "\u0667"}, "n"),
    ):
        with pytest.raises(RuleBroken):
            wrong()


def test_the_sentence_names_the_field_in_the_language_of_the_screen() -> None:
    with pytest.raises(forms.NothingTyped) as refused:
        read_text({}, "name", label="Name")

    assert refused.value.field == "name"
    assert refused.value.sentence(translator("vi")).startswith("Tên: ")
