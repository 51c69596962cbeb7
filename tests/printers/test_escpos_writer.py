"""The bytes of a job: slices, cut, pulse; nothing in a picture or a name can be a command."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys

import pytest
from PIL import Image, ImageChops

from printers.blocks import Banner, Pair, Text
from printers.escpos_commands import read_commands
from printers.escpos_library import Dummy
from printers.escpos_writer import SLICE_ROWS, encode, encode_drawer_pulse, without_real_time_commands
from printers.layouts.receipt import lay_out_receipt
from printers.raster import draw
from printers.virtual_mechanism import Mechanism
from tests.printers.papers import PAPERS, RECEIPT, WIDTHS
from tests.shared_cases import vector

REAL_TIME = re.compile(rb"\x10[\x04\x05\x14]")


def picture_of(rows: list[str]) -> Image.Image:
    picture = Image.new("1", (len(rows[0]), len(rows)), 1)
    for y, row in enumerate(rows):
        for x, dot in enumerate(row):
            if dot == "#":
                picture.putpixel((x, y), 0)
    return picture


def test_raster_bytes_are_those_of_the_vector() -> None:
    for case in vector("escpos_vi")["raster"]:
        data = encode(picture_of(case["rows"]), cut=False)

        assert bytes.fromhex(case["hex"]) in data


@pytest.mark.parametrize("case", vector("escpos_vi")["slice_headers"], ids=lambda case: case["hex"])
def test_slices_have_the_headers_of_the_vector(case: dict[str, object]) -> None:
    picture = Image.new("1", (case["dots"], case["rows"]), 0)

    data = encode(picture, cut=False)

    header = bytes.fromhex(case["hex"])
    assert header + b"\xff" * case["data_bytes"] in data


@pytest.mark.parametrize("rows", [1, 199, 200, 201, 400, 968])
def test_no_slice_is_higher_than_200_rows_and_all_rows_are_there(rows: int) -> None:
    slices = [c for c in read_commands(encode(Image.new("1", (576, rows), 0))) if c.name == "GS v"]

    heights = [int.from_bytes(command.parameters[3:5], "little") for command in slices]

    assert sum(heights) == rows
    assert max(heights) <= SLICE_ROWS


@pytest.mark.parametrize("dots", [384, 576])
def test_slices_are_byte_for_byte_those_of_the_library(dots: int) -> None:
    picture = without_real_time_commands(draw(lay_out_receipt(RECEIPT, dots // 12), dots))
    library = Dummy()
    library.image(picture, impl="bitImageRaster", fragment_height=SLICE_ROWS)

    assert library.output in encode(picture)


@pytest.mark.parametrize("open_drawer", [False, True])
@pytest.mark.parametrize("cut", [False, True])
def test_a_job_holds_the_commands_asked_for_and_no_others(open_drawer: bool, cut: bool) -> None:
    picture = draw(lay_out_receipt(RECEIPT), 576)

    names = [command.name for command in read_commands(encode(picture, cut=cut, open_drawer=open_drawer))]

    slices = -(-picture.height // SLICE_ROWS)
    wanted = ["ESC @", *(["ESC p"] if open_drawer else []), *["GS v"] * slices, "ESC d", *(["GS V"] if cut else [])]
    assert names == wanted


def test_a_drawer_without_a_paper_is_only_a_pulse() -> None:
    assert [command.name for command in read_commands(encode_drawer_pulse())] == ["ESC @", "ESC p"]


NASTY = "\x1b@\x1dV\x00\x10\x14\x01\x00\x05\x1bp\x00\x32\x32\x10\x05\x02 Mật ong"


def test_control_bytes_in_a_name_never_reach_the_printer() -> None:
    picture = draw([Text(NASTY), Pair(NASTY, NASTY), Banner(NASTY)], 576)

    names = {command.name for command in read_commands(encode(picture))}

    assert names == {"ESC @", "GS v", "ESC d", "GS V"}


def random_picture(seed: int, *, dots: int = 384, rows: int = 300) -> Image.Image:
    """A picture full of bytes that read as real-time commands, across rows and slices too."""
    chance = random.Random(seed)
    ink = bytes(chance.choice(b"\x10\x04\x05\x14\x01\x02\x00") for _ in range(dots // 8 * rows))
    return Image.frombytes("1", (dots, rows), bytes(byte ^ 0xFF for byte in ink))


@pytest.mark.parametrize("seed", range(20))
def test_no_picture_can_contain_a_real_time_command(seed: int) -> None:
    picture = random_picture(seed)
    assert REAL_TIME.search(bytes(byte ^ 0xFF for byte in picture.tobytes()))

    data = encode(picture)

    assert not REAL_TIME.search(data)
    mechanism = Mechanism(384)
    assert mechanism.feed(data) == b""  # a printer that looks inside pictures finds nothing to answer
    assert mechanism.pulses == 0


def test_an_unsafe_picture_would_be_obeyed_by_the_printer() -> None:
    ink = b"\x10\x04\x01\x10\x14\x01" + bytes(42)
    raw = b"\x1dv0\x00\x30\x00\x01\x00" + ink
    mechanism = Mechanism(384)

    answers = mechanism.feed(raw)

    assert (len(answers), mechanism.pulses) == (1, 1)  # so the test above can go red


@pytest.mark.parametrize("seed", range(5))
def test_safety_costs_one_dot_beside_a_lone_one_for_each_command(seed: int) -> None:
    picture = random_picture(seed)

    safe = without_real_time_commands(picture)

    ink = bytes(byte ^ 0xFF for byte in picture.tobytes())
    changed = sum(ImageChops.logical_xor(picture, safe).histogram()[1:])
    assert changed == len(REAL_TIME.findall(ink))
    assert sum(safe.histogram()[:1]) == sum(picture.histogram()[:1]) + changed  # only black is added
    assert without_real_time_commands(safe).tobytes() == safe.tobytes()


@pytest.mark.parametrize(("paper", "width"), [(paper, width) for paper in PAPERS for width in WIDTHS])
def test_what_was_drawn_comes_out_of_the_printer_dot_by_dot(paper: str, width: str) -> None:
    columns, dots = WIDTHS[width]
    drawing = draw(PAPERS[paper](columns), dots)
    mechanism = Mechanism(dots)

    mechanism.feed(encode(drawing))

    printed = mechanism.papers[0].picture
    sent = without_real_time_commands(drawing)
    assert printed.crop((0, 0, dots, drawing.height)).tobytes() == sent.tobytes()
    assert sum(ImageChops.logical_xor(sent, drawing).histogram()[1:]) <= 20
    below = printed.crop((0, drawing.height, dots, printed.height))
    assert not below.histogram()[0], "only white paper after the last row"


def test_importing_the_library_leaves_nothing_behind(tmp_path: object) -> None:
    check = (
        "import logging, os, printers.escpos_library;"
        "assert not logging.root.handlers, logging.root.handlers;"
        "assert 'ESCPOS_CAPABILITIES_PICKLE_DIR' not in os.environ;"
        "assert not os.listdir(os.environ['TMPDIR']), os.listdir(os.environ['TMPDIR'])"
    )

    done = subprocess.run(
        [sys.executable, "-c", check],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
