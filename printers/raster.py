"""Paper as a picture: blocks drawn in black and white, ready for any printer's width of dots."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import segno
from PIL import Image, ImageDraw

from core.text import nfc
from printers.blocks import Align, Banner, Block, Cells, Code, Gap, Pair, Rule, Size, Text
from printers.typeface import NARROW_DOTS, Face, drawn, face

INDENT_DOTS = 12
BLACK, WHITE = 0, 1
MARGIN_ROWS = 16


@dataclass(slots=True)
class Sheet:
    """A strip of paper that grows downwards while it is drawn."""

    dots: int
    strips: list[tuple[int, Image.Image]] = field(default_factory=list)
    rows: int = MARGIN_ROWS

    def add(self, strip: Image.Image) -> None:
        """Put a strip as wide as the paper under what is there."""
        self.strips.append((self.rows, strip))
        self.rows += strip.height

    def feed(self, rows: int) -> None:
        """Leave rows of white."""
        self.rows += rows

    def strip(self, height: int) -> Image.Image:
        """A white strip of the paper's width."""
        return Image.new("1", (self.dots, height), WHITE)

    def write(self, pieces: Sequence[tuple[int, Face, str]], *, ink: int = BLACK, ground: int = WHITE) -> None:
        """One line of words, each piece at its own place from the left edge, all on one base line."""
        tallest = max(piece[1].line_height for piece in pieces)
        base = max(piece[1].base_line for piece in pieces)
        strip = Image.new("1", (self.dots, tallest), ground)
        for left, used, words in pieces:
            if words:
                letters = drawn(used, nfc(words))
                strip.paste(ink, (left, base - used.base_line), letters)
        self.add(strip)


def draw(blocks: Sequence[Block], dots: int = 576) -> Image.Image:
    """The paper as a 1-bit picture `dots` wide (576 on 80 mm, 384 on 58 mm; a multiple of 8), white ground.

    Words that do not fit are wrapped, never clipped and never shrunk.
    """
    if dots % 8:
        raise ValueError(f"a printer's width is a multiple of 8 dots, not {dots}")
    sheet = Sheet(dots)
    for block in blocks:
        _block(sheet, block)
    sheet.feed(MARGIN_ROWS)
    paper = Image.new("1", (dots, sheet.rows), WHITE)
    for top, strip in sheet.strips:
        paper.paste(strip, (0, top))
    return paper


def _block(sheet: Sheet, block: Block) -> None:
    match block:
        case Text():
            _text(sheet, block)
        case Pair():
            _pair(sheet, block)
        case Cells():
            _cells(sheet, block)
        case Rule():
            _rule(sheet, block)
        case Gap():
            _gap(sheet, block)
        case Banner():
            _banner(sheet, block)
        case Code():
            _code(sheet, block)


def _text(sheet: Sheet, block: Text) -> None:
    used = face(block.size, sheet.dots, bold=block.bold)
    left = block.indent * INDENT_DOTS
    wrap = used.wrap_evenly if block.align is Align.CENTRE else used.wrap
    for words in wrap(block.text, sheet.dots - left):
        free = sheet.dots - left - used.width(words)
        shift = {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[block.align]
        sheet.write([(left + shift, used, words)])


def _pair(sheet: Sheet, block: Pair) -> None:
    used = face(block.size, sheet.dots, bold=block.bold)
    figures = face(block.size, sheet.dots, bold=block.bold, family="figures" if block.figures else "sans")
    left = block.indent * INDENT_DOTS
    value = figures.width(block.right)
    words = used.wrap(block.left, sheet.dots - left)
    for line in words[:-1]:
        sheet.write([(left, used, line)])
    if left + used.width(words[-1]) + INDENT_DOTS > sheet.dots - value:
        sheet.write([(left, used, words[-1])])
        words[-1] = ""
    sheet.write([(left, used, words[-1]), (max(0, sheet.dots - value), figures, block.right)])


def _cells(sheet: Sheet, block: Cells) -> None:
    used = face(block.size, sheet.dots, bold=block.bold)
    figures = face(block.size, sheet.dots, bold=block.bold, family="figures")
    whole = sum(block.shares)
    pieces = [(0, used, block.cells[0])]
    share = block.shares[0]
    for cell, part in zip(block.cells[1:], block.shares[1:], strict=True):
        share += part
        right = sheet.dots * share // whole
        set_in = figures if any(letter.isdigit() for letter in cell) else used
        pieces.append((right - set_in.width(cell), set_in, cell))
    sheet.write(pieces)


def _rule(sheet: Sheet, block: Rule) -> None:
    strip = sheet.strip(13)
    pen = ImageDraw.Draw(strip)
    if block.style == "dotted":
        for left in range(0, sheet.dots, 8):
            pen.rectangle((left, 6, left + 3, 7), fill=BLACK)
    else:
        top, bottom = (4, 8) if block.style == "heavy" else (6, 7)
        pen.rectangle((0, top, sheet.dots - 1, bottom), fill=BLACK)
    sheet.add(strip)


def _gap(sheet: Sheet, block: Gap) -> None:
    sheet.feed(face(Size.NORMAL, sheet.dots).line_height * block.quarters // 4)


def _banner(sheet: Sheet, block: Banner) -> None:
    used = face(block.size, sheet.dots, bold=True)
    sheet.feed(8)
    edge = Image.new("1", (sheet.dots, 4), BLACK)
    sheet.add(edge)
    for words in used.wrap_evenly(block.text, sheet.dots - 2 * INDENT_DOTS):
        left = (sheet.dots - used.width(words)) // 2
        sheet.write([(left, used, words)], ink=WHITE, ground=BLACK)
    sheet.add(edge)
    sheet.feed(8)


def _code(sheet: Sheet, block: Code) -> None:
    code = _qr(block.text, sheet.dots)
    used = face(Size.SMALL, sheet.dots)
    beside = sheet.dots - code.width - 2 * INDENT_DOTS
    if sheet.dots < NARROW_DOTS:
        strip = sheet.strip(code.height)
        strip.paste(code, ((sheet.dots - code.width) // 2, 0))
        sheet.add(strip)
        for words in block.lines:
            _text(sheet, Text(words, Size.SMALL, Align.CENTRE))
        return
    lines = [line for words in block.lines for line in used.wrap(words, beside)]
    words_height = len(lines) * used.line_height
    strip = sheet.strip(max(code.height, words_height))
    strip.paste(code, (0, (strip.height - code.height) // 2))
    top = (strip.height - words_height) // 2
    for line in lines:
        strip.paste(BLACK, (code.width + 2 * INDENT_DOTS, top), drawn(used, nfc(line)))
        top += used.line_height
    sheet.add(strip)


def _qr(text: str, dots: int) -> Image.Image:
    code = segno.make_qr(text, error="m", boost_error=False)
    side = len(code.matrix)
    # Modules of 4 to 5 dots (0.5 mm and more) are what phones read from thermal paper.
    scale = max(4, min(5, dots // 3 // side))
    picture = Image.new("1", (side, side), WHITE)
    picture.putdata([WHITE if not module else BLACK for row in code.matrix for module in row])
    return picture.resize((side * scale, side * scale))
