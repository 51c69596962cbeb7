"""The picture of a paper: as wide as the printer, nothing outside, quick enough."""

from __future__ import annotations

import time

import pytest
import zxingcpp
from PIL import Image

from printers.blocks import Align, Banner, Block, Cells, Code, Gap, Pair, Rule, Size, Text
from printers.escpos_writer import encode
from printers.layouts.receipt import lay_out_receipt
from printers.raster import draw
from printers.typeface import drawn
from tests.printers.papers import RECEIPT, thirty_lines


@pytest.mark.parametrize("dots", [384, 512, 576, 832])
def test_a_paper_is_as_wide_as_its_printer_and_black_on_white(dots: int) -> None:
    picture = draw(lay_out_receipt(RECEIPT, dots // 12), dots)

    assert (picture.mode, picture.width) == ("1", dots)
    black = picture.histogram()[0]
    assert 0 < black < picture.width * picture.height // 3


def test_a_width_that_no_printer_has_is_refused() -> None:
    with pytest.raises(ValueError, match="multiple of 8"):
        draw([Text("x")], 577)


@pytest.mark.parametrize(
    "block",
    [
        Text(""),
        Text("Biên lai", align=Align.RIGHT),
        Text("Biên lai", indent=3),
        Pair("", ""),
        Pair("Mật ong rất dài " * 8, "1.000"),
        Pair("Tổng", "9" * 60),
        Cells(("", "1"), (1, 1)),
        Rule("heavy"),
        Rule("dotted"),
        Gap(0),
        Banner("IN LẠI"),
        Code("T1|0|1"),
        Code("x" * 300, ("a",) * 30),
    ],
)
def test_every_block_can_be_drawn_at_every_width(block: Block) -> None:
    for dots in (384, 576):
        assert draw([block], dots).width == dots


@pytest.mark.parametrize("dots", [384, 576])
def test_the_qr_of_a_receipt_can_be_read_from_its_picture(dots: int) -> None:
    picture = draw(lay_out_receipt(RECEIPT, dots // 12), dots)
    framed = Image.new("L", (picture.width + 80, picture.height), 255)
    framed.paste(picture.convert("L"), (40, 0))  # the white edge of the paper

    assert [code.text for code in zxingcpp.read_barcodes(framed)] == [RECEIPT.seal.qr]


def test_the_value_of_a_pair_ends_at_the_right_edge() -> None:
    picture = draw([Pair("Tổng", "777", Size.HUGE, bold=True)], 576)

    ink = picture.convert("L").point(lambda grey: 255 - grey).getbbox()

    assert ink is not None
    assert 576 - ink[2] <= 6


def test_a_receipt_of_thirty_lines_takes_at_most_150_ms_of_cpu() -> None:
    draw(lay_out_receipt(RECEIPT), 576)  # fonts are read once for all papers
    drawn.cache_clear()  # every word is new

    begun = time.process_time_ns()
    data = encode(draw(lay_out_receipt(thirty_lines()), 576))
    spent_ms = (time.process_time_ns() - begun) // 1_000_000

    assert len(data) > 100_000
    assert spent_ms <= 150
