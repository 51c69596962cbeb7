"""A label as a picture of a printer's dots, with the letters of the receipts."""

from dataclasses import dataclass

from PIL import Image

from printers.labels.label import Label, PlacedLabel, PlacedSymbol, place
from printers.typeface import Face

BLACK, WHITE = 0, 1
TENTHS_IN_AN_INCH = 254


@dataclass(frozen=True, slots=True)
class DotPen:
    """Words as a printer of so many dots an inch sets them."""

    dpi: int

    @property
    def dot_microns(self) -> int:
        """The width of a dot, a little rounded up: 126 µm at 203 dots an inch."""
        return -(-25_400 // self.dpi)

    def width(self, words: str, size: int, *, bold: bool) -> int:
        """Tenths of a millimetre that words take, rounded up."""
        return -(-self.face(size, bold=bold).width(words) * TENTHS_IN_AN_INCH // self.dpi)

    def wrap(self, words: str, size: int, room: int, *, bold: bool) -> list[str]:
        """Lines that fit the room."""
        return self.face(size, bold=bold).wrap(words, self.dots(room))

    def face(self, size: int, *, bold: bool) -> Face:
        """The face in the size nearest to so many tenths of a millimetre."""
        return Face("figures", bold, max(8, self.dots(size)))

    def dots(self, tenths: int) -> int:
        """How many whole dots a length is."""
        return tenths * self.dpi // TENTHS_IN_AN_INCH


def draw_label(label: Label, width: int, height: int, *, dpi: int) -> Image.Image:
    """The label as a 1-bit picture, white ground; its width is filled up to whole bytes."""
    pen = DotPen(dpi)
    return paint(place(label, width, height, pen), pen)


def paint(placed: PlacedLabel, pen: DotPen) -> Image.Image:
    """What stands where, in dots."""
    across = -(-pen.dots(placed.width) // 8) * 8
    paper = Image.new("1", (across, pen.dots(placed.height)), WHITE)
    for one in placed.words:
        face = pen.face(one.size, bold=one.bold)
        for along, letters in face.placed(one.words):
            paper.paste(BLACK, (pen.dots(one.left) + along, pen.dots(one.base) - face.rise), letters)
    if placed.symbol is not None:
        _paint_symbol(paper, placed.symbol, pen)
    return paper


def _paint_symbol(paper: Image.Image, placed: PlacedSymbol, pen: DotPen) -> None:
    rows, dots = placed.symbol.rows, placed.module_dots
    modules = Image.new("1", (len(rows[0]), len(rows)))
    modules.putdata([module for row in rows for module in row])
    high = pen.dots(placed.height) if placed.symbol.is_bars else len(rows) * dots
    ink = modules.resize((len(rows[0]) * dots, high))
    paper.paste(BLACK, (pen.dots(placed.left), pen.dots(placed.top)), ink)
