"""The letters of A4 papers: Be Vietnam Pro, every digit as wide as a zero so that sums stand in columns.

A letter that it lacks comes from Noto Sans Mono, whose empty box shows when that lacks it too; ★ is drawn. Fonts go
into the file as the subset that is used, with the letters they stand for, so that text can be searched and copied.
"""

import functools
import io
import itertools
import struct
import unicodedata
from dataclasses import dataclass
from importlib import resources

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFile

from core.text import nfc

REGULAR, BOLD, OTHER, STAR = "ShopSans", "ShopSansBold", "ShopMono", "star"
FILES = {REGULAR: "BeVietnamPro-Regular.ttf", BOLD: "BeVietnamPro-Bold.ttf", OTHER: "NotoSansMono-Medium.ttf"}
NO_BREAK = "\N{NO-BREAK SPACE}"
_UNSEEN = {"Cc", "Cf", "Cs", "Cn", "Co"}
_BLANKS = {"Zs", "Zl", "Zp"}
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Letters:
    """A size of letters in points, regular or bold."""

    size: float
    bold: bool = False

    @property
    def line_height(self) -> float:
        """Points from one base line to the next: Vietnamese capitals carry two marks."""
        return self.size * 1.36

    @property
    def base_line(self) -> float:
        """Points from the top of a line to the feet of its letters."""
        return self.size * 1.02

    def width(self, words: str) -> float:
        """Points that printable words take on one line."""
        return sum(_word_width(self.bold, word) for word in _apart(words)) * self.size / _THOUSAND

    def wrap(self, text: str, room: float) -> list[str]:
        """Printable lines that fit the room, broken at blanks, a longer word anywhere; never clipped, never shrunk."""
        return [line for paragraph in text.split("\n") for line in self._wrap_one(printable(paragraph), room)]

    def _wrap_one(self, words: str, room: float) -> list[str]:
        if self.width(words) <= room:
            return [words]
        lines, line = [], ""
        for word in words.split(" "):
            longer = f"{line} {word}" if line else word
            if self.width(longer) <= room:
                line = longer
                continue
            lines += [line] if line else []
            *pieces, line = self._pieces(word, room)
            lines += pieces
        return [*lines, line]

    def _pieces(self, word: str, room: float) -> list[str]:
        """A word cut where the line ends; every piece holds one letter at least, however narrow the room."""
        if self.width(word) <= room:
            return [word]
        pieces, width = [""], 0.0
        for letter in word:
            needed = self.width(letter)
            if pieces[-1] and width + needed > room:
                pieces.append("")
                width = 0.0
            pieces[-1] += letter
            width += needed
        return pieces


def printable(text: str) -> str:
    """Text as it can stand on one line: NFC, nothing invisible, blanks single; those that hold words together stay.

    >>> printable("a\\x00 \\u200b\\tb")
    'a b'
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    seen = "".join(_seen(letter) for letter in nfc(text))
    return " ".join(part for part in seen.split(" ") if part)


def _seen(letter: str) -> str:
    if letter in (NO_BREAK, "\N{NARROW NO-BREAK SPACE}"):
        return NO_BREAK
    kind = unicodedata.category(letter)
    if kind in _BLANKS or letter in "\t\n\v\f\r":
        return " "
    return "" if kind in _UNSEEN else letter


def runs(words: str, *, bold: bool) -> list[tuple[str, str]]:
    """Words cut into pieces of one font each: (name of the font or STAR, letters)."""
    main = BOLD if bold else REGULAR
    if words.isascii():
        return [(main, words)] if words else []
    named = functools.partial(_font_for, main)
    return [(name, "".join(letters)) for name, letters in itertools.groupby(words, key=named)]


def run_width(name: str, letters: str, size: float) -> float:
    """Points that a piece of one font takes."""
    if name == STAR:
        return len(letters) * size
    return float(_font(name).stringWidth(letters, size))


def register_fonts() -> None:
    """Make the fonts known to the library that writes files; a second time changes nothing."""
    for name in FILES:
        _font(name)


def _apart(words: str) -> list[str]:
    """Words and the blanks between them, each measured once."""
    return list(itertools.chain.from_iterable((word, " ") for word in words.split(" ")))[:-1]


@functools.lru_cache(maxsize=16384)
def _word_width(bold: bool, word: str) -> float:
    return sum(run_width(name, letters, _THOUSAND) for name, letters in runs(word, bold=bold))


@functools.lru_cache(maxsize=4096)
def _font_for(main: str, letter: str) -> str:
    if letter == "★":
        return STAR
    return main if letter == NO_BREAK or ord(letter) in _font(main).face.charToGlyph else OTHER


@functools.cache
def _font(name: str) -> TTFont:
    letters = (resources.files("printers") / "fonts" / FILES[name]).read_bytes()
    font = TTFont(name, io.BytesIO(letters if name == OTHER else with_equal_digits(letters)), shapable=False)
    pdfmetrics.registerFont(font)
    return font


def with_equal_digits(ttf: bytes) -> bytes:
    """A TrueType font whose ten digits all have the width of its zero, each in the middle of it.

    Only the table of widths and left edges (hmtx) is written anew; readers place an outline by its left edge.
    """
    glyph_of = TTFontFile(io.BytesIO(ttf)).charToGlyph
    start = _table_start(ttf, b"hmtx")
    wanted = _metrics(ttf, start, glyph_of[ord("0")])[0]
    changed = bytearray(ttf)
    for digit in "0123456789":
        width, edge = _metrics(ttf, start, glyph_of[ord(digit)])
        place = start + 4 * glyph_of[ord(digit)]
        changed[place : place + 4] = struct.pack(">Hh", wanted, edge + (wanted - width) // 2)
    return bytes(changed)


def _metrics(ttf: bytes, start: int, glyph: int) -> tuple[int, int]:
    width, edge = struct.unpack_from(">Hh", ttf, start + 4 * glyph)
    return width, edge


def _table_start(ttf: bytes, tag: bytes) -> int:
    (tables,) = struct.unpack_from(">H", ttf, 4)
    for at in range(12, 12 + 16 * tables, 16):
        if ttf[at : at + 4] == tag:
            (start,) = struct.unpack_from(">I", ttf, at + 8)
            return int(start)
    raise ValueError(f"the font has no table {tag!r}")
