from datetime import date

import pytest

from pos.invoice.buyer import is_tax_code
from pos.invoice.number import (
    TaxOfficeCode,
    is_message_id,
    is_series,
    new_message_id,
    read_code,
    till_series,
)
from tests.shared_cases import vector

CASES = vector("cqt_code")


@pytest.mark.parametrize("text", [text for text, _ in CASES["mtt_code"]["valid"]])
def test_a_code_is_read_and_written_again(text):
    assert str(read_code(text)) == text


@pytest.mark.parametrize(("text", "why"), CASES["mtt_code"]["invalid"])
def test_what_is_no_code_is_refused(text, why):
    with pytest.raises(ValueError, match="Not a code"):
        read_code(text)


@pytest.mark.parametrize(("before", "after"), CASES["mtt_code"]["next"])
def test_the_next_code_counts_one_on(before, after):
    read = read_code(before)

    assert str(TaxOfficeCode(read.form, read.year, read.given, read.number + 1)) == after


def test_series_are_known_by_their_letters():
    assert all(is_series(text) for text in CASES["series"]["valid"])
    assert not any(is_series(text) for text, _ in CASES["series"]["invalid"])


@pytest.mark.parametrize(
    ("day", "letters", "series"),
    [(date(2026, 7, 1), "AA", "C26MAA"), (date(2026, 12, 31), "ZZ", "C26MZZ"), (date(2027, 1, 1), "AA", "C27MAA")],
)
def test_the_series_carries_the_year(day, letters, series):
    assert till_series(day, letters) == series
    assert is_series(series)


def test_tax_codes_are_held_to_their_check_digit():
    assert all(is_tax_code(text) for text in CASES["mst"]["valid"] + CASES["mst"]["form_only_12_constructed"])
    assert not any(is_tax_code(text) for text in CASES["mst"]["invalid"])


@pytest.mark.parametrize("tax_code", ["0107001729", "0107001729-001", "001098012345"])
def test_a_message_has_an_id_of_its_own(tax_code):
    one, other = new_message_id(tax_code), new_message_id(tax_code)

    assert is_message_id(one)
    assert one != other
    assert one.startswith("K" + tax_code.replace("-", ""))
    assert all(is_message_id(text) for text in CASES["message_id"]["valid"])
