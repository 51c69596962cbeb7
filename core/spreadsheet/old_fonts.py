"""Vietnamese from before Unicode: text written for the TCVN3 (.VnTime) and VNI fonts, which programs take for Latin-1.

Nothing in such a file says what it is. What tells is the language: read the right way, nearly every word is built like
a Vietnamese syllable, and read the wrong way, hardly any is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from config.reference.table import read_table
from core.text_syllable import is_syllable

FONTS = ("TCVN3", "VNI")

_WORD = re.compile(r"[^\W\d_]+")
# A word of an old font also holds signs such as the quarter or the plus-minus, which are no letters in Unicode.
_OLD_WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")
_SURE = 80


def font_of(texts: Iterable[str]) -> str | None:
    """Which old font these texts were written for; None when they are Unicode, or nobody can tell.

    >>> font_of(["\\u00a7\\u00acn gi\\u00b8"])
    'TCVN3'
    """
    odd = " ".join(text for text in texts if not text.isascii() and all(c <= "\u00ff" for c in text))
    if not odd:
        return None
    as_it_stands = share_of_syllables(odd)
    shares = {font: share_of_syllables(from_font(odd, font)) for font in FONTS}
    best = max(shares, key=lambda font: shares[font])
    return best if shares[best] >= _SURE and shares[best] > as_it_stands else None


def share_of_syllables(text: str) -> int:
    """How many of a hundred marked words are built like Vietnamese syllables; 0 when no word carries a mark."""
    of_old_font = (word for word in _OLD_WORD.findall(text) if not word.isascii() and not _WORD.fullmatch(word))
    words = [*_marked(text), *of_old_font]
    return 100 * sum(is_syllable(word) for word in words) // len(words) if words else 0


def _marked(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word.isascii()]


def from_font(text: str, font: str) -> str:
    """Text of an old font as Unicode. Capitals with marks were small letters in a font of capitals: they stay small."""
    letters, pattern = _letters(font)
    return pattern.sub(lambda found: letters[found[0]], text)


@functools.cache
def _letters(font: str) -> tuple[dict[str, str], re.Pattern[str]]:
    letters = {row["typed"]: row["letter"] for row in read_table("old_fonts") if row["font"] == font}
    longest_first = sorted(letters, key=len, reverse=True)
    return letters, re.compile("|".join(map(re.escape, longest_first)))
