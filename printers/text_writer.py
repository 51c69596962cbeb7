"""Paper as plain text: what tests keep as golden files and what a screen without pictures shows."""

import textwrap
from collections.abc import Iterator

from core.text import nfc
from printers.blocks import Align, Banner, Block, Cells, Code, Gap, Pair, Rule, Text

RULES = {"thin": "─", "heavy": "━", "dotted": "┄"}


def as_text(blocks: list[Block], width: int = 48) -> str:
    """The paper in `width` columns of a mono face, one line feed a line, blanks at the ends cut."""
    lines = (line for block in blocks for line in _lines(block, width))
    return "".join(f"{nfc(line).replace(chr(0xA0), ' ').rstrip()}\n" for line in lines)


def _lines(block: Block, width: int) -> Iterator[str]:
    match block:
        case Text():
            yield from _text(block, width)
        case Pair():
            yield from _pair(block, width)
        case Cells():
            yield from _cells(block, width)
        case Rule():
            yield RULES[block.style] * width
        case Gap():
            yield from [""] * ((block.quarters + 2) // 4)
        case Banner():
            yield from (f"[ {line} ]".center(width) for line in wrap(block.text, width - 4))
        case Code():
            yield "[QR]"
            yield from (f"  {line}" for words in block.lines for line in wrap(words, width - 2))


def wrap(words: str, width: int) -> list[str]:
    """Break at blanks, inside a word only when it is longer than the line; never clipped."""
    return textwrap.wrap(nfc(words), width, break_on_hyphens=False) or [""]


def _text(block: Text, width: int) -> Iterator[str]:
    room = width - block.indent
    for line in wrap(block.text, room):
        match block.align:
            case Align.LEFT:
                yield " " * block.indent + line
            case Align.CENTRE:
                yield line.center(width)
            case Align.RIGHT:
                yield line.rjust(width)


def _pair(block: Pair, width: int) -> Iterator[str]:
    blank = " " * block.indent
    *above, last = wrap(block.left, width - block.indent)
    yield from (blank + line for line in above)
    value = block.right.rjust(width - block.indent - len(last))
    if value[0] != " ":
        yield blank + last
        yield block.right.rjust(width)
    else:
        yield blank + last + value


def _cells(block: Cells, width: int) -> Iterator[str]:
    whole = sum(block.shares)
    first = block.cells[0]
    others = zip(block.cells[1:], block.shares[1:], strict=True)
    values = "".join(f" {cell}".rjust(width * share // whole) for cell, share in others).lstrip()
    if len(first) + 1 + len(values) > width:
        yield first
        first = ""
    yield first + values.rjust(width - len(first))
