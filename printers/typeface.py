"""The letters of paper: faces shipped with the project, their sizes on a width of paper, wrapping by dots.

Three families: `sans` for words, `figures` (the same face, every digit as wide as a zero, so that
sums stand in columns) and `mono`. A letter the face lacks comes from the mono face, whose
empty box shows when it lacks it too; a star is drawn.
"""

import functools
import io
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from core.text import nfc
from printers.blocks import Size

FILES = {
    ("sans", False): "BeVietnamPro-Medium.ttf",
    ("sans", True): "BeVietnamPro-Bold.ttf",
    ("figures", False): "BeVietnamPro-Medium.ttf",
    ("figures", True): "BeVietnamPro-Bold.ttf",
    ("mono", False): "NotoSansMono-Medium.ttf",
    ("mono", True): "NotoSansMono-Medium.ttf",
}
# Em sizes in dots at 203 dots per inch (8 a millimetre): small print on 80 mm paper is still 2.5 mm high.
WIDE = {Size.SMALL: 21, Size.NORMAL: 25, Size.LARGE: 31, Size.HUGE: 40}
NARROW = {Size.SMALL: 19, Size.NORMAL: 22, Size.LARGE: 27, Size.HUGE: 30}
NARROW_DOTS = 420
STAR = "★"


@dataclass(frozen=True, slots=True)
class Face:
    """One face in one size; words are drawn once and kept, because papers repeat themselves."""

    family: str
    bold: bool
    size: int

    @property
    def line_height(self) -> int:
        """Dots from one base line to the next."""
        return self.size * 4 // 3

    @property
    def base_line(self) -> int:
        """Dots from the top of the line to the feet of its letters."""
        return self.size * 21 // 20

    @property
    def rise(self) -> int:
        """Dots from the top of a drawing to the feet of its letters: a capital may carry two marks (Ẫ, Ộ).

        It is more than `base_line`: such marks reach into the white under the line above.
        """
        return self.size * 4 // 3

    def width(self, words: str) -> int:
        """Dots a line of words takes."""
        each = nfc(words).split(" ")
        return sum(_measure(self, word) for word in each) + (len(each) - 1) * _measure(self, " ")

    def placed(self, words: str) -> Iterator[tuple[int, Image.Image]]:
        """The words of a line, drawn, each with its place; words and not lines are kept, because words come again."""
        left = 0
        for word in nfc(words).split(" "):
            if word:
                yield left, drawn(self, word)
            left += _measure(self, word) + _measure(self, " ")

    def wrap(self, words: str, room: int) -> list[str]:
        """Break at blanks so that each line fits `room` dots; a word longer than the line is broken too."""
        lines: list[str] = []
        line, width, blank = "", 0, _measure(self, " ")
        for word in nfc(words).split(" "):
            needed = _measure(self, word)
            if line and width + blank + needed <= room:
                line, width = f"{line} {word}", width + blank + needed
                continue
            lines += [line] if line else []
            *pieces, line = self._pieces(word, room) if needed > room else [word]
            lines, width = lines + pieces, _measure(self, line)
        return [*lines, line]

    def wrap_evenly(self, words: str, room: int) -> list[str]:
        """As few lines as `wrap` needs, but of like length, so that no word is left alone when centred."""
        lines = self.wrap(words, room)
        while len(lines) > 1 and len(narrower := self.wrap(words, room := room * 19 // 20)) == len(lines):
            lines = narrower
        return lines

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


@functools.lru_cache(maxsize=2048)
def has_letter(family: str, letter: str, *, bold: bool = False) -> bool:
    """Whether the face has a drawing of its own for this letter (not the empty box)."""
    if letter.isspace():
        return True
    font = _font(family, bold, 32)
    return bytes(font.getmask(letter, mode="1")) != bytes(font.getmask("\uffff", mode="1"))


@functools.lru_cache(maxsize=64)
def _font(family: str, bold: bool, size: int) -> ImageFont.FreeTypeFont:
    letters = (resources.files("printers") / "fonts" / FILES[family, bold]).read_bytes()
    return ImageFont.truetype(io.BytesIO(letters), size, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters of one face side by side, `left` dots from where the words begin."""

    left: int
    family: str
    letters: str


@functools.lru_cache(maxsize=8192)
def _measure(used: Face, words: str) -> int:
    return _set(used, words)[1]


@functools.lru_cache(maxsize=2048)
def drawn(used: Face, words: str) -> Image.Image:
    """NFC letters side by side as a 1-bit picture where 1 is ink; its letters stand `rise` dots under its top."""
    runs, width = _set(used, words)
    picture = Image.new("L", (max(1, width), used.rise + used.size * 2 // 5), 0)
    pen = ImageDraw.Draw(picture)
    for run in runs:
        if run.family == STAR:
            pen.polygon(_star(run.left, used), fill=255)
        else:
            font = _font(run.family, used.bold, used.size)
            pen.text((run.left, used.rise), run.letters, font=font, fill=255, anchor="ls")
    return picture.point(_INK, mode="1")


# Grey above this is ink: a little under half, because thermal dots are rounder than square.
_INK = [0] * 112 + [255] * 144


def _set(used: Face, words: str) -> tuple[list[_Run], int]:
    """Where each run of letters goes, and the width of all."""
    runs: list[_Run] = []
    left = 0
    for family, letters in itertools.groupby(words, key=functools.partial(_family_for, used)):
        for piece in letters if family in ("figures", STAR) else ["".join(letters)]:
            width, shift = _advance(used, family, piece)
            runs.append(_Run(left + shift, family, piece))
            left += width
    return runs, left


def _family_for(used: Face, letter: str) -> str:
    if letter == STAR:
        return STAR
    return used.family if has_letter(used.family, letter, bold=used.bold) else "mono"


def _advance(used: Face, family: str, letters: str) -> tuple[int, int]:
    """Width a run takes, and how far its drawing is shifted inside it (digits stand in the middle)."""
    if family == STAR:
        return used.size * 9 // 10, 0
    font = _font(family, used.bold, used.size)
    width = math.ceil(font.getlength(letters))
    if family == "figures" and letters.isdigit():
        cell = math.ceil(font.getlength("0"))
        return cell, (cell - width) // 2
    return width, 0


def _star(left: int, used: Face) -> list[tuple[int, int]]:
    """Ten corners of a five-pointed star, as tall as the letters; tenths of thousandths, no fractions."""
    across = used.size * 4 // 5
    top = used.rise - used.size * 3 // 4
    return [(left + across * x // 1000, top + across * y // 1000) for x, y in STAR_CORNERS]


STAR_CORNERS = (
    (500, 0),
    (618, 363),
    (1000, 363),
    (691, 588),
    (809, 951),
    (500, 727),
    (191, 951),
    (309, 588),
    (0, 363),
    (382, 363),
)
