"""A broken rule says one sentence, in the language it is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.errors import RuleBroken
from core.money import Money
from core.quantity import Quantity


class NotEnough(RuleBroken):
    message = "Only %(left)s are left, at %(price)s, until %(day)s (%(at)s)."


TOLD = NotEnough(
    left=Quantity(1_500), price=Money(35_000), day=date(2026, 2, 1), at=datetime(2026, 2, 1, 8, 5, tzinfo=UTC)
)


def test_the_sentence_carries_its_values_as_people_write_them():
    assert str(TOLD).replace("\N{NO-BREAK SPACE}", " ") == (
        "Only 1,5 are left, at 35.000 ₫, until 01/02/2026 (01/02/2026 15:05)."
    )


def test_the_sentence_is_translated_where_it_is_shown():
    said = TOLD.sentence({NotEnough.message: "Chỉ còn %(left)s."}.__getitem__)

    assert said == "Chỉ còn 1,5."


def test_values_are_kept_for_those_who_answer():
    assert TOLD.values["left"] == Quantity(1_500)


def test_a_rule_that_names_no_sentence_still_says_something():
    with pytest.raises(RuleBroken, match="cannot be done"):
        raise RuleBroken
