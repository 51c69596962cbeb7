"""What fits on a label, what is left out and said, what is refused."""

from __future__ import annotations

import pytest

from printers.labels.label import Label, LabelText, LabelTooSmall, PlacedLabel, place
from printers.labels.picture import DotPen
from printers.labels.sheet import LinePen
from printers.labels.symbol import SymbolDoesNotFit
from tests.printers.labels.scene import CODE, EAN_13, MATRIX, a_label

PENS = [DotPen(203), DotPen(300), LinePen()]


def said(placed: PlacedLabel) -> str:
    return " ".join(one.words for one in placed.words)


@pytest.mark.parametrize("pen", PENS, ids=str)
@pytest.mark.parametrize("symbol", [EAN_13, MATRIX, CODE, None])
def test_nothing_reaches_over_the_edge_or_into_the_symbol(symbol: object, pen: object) -> None:
    placed = place(a_label(symbol, text="Mật ong " * 40, lines=2), 520, 320, pen)  # type: ignore[arg-type]

    for one in placed.words:
        right = one.left + pen.width(one.words, one.size, bold=one.bold)  # type: ignore[attr-defined]
        assert one.left >= 0
        assert right <= 520
        assert one.base <= 320
        if placed.symbol is not None and not placed.symbol.symbol.is_bars:
            assert right <= placed.symbol.left


def test_a_long_name_is_cut_where_everybody_sees_it() -> None:
    placed = place(a_label(text="Mật ong rừng " * 20, lines=2), 500, 300, DotPen(203))

    assert [one.words.endswith("…") for one in placed.words[:2]] == [False, True]


@pytest.mark.parametrize("text", ["ế" * 2000, "W" * 2000, "a " * 1000])
def test_two_thousand_letters_end_at_the_edge(text: str) -> None:
    assert said(place(a_label(text=text), 500, 300, DotPen(203))).startswith(text[:3].strip())


def test_a_price_is_never_cut() -> None:
    label = Label((LabelText("1.234.567.890\N{NO-BREAK SPACE}₫", 60, needed=True, whole=True),))

    with pytest.raises(LabelTooSmall, match=r"1\.234\.567\.890"):
        place(label, 350, 220, DotPen(203))


def test_what_has_no_room_is_left_out_and_named() -> None:
    placed = place(a_label(), 381, 212, LinePen())

    assert placed.left_out
    assert all(text not in said(placed) for text in placed.left_out)
    assert "120.000" in said(placed)


def test_what_must_stand_there_is_refused_where_it_does_not_fit() -> None:
    with pytest.raises(LabelTooSmall):
        place(a_label(), 381, 150, LinePen())


def test_bars_on_a_narrow_label_are_refused() -> None:
    with pytest.raises(SymbolDoesNotFit):
        place(Label((), EAN_13), 250, 300, DotPen(203))
