"""Every paper against a text that a person can read and a picture that a person looked at (tests/golden).

A golden file that is missing is written, and the test fails once, so that somebody looks at it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from printers.raster import draw
from printers.text_writer import as_text
from tests.printers.papers import PAPERS, WIDTHS

GOLDEN = Path(__file__).parents[1] / "golden"
EACH = [(paper, width) for paper in PAPERS for width in WIDTHS]


@pytest.mark.parametrize(("paper", "width"), EACH)
def test_a_paper_reads_as_it_should(paper: str, width: str) -> None:
    columns = WIDTHS[width][0]
    golden = GOLDEN / f"{paper}_{width}.txt"

    text = as_text(PAPERS[paper](columns), columns)

    if not golden.exists():
        golden.write_text(text, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: read it")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("paper", "width"), EACH)
def test_a_paper_looks_as_it_should(paper: str, width: str) -> None:
    columns, dots = WIDTHS[width]
    golden = GOLDEN / f"{paper}_{width}.png"

    picture = draw(PAPERS[paper](columns), dots)

    if not golden.exists():
        picture.save(golden, optimize=True)
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    with Image.open(golden) as expected:
        assert picture.size == expected.size
        differing = sum(ImageChops.logical_xor(picture, expected.convert("1")).histogram()[1:])
    assert differing <= picture.width * picture.height // 200  # 0.5 %: another FreeType may round a corner otherwise


@pytest.mark.parametrize(("paper", "width"), EACH)
def test_nothing_on_a_paper_is_wider_than_its_columns(paper: str, width: str) -> None:
    columns = WIDTHS[width][0]

    lines = as_text(PAPERS[paper](columns), columns).splitlines()

    assert max(map(len, lines)) <= columns
