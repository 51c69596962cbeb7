"""Symbols: which can be drawn, and how small they may become."""

from __future__ import annotations

import pytest

from inventory.catalogue.product_number import check_digit
from printers.labels.symbol import (
    NoSuchBars,
    SymbolDoesNotFit,
    SymbolKind,
    bars,
    data_matrix,
    in_millimetres,
    module_for,
    qr,
)
from tests.printers.labels.scene import CODE, EAN_8, EAN_13, ELEMENTS, GTIN, LINK, MATRIX
from tests.shared_cases import vector


@pytest.mark.parametrize(
    "number",
    [
        "8930000000018",  # the library alone would draw 8930000000019 in its place
        "96385075",
        "893000000001",  # twelve digits: whose check digit is missing?
        "18930000000016",  # a carton has other bars
        "893000000001a",
        "٨٩٣٠٠٠٠٠٠٠٠١٩",  # digits, but not those of a barcode
        "",
    ],
)
def test_no_bars_carry_another_number_than_the_one_asked_for(number: str) -> None:
    with pytest.raises(NoSuchBars):
        bars(number)


@pytest.mark.parametrize("digits", ["893000000001", "209261128001", "000000000000", "999999999999", "9638507"])
def test_bars_are_drawn_for_every_right_check_digit(digits: str) -> None:
    assert len(bars(digits + str(check_digit(digits))).rows[0]) == (95 if len(digits) == 12 else 67)


def test_every_good_number_of_the_vectors_can_be_drawn_or_is_no_number_of_bars() -> None:
    numbers = [case["input"] for case in vector("gs1")["cases"] if case["expect"]["kind"] == "gtin"]

    drawn = [bars(number).text for number in numbers if len(number) in (8, 13)]

    assert len(drawn) >= 4
    assert set(drawn) <= set(numbers)


def test_each_symbol_carries_the_white_that_scanners_need() -> None:
    assert (EAN_13.quiet_left, EAN_13.quiet_right, EAN_13.columns) == (11, 7, 113)
    assert (EAN_8.quiet_left, EAN_8.quiet_right, EAN_8.columns) == (7, 7, 81)
    assert CODE.quiet_around == 4
    assert MATRIX.quiet_around >= 1


@pytest.mark.parametrize(
    ("symbol", "room", "dot", "dots"),
    [
        (EAN_13, 500, 126, 3),  # 113 modules of 0,378 mm are 42,7 mm
        (EAN_13, 400, 126, 2),
        (EAN_13, 400, 85, 4),  # finer dots, more of them
        (EAN_13, 2000, 126, 5),  # 200 % of the nominal size at the most
        (MATRIX, 200, 126, 6),
    ],
)
def test_a_module_is_a_whole_number_of_dots(symbol: object, room: int, dot: int, dots: int) -> None:
    assert module_for(symbol, room, dot_microns=dot) == dots  # type: ignore[arg-type]


@pytest.mark.parametrize(("symbol", "room"), [(EAN_13, 280), (EAN_8, 200), (MATRIX, 80), (CODE, 130)])
def test_a_symbol_that_would_be_too_small_is_refused_and_not_shrunk(symbol: object, room: int) -> None:
    with pytest.raises(SymbolDoesNotFit) as refused:
        module_for(symbol, room, dot_microns=126)  # type: ignore[arg-type]

    assert in_millimetres(room) in str(refused.value)


def test_what_is_drawn_is_named() -> None:
    assert [one.kind for one in (EAN_13, data_matrix(ELEMENTS), qr(LINK))] == [
        SymbolKind.BARS,
        SymbolKind.DATAMATRIX,
        SymbolKind.QR,
    ]
    assert EAN_13.text == GTIN
