"""J2: the bytes of a record are those of RFC 8785, and what has no place in one is refused."""

from __future__ import annotations

import json
import unicodedata
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock
from core.journal.record import LARGEST, Kind, NotCanonical, canonical, parse, uuid7
from core.text import nfc

VIETNAMESE = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ ÀĐ₫"
# Everything a note could bring along: control characters, quotes, separators of lines, other planes.
LETTERS = st.one_of(
    st.sampled_from(VIETNAMESE),
    st.sampled_from('"\\/\x00\x01\x08\x09\x0a\x0b\x0c\x0d\x1b\x1f\x7f\x80\x85\u2028\u2029\ufeff🍯𝄞'),
    st.characters(exclude_categories=["Cs"]),
)
TEXTS = st.text(LETTERS, max_size=20).map(nfc)
KEYS = st.text(st.characters(max_codepoint=127), max_size=6)
NUMBERS = st.one_of(st.integers(-LARGEST, LARGEST), st.sampled_from([0, -1, LARGEST, -LARGEST]))
SINGLE = st.one_of(TEXTS, NUMBERS, st.booleans(), st.none())
VALUES = st.recursive(
    SINGLE, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
RECORDS = st.dictionaries(KEYS, VALUES, max_size=6)


@pytest.mark.slow
def test_generated_records_are_written_as_rfc_8785_writes_them(size: Callable[[str], int]) -> None:
    seen = 0

    @settings(max_examples=size("J2"), deadline=None, database=None)
    @given(RECORDS)
    def same(record: dict[str, Any]) -> None:
        nonlocal seen
        seen += 1
        data = canonical(record)
        assert data == rfc8785.dumps(record)
        assert parse(data) == record

    same()

    assert seen >= size("J2")


@settings(max_examples=500)
@given(st.text(LETTERS, min_size=1, max_size=20))
def test_text_in_another_normal_form_is_refused(text: str) -> None:
    if unicodedata.is_normalized("NFC", text):
        assert parse(canonical({"a": text})) == {"a": text}
    else:
        with pytest.raises(NotCanonical, match="NFC"):
            canonical({"a": text})


@pytest.mark.parametrize(
    "value",
    [
        1.0,  # a float, even a whole one
        float("nan"),
        LARGEST + 1,
        -LARGEST - 1,
        unicodedata.normalize("NFD", "mật ong"),
        "\ud800",
        b"bytes",
        ("a", "tuple"),
        {1: "a number as key"},
        {"đ": "a key that is not ASCII"},
        {None: "no key"},
        Kind.SALE,  # not a bare text: its value is
        datetime(2026, 11, 22, tzinfo=UTC),
        object(),
    ],
)
@pytest.mark.parametrize("wrap", [lambda v: {"a": v}, lambda v: {"a": [1, v]}, lambda v: {"a": {"b": [{"c": v}]}}])
def test_what_has_no_place_in_a_record_is_refused_at_any_depth(value: Any, wrap: Callable[[Any], Any]) -> None:
    with pytest.raises(NotCanonical):
        canonical(wrap(value))


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',  # a key twice
        '{"b":1,"a":2}',  # keys out of order
        '{"a": 1}',  # a blank
        '{"a":1}\n',
        '{"a":1.0}',
        '{"a":1e2}',
        '{"a":-0}',
        '{"a":01}',
        '{"a":NaN}',
        '{"a":9007199254740992}',
        '{"a":' + "9" * 5000 + "}",
        '{"a":"\\u00e0"}',  # an escape that is not needed
        '{"a":"\\/"}',
        '{"a":"\\u001F"}',  # RFC 8785 writes small hexadecimal digits
        '{"a":"a\u0300"}',  # not NFC
        '{"a":"\\ud800"}',
        '{"a":1}{"a":1}',
        "[1]",
        "null",
        "",
        "{",
        "\ufeff{}",
        "[" * 100_000,
    ],
)
def test_text_written_in_another_way_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        parse(text)


@pytest.mark.parametrize("data", [b"\xff", b'{"a":"\xc3"}', '{"a":"à"}'.encode("utf-16")])
def test_bytes_that_are_not_utf_8_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse(data)


def test_no_field_is_lost_on_the_way_through_bytes() -> None:
    body = {"no": 17, "lines": [{"own": None, "name": "Nước mắm “Cửa Khe” 60°"}], "paid": True}

    assert json.loads(canonical(body)) == body


def test_names_sort_by_the_time_they_were_given() -> None:
    with clock.stopped_at(datetime(2026, 11, 22, 1, 2, 3, 45_000, tzinfo=UTC)) as hand:
        first = uuid.UUID(uuid7())
        hand.move(timedelta(milliseconds=1))
        names = {uuid7() for _ in range(1000)}

    assert (first.version, first.variant) == (7, uuid.RFC_4122)
    assert first.int >> 80 == 1_795_309_323_045
    assert len(names) == 1000
    assert all(str(first) < name for name in names)


def test_kinds_are_their_own_names() -> None:
    assert all(kind.value == kind.name for kind in Kind)
