"""The pieces every paper is set from. A writer turns them into text, a picture or bytes."""

from dataclasses import dataclass
from enum import Enum


class Size(Enum):
    """Height of letters; the drawing decides how many dots that is on its width of paper."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    HUGE = "huge"


class Align(Enum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, wrapped to the width, never clipped; `indent` in columns of small paper."""

    text: str
    size: Size = Size.NORMAL
    align: Align = Align.LEFT
    bold: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Words at the left, a value at the right edge on the last line of the words.

    `figures` gives every digit of the value the same width, so that the sums of several pairs stand in a column.
    """

    left: str
    right: str
    size: Size = Size.NORMAL
    bold: bool = False
    indent: int = 0
    figures: bool = True


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table. `shares` are the widths in parts of the whole; first left, others right.

    Where they do not fit beside each other, the first gets a line of its own.
    """

    cells: tuple[str, ...]
    shares: tuple[int, ...]
    bold: bool = False
    size: Size = Size.SMALL


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper: thin, heavy or dotted."""

    style: str = "thin"


@dataclass(frozen=True, slots=True)
class Gap:
    """White paper; `part` is in quarters of a line of normal text."""

    quarters: int = 2


@dataclass(frozen=True, slots=True)
class Banner:
    """White on black across the paper: what nobody may overlook."""

    text: str
    size: Size = Size.NORMAL


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with its words: beside it on wide paper, under it on narrow paper.

    A `large` one fills the paper, to be read from across a counter, with its words under it.
    """

    text: str
    lines: tuple[str, ...] = ()
    large: bool = False


Block = Text | Pair | Cells | Rule | Gap | Banner | Code
