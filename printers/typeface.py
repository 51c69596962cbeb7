"""The letters of paper: faces shipped with the project, their sizes on a width of paper, wrapping by dots."""

import functools
from dataclasses import dataclass
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from core.text import nfc
from printers.blocks import Size

FILES = {
    ("sans", False): "BeVietnamPro-Medium.ttf",
    ("sans", True): "BeVietnamPro-Bold.ttf",
    ("mono", False): "NotoSansMono-Medium.ttf",
    ("mono", True): "NotoSansMono-Bold.ttf",
}
# Em sizes in dots at 203 dots per inch (8 a millimetre): small print on 80 mm paper is still 2.5 mm high.
WIDE = {Size.SMALL: 21, Size.NORMAL: 25, Size.LARGE: 31, Size.HUGE: 40}
NARROW = {Size.SMALL: 19, Size.NORMAL: 22, Size.LARGE: 27, Size.HUGE: 32}
NARROW_DOTS = 420


@dataclass(frozen=True, slots=True)
class Face:
    """One face in one size; words are drawn once and kept, because receipts repeat themselves."""

    family: str
    bold: bool
    size: int

    @property
    def line_height(self) -> int:
        """Dots from one base line to the next; Vietnamese capitals carry two marks above."""
        return self.size * 4 // 3

    @property
    def base_line(self) -> int:
        """Dots from the top of the line to the feet of its letters."""
        return self.size * 21 // 20

    def width(self, words: str) -> int:
        """Dots a line of words takes."""
        return _measure(self, nfc(words))

    def wrap(self, words: str, room: int) -> list[str]:
        """Break at blanks so that each line fits `room` dots; a word longer than the line is broken too."""
        lines: list[str] = []
        line = ""
        for word in nfc(words).split(" "):
            tried = f"{line} {word}".strip()
            if self.width(tried) <= room:
                line = tried
                continue
            lines += [line] if line else []
            *pieces, line = self._pieces(word, room)
            lines += pieces
        return [*lines, line]

    def _pieces(self, word: str, room: int) -> list[str]:
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.width(pieces[-1] + letter) > room:
                pieces.append("")
            pieces[-1] += letter
        return pieces


def face(size: Size, dots: int, *, bold: bool = False, family: str = "sans") -> Face:
    """The face for a size of letter on paper of so many dots."""
    table = NARROW if dots < NARROW_DOTS else WIDE
    return Face(family, bold, table[size])


def has_letter(family: str, letter: str, *, bold: bool = False) -> bool:
    """Whether the face has a drawing of its own for this letter (not the empty box)."""
    font = _font(family, bold, 32)
    missing = font.getmask("\uffff", mode="1")
    return bytes(font.getmask(letter, mode="1")) != bytes(missing) or letter.isspace()


@functools.lru_cache(maxsize=64)
def _font(family: str, bold: bool, size: int) -> ImageFont.FreeTypeFont:
    path = resources.files("printers") / "fonts" / FILES[family, bold]
    with path.open("rb") as file:
        return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=4096)
def _measure(used: Face, words: str) -> int:
    # Whole dots, rounded up, so that a measured line always fits where it was measured to fit.
    return -int(-_font(used.family, used.bold, used.size).getlength(words) // 1)


@functools.lru_cache(maxsize=1024)
def drawn(used: Face, words: str) -> Image.Image:
    """A line of words as a 1-bit picture, white on black nowhere: 1 is ink. One line high."""
    font = _font(used.family, used.bold, used.size)
    picture = Image.new("L", (max(1, _measure(used, words)), used.line_height), 0)
    pen = ImageDraw.Draw(picture)
    pen.text((0, used.base_line), words, font=font, fill=255, anchor="ls")
    return picture.point(_INK, mode="1")


_INK = [0] * 112 + [255] * 144
