"""The part of a label that is printed on: on sheets whose labels reach to the edge of the paper it is smaller.

No office printer prints up to the edge of A4. What stands on the outer labels of such a sheet would be cut off, so all
its labels leave as much white as the outer ones need.
"""

from dataclasses import replace

from config.reference.label_stocks import LabelStock
from printers.a4.flow import PAPER_MM
from printers.labels.label import MARGIN, Label, LabelTooSmall, Pen, PlacedLabel, place
from printers.labels.symbol import in_millimetres

UNPRINTED = 40  # tenths of a millimetre at each edge of A4
_TENTHS = 10


def sheet_corner(stock: LabelStock) -> tuple[int, int]:
    """From the corner of the paper to that of the first label, across and down; the labels stand in its middle."""
    wide = stock.columns * stock.width + (stock.columns - 1) * stock.gap
    high = stock.rows * stock.height + (stock.rows - 1) * stock.gap_down
    return (PAPER_MM[0] * _TENTHS - wide) // 2, (PAPER_MM[1] * _TENTHS - high) // 2


def white_of(stock: LabelStock) -> tuple[int, int]:
    """What is left white at the sides and above and below, beside the margin that every label has."""
    if stock.kind != "sheet":
        return 0, 0
    across, down = (max(0, UNPRINTED - MARGIN - edge) for edge in sheet_corner(stock))
    return across, down


def printed_height(stock: LabelStock) -> int:
    """How high the part is that is printed on."""
    return stock.height - 2 * white_of(stock)[1]


def place_on(label: Label, stock: LabelStock, pen: Pen) -> PlacedLabel:
    """Put a label together for a stock; LabelTooSmall or SymbolDoesNotFit where it cannot be."""
    across, down = white_of(stock)
    try:
        placed = place(label, stock.width - 2 * across, stock.height - 2 * down, pen)
    except LabelTooSmall as small:
        size = {"width": in_millimetres(stock.width), "height": in_millimetres(stock.height)}
        raise LabelTooSmall(**{**small.values, **size}) from None
    symbol = placed.symbol and replace(placed.symbol, left=placed.symbol.left + across, top=placed.symbol.top + down)
    words = tuple(replace(one, left=one.left + across, base=one.base + down) for one in placed.words)
    return replace(placed, width=stock.width, height=stock.height, words=words, symbol=symbol)
