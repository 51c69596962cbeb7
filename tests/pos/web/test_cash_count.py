"""Counting a drawer: notes, or one amount, never a guess."""

from __future__ import annotations

import pytest

from core.errors import RuleBroken
from core.money import Money
from pos.web.cash_count import CountsDiffer, NothingCounted, read_counted


@pytest.mark.parametrize(
    ("form", "dong"),
    [
        ({"note_500000": "2", "note_2000": "3"}, 1_006_000),
        ({"amount": "500k"}, 500_000),
        ({"amount": "0"}, 0),  # an empty drawer is said, not left out
        ({"note_500": "0"}, 0),
        ({"note_100000": "3", "amount": "300.000"}, 300_000),
        ({"note_100000": " 3 ", "note_50000": "", "amount": " "}, 300_000),
    ],
)
def test_what_was_counted(form: dict[str, str], dong: int) -> None:
    assert read_counted(form) == Money(dong)


@pytest.mark.parametrize(
    ("form", "trouble"),
    [
        ({}, NothingCounted),
        ({"note_500000": " ", "amount": ""}, NothingCounted),
        ({"note_100000": "3", "amount": "200.000"}, CountsDiffer),
        ({"note_100000": "-1"}, RuleBroken),
        ({"note_100000": "1,5"}, RuleBroken),
        ({"note_100000": "8938500000016"}, RuleBroken),  # a barcode scanned into the field
    ],
)
def test_what_is_no_count_is_refused(form: dict[str, str], trouble: type[RuleBroken]) -> None:
    with pytest.raises(trouble):
        read_counted(form)
