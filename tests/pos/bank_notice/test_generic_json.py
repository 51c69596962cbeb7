"""Notices as JSON: what banks send is read, what only looks like it is refused before it can do harm."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from config.settings import load_settings
from core.money import Money
from pos.bank_notice.generic_json import LARGEST_BYTES, read_generic_json
from pos.bank_notice.notice import BankNotice, UnreadableNotice

DEFAULTS = load_settings().bank_notices
GOOD = {
    "id": "FT26332123456",
    "amount": 35000,
    "account": "1023456789",
    "description": "2611200019 mua mat ong",
    "time": "2026-11-20T08:01:02+07:00",
}


def read(told: Any, **fields: str) -> BankNotice | None:
    content = told if isinstance(told, bytes) else json.dumps(told).encode()
    return read_generic_json(content, replace(DEFAULTS, **fields))


def test_a_notice_is_read() -> None:
    assert read(GOOD) == BankNotice(
        reference="FT26332123456",
        amount=Money(35_000),
        account="1023456789",
        words="2611200019 mua mat ong",
        booked_at=datetime(2026, 11, 20, 1, 1, 2, tzinfo=UTC),
    )


@pytest.mark.parametrize("amount", [35000, "35000", 35000.0, "35000.00", " 35000 "])
def test_an_amount_may_be_a_number_or_text(amount: object) -> None:
    notice = read({**GOOD, "amount": amount})

    assert notice is not None
    assert notice.amount == Money(35_000)


@pytest.mark.parametrize(
    "amount",
    [
        "35.000",
        "35,000",
        "35k",
        "",
        0,
        -35000,
        "-35000",
        35000.5,
        "3.5e4",
        None,
        True,
        [],
        {},
        "9" * 14,
        "\uff13\uff15000",
    ],
)
def test_an_amount_that_could_mean_something_else_is_refused(amount: object) -> None:
    with pytest.raises(UnreadableNotice, match="whole đồng"):
        read({**GOOD, "amount": amount})


@pytest.mark.parametrize("field", ["id", "amount", "account"])
def test_a_notice_without_what_it_needs_is_refused(field: str) -> None:
    with pytest.raises(UnreadableNotice):
        read({name: value for name, value in GOOD.items() if name != field})


def test_words_and_time_may_be_missing() -> None:
    notice = read({name: GOOD[name] for name in ("id", "amount", "account")})

    assert notice is not None
    assert (notice.words, notice.booked_at) == ("", None)


def test_a_time_without_a_zone_is_viet_nams_and_a_strange_one_is_left_out() -> None:
    said, strange = read({**GOOD, "time": "2026-11-20 08:01:02"}), read({**GOOD, "time": "hôm qua"})

    assert said is not None
    assert said.booked_at == datetime(2026, 11, 20, 1, 1, 2, tzinfo=UTC)
    assert strange is not None
    assert strange.booked_at is None


def test_fields_have_the_names_of_the_settings_also_inside_of_others() -> None:
    told = {"data": {"tid": 77, "value": "35000", "acc": "1023456789"}, "content": "x", "type": "credit"}

    notice = read(
        told, id_field="data.tid", amount_field="data.value", account_field="data.acc", words_field="content",
        direction_field="type", incoming="credit",
    )  # fmt: skip

    assert notice is not None
    assert (notice.reference, notice.amount.dong) == ("77", 35_000)


def test_money_that_left_is_nothing_to_the_till() -> None:
    assert read({**GOOD, "type": "out"}, direction_field="type") is None
    assert read(GOOD, direction_field="type") is None


BOMBS = {
    "not json": b"{",
    "nothing": b"",
    "not utf-8": b'{"id": "\xff"}',
    "a list": b"[]",
    "a word": b'"x"',
    "a field twice": b'{"id": "1", "id": "2"}',
    "not a number": b'{"id": "1", "amount": NaN, "account": "1"}',
    "too large": b'{"x": "' + b"x" * LARGEST_BYTES + b'"}',
    "too deep": b'{"x":' + b"[" * 5000 + b"]" * 5000 + b"}",
    "deep objects": b'{"x":' * 900 + b"1" + b"}" * 900,
}


@pytest.mark.parametrize("why", BOMBS)
def test_what_is_made_to_do_harm_is_refused(why: str) -> None:
    with pytest.raises(UnreadableNotice):
        read(BOMBS[why])


def test_a_number_of_ten_thousand_digits_is_only_text() -> None:
    with pytest.raises(UnreadableNotice, match="whole đồng"):
        read(b'{"id": "1", "account": "1", "amount": ' + b"9" * 10_000 + b"}")
