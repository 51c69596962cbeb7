"""Paper as a picture: blocks drawn in black and white, ready for any printer's width of dots."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import segno
from PIL import Image

from printers.blocks import Align, Banner, Block, Cells, Code, Gap, Pair, Rule, Size, Text
from printers.typeface import NARROW_DOTS, Face, face

INDENT_DOTS = 12
BLACK, WHITE = 0, 1
MARGIN_ROWS = 16


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something on the paper: a picture whose ones are ink, or an area, in black or in white."""

    left: int
    top: int
    shape: Image.Image | tuple[int, int]
    colour: int = BLACK


@dataclass(slots=True)
class Sheet:
    """A strip of paper that grows downwards while it is drawn; marks of one line may reach into another."""

    dots: int
    rows: int = MARGIN_ROWS
    marks: list[_Mark] = field(default_factory=list)

    def feed(self, rows: int) -> None:
        """Leave rows of white."""
        self.rows += rows

    def area(self, height: int, *, left: int = 0, width: int | None = None, at: int = 0) -> None:
        """A black area, `at` rows under where the paper ends now; the paper does not grow by it."""
        self.marks.append(_Mark(left, self.rows + at, (width or self.dots, height)))

    def put(self, left: int, ink: Image.Image) -> None:
        """A picture whose ones are ink, where the paper ends now; the paper does not grow by it."""
        self.marks.append(_Mark(left, self.rows, ink))

    def words(self, left: int, used: Face, words: str, *, base: int, colour: int = BLACK) -> None:
        """Words whose letters stand `base` rows under where the paper ends now."""
        for along, letters in used.placed(words):
            self.marks.append(_Mark(left + along, self.rows + base - used.rise, letters, colour))

    def write(self, pieces: Sequence[tuple[int, Face, str]]) -> None:
        """One line of words, each piece at its own place from the left edge, all on one base line."""
        base = max(used.base_line for _, used, _ in pieces)
        for left, used, words in pieces:
            self.words(left, used, words, base=base)
        self.feed(max(used.line_height for _, used, _ in pieces))

    def picture(self) -> Image.Image:
        """The paper with everything on it."""
        paper = Image.new("1", (self.dots, self.rows), WHITE)
        for mark in self.marks:
            if isinstance(mark.shape, tuple):
                wide, high = mark.shape
                paper.paste(mark.colour, (mark.left, mark.top, mark.left + wide, mark.top + high))
            else:
                paper.paste(mark.colour, (mark.left, mark.top), mark.shape)
        return paper


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
    return sheet.picture()


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
    if pieces[1][0] < used.width(block.cells[0]) + INDENT_DOTS // 2:
        sheet.write(pieces[:1])
        pieces = pieces[1:]
    sheet.write(pieces)


def _rule(sheet: Sheet, block: Rule) -> None:
    if block.style == "dotted":
        for left in range(0, sheet.dots, 8):
            sheet.area(2, left=left, width=4, at=6)
    else:
        sheet.area(5 if block.style == "heavy" else 2, at=4 if block.style == "heavy" else 6)
    sheet.feed(13)


def _gap(sheet: Sheet, block: Gap) -> None:
    sheet.feed(face(Size.NORMAL, sheet.dots).line_height * block.quarters // 4)


def _banner(sheet: Sheet, block: Banner) -> None:
    used = face(block.size, sheet.dots, bold=True)
    lines = used.wrap_evenly(block.text, sheet.dots - 2 * INDENT_DOTS)
    sheet.feed(8)
    sheet.area(len(lines) * used.line_height + 10)
    sheet.feed(5)
    for words in lines:
        sheet.words((sheet.dots - used.width(words)) // 2, used, words, base=used.base_line, colour=WHITE)
        sheet.feed(used.line_height)
    sheet.feed(13)


def _code(sheet: Sheet, block: Code) -> None:
    code = _qr(block.text, sheet.dots, large=block.large)
    if block.large or sheet.dots < NARROW_DOTS:
        sheet.put((sheet.dots - code.width) // 2, code)
        sheet.feed(code.height)
        for words in block.lines:
            _text(sheet, Text(words, Size.SMALL, Align.CENTRE))
        return
    used = face(Size.SMALL, sheet.dots)
    left = code.width + 2 * INDENT_DOTS
    lines = [line for words in block.lines for line in used.wrap(words, sheet.dots - left)]
    height = max(code.height, len(lines) * used.line_height)
    sheet.put(0, code)
    top = (height - len(lines) * used.line_height) // 2
    for at, line in enumerate(lines):
        sheet.words(left, used, line, base=top + at * used.line_height + used.base_line)
    sheet.feed(height)


def _qr(text: str, dots: int, *, large: bool = False) -> Image.Image:
    """A QR code whose ones are ink."""
    code = segno.make_qr(text, error="m", boost_error=False)
    side = len(code.matrix)
    # Modules of 4 to 5 dots (0.5 mm and more) are what phones read from thermal paper.
    scale = max(4, dots * 3 // 4 // side if large else min(5, dots // 3 // side))
    picture = Image.new("1", (side, side))
    picture.putdata([module for row in code.matrix for module in row])
    return picture.resize((side * scale, side * scale))
