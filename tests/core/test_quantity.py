"""Quantity: how people type it, and what is no quantity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RuleBroken
from core.quantity import NONE, ONE, NotDivisible, Quantity, TooManyDecimals, Unit, UnreadableQuantity
from tests.shared_cases import shared_json

KG = Unit.KILOGRAM


@pytest.mark.parametrize(
    ("typed", "unit", "thousandths"),
    [
        ("2", Unit.PIECE, 2_000),
        (3, Unit.PIECE, 3_000),
        ("1.0", Unit.PIECE, 1_000),  # a whole number however it is written
        ("0,850", KG, 850),
        ("0.850", KG, 850),
        ("0,85", KG, 850),
        ("1.005", KG, 1_005),
        ("12,5", Unit.LITRE, 12_500),
        ("  7\r\n", Unit.METRE, 7_000),
        ("0", KG, 0),
        ("00012", KG, 12_000),
        ("999999999", Unit.PIECE, 999_999_999_000),
    ],
)
def test_a_quantity_is_read_as_people_type_it(typed, unit, thousandths):
    assert Quantity.of(typed, unit) == Quantity(thousandths)


@pytest.mark.parametrize(
    ("typed", "unit", "trouble"),
    [
        ("", KG, UnreadableQuantity),
        ("-1", KG, UnreadableQuantity),
        ("+1", KG, UnreadableQuantity),
        ("1e3", KG, UnreadableQuantity),
        (",5", KG, UnreadableQuantity),
        ("5,", KG, UnreadableQuantity),
        ("1.000.000", KG, UnreadableQuantity),  # thousands or decimals? ask again
        ("1 000", KG, UnreadableQuantity),
        ("١٢", KG, UnreadableQuantity),
        ("1\u200b", KG, UnreadableQuantity),
        ("1234567890", KG, UnreadableQuantity),  # a barcode scanned into the wrong field
        ("0,8505", KG, TooManyDecimals),
        ("0,8500", KG, TooManyDecimals),
        ("1,5", Unit.PIECE, NotDivisible),
        ("1.000", Unit.PIECE, NotDivisible),  # a thousand to a Vietnamese reader
    ],
)
def test_what_is_no_quantity_is_refused(typed, unit, trouble):
    with pytest.raises(trouble) as refused:
        Quantity.of(typed, unit)

    assert isinstance(refused.value, RuleBroken)
    assert isinstance(refused.value, ValueError)


def test_the_refusal_repeats_only_the_beginning_of_what_was_typed():
    with pytest.raises(UnreadableQuantity) as refused:
        Quantity.of("1" * 100_000 + "\x00")

    assert len(str(refused.value)) < 200
    assert "1" * 24 + "…" in str(refused.value)


@pytest.mark.parametrize("wrong", [0.85, True, "850", None])
def test_a_quantity_is_whole_thousandths_only(wrong):
    with pytest.raises(TypeError):
        Quantity(wrong)


@pytest.mark.parametrize("wrong", [0.85, True, None, b"1"])
def test_a_quantity_is_read_from_text_only(wrong):
    with pytest.raises(TypeError):
        Quantity.of(wrong, KG)


@pytest.mark.parametrize(
    "mixed",
    [lambda: ONE + 1, lambda: 1 + ONE, lambda: ONE - 1, lambda: ONE * 0.5, lambda: ONE * ONE, lambda: ONE < 1],
)
def test_a_quantity_does_not_mix_with_other_numbers(mixed):
    with pytest.raises(TypeError):
        mixed()


def test_quantities_add_up():
    assert sum([Quantity(850), Quantity(150)]) == ONE
    assert Quantity(500) - ONE == -Quantity(500)
    assert 2 * Quantity(300) == Quantity(600)
    assert not NONE


@pytest.mark.parametrize(
    ("thousandths", "written"),
    [(850, "0,85"), (2_000, "2"), (1_234_500, "1.234,5"), (125, "0,125"), (-500, "-0,5"), (0, "0"), (1, "0,001")],
)
def test_a_quantity_in_a_sentence_is_written_the_vietnamese_way(thousandths, written):
    assert str(Quantity(thousandths)) == written


@given(st.integers(0, 999_999_999))
def test_what_is_written_below_a_thousand_units_is_read_again(thousandths):
    quantity = Quantity(thousandths % 1_000_000)

    assert Quantity.of(str(quantity), KG) == quantity


def test_only_pieces_are_sold_whole():
    assert [unit for unit in Unit if not unit.divisible] == [Unit.PIECE]
    assert [unit.symbol for unit in Unit] == ["", "kg", "lít", "m"]


def test_bad_numbers_collected_elsewhere_are_refused_as_quantities():
    cases = shared_json("cases/naughty/bad_inputs.json", cases=34)["numbers"]
    for case in cases:
        typed = case["in"] if isinstance(case["in"], str) else case["in"]["_repeat"] * case["in"]["_times"]
        wanted = case["as_quantity"]
        if typed in ("0", "-0"):
            continue  # zero is a quantity; that nothing cannot be sold is a rule of the till
        try:
            read = Quantity.of(typed, KG)
        except RuleBroken:
            assert wanted == "ambiguous" or "re" in wanted.split()[0] or "refuse" in wanted, typed
        else:
            assert str(read).replace(",", ".") == wanted, typed
