"""Text files of rows: which letters they are written in, what separates their cells, where they were cut off."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections import Counter

from core.spreadsheet.old_fonts import font_of, from_font, share_of_syllables
from core.spreadsheet.refused import Refused

SEPARATORS = ",;\t|"
_LONGEST_FIELD = 32_767  # what one cell of a spreadsheet program holds
_LOOKED_AT = 50
_BLANK = "\t\r\n"
_SURE = 80

Rows = list[list[str]]


def read_separated(content: bytes) -> tuple[Rows, str | None, bool]:
    """The rows of a file, the old font it was written for, and whether it ends in the middle of a row."""
    text, font, broken = read_letters(content)
    if any(unicodedata.category(c) == "Cc" and c not in _BLANK for c in text):
        raise Refused("not_a_spreadsheet")
    text, separator = without_hint(text)
    separator = separator or separator_of(text)
    rows = split_rows(text, separator)
    return rows, font, broken or ends_short(text, rows)


def read_letters(content: bytes) -> tuple[str, str | None, bool]:
    """The text of the bytes: Unicode where they say so or fit, else the old spelling that reads as Vietnamese.

    The third value is whether the last letter was cut in two. Refuses what reads as nothing.
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            cut = len(content) % 2
            return _strictly(content[: len(content) - cut], encoding), None, bool(cut)
    try:
        return content.decode("utf-8-sig"), None, False
    except UnicodeDecodeError as trouble:
        whole = content[: trouble.start]
        if trouble.reason == "unexpected end of data" and trouble.end >= len(content):
            return _strictly(whole, "utf-8-sig"), None, True
    return read_old_letters(content)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("not_unicode") from None


def read_old_letters(content: bytes) -> tuple[str, str | None, bool]:
    """Windows-1258 as Excel for Vietnam saved it, or the bytes of the TCVN3 or VNI fonts; else refused."""
    as_latin = content.decode("latin-1")
    font = font_of([as_latin])
    windows = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    share = 0 if "\ufffd" in windows else share_of_syllables(windows)
    if share >= _SURE and (font is None or share >= share_of_syllables(from_font(as_latin, font))):
        return windows, None, False
    if font is None:
        raise Refused("not_unicode")
    return from_font(as_latin, font), font, False


def without_hint(text: str) -> tuple[str, str]:
    """The text without Excel's own first line `sep=;`, and what that line says."""
    first, _, rest = text.partition("\n")
    hint = first.strip("\r")
    if len(hint) == 5 and hint.lower().startswith("sep=") and hint[4] in SEPARATORS:
        return rest, hint[4]
    return text, ""


def separator_of(text: str) -> str:
    """What separates the cells: the sign that splits the first rows into the most columns, all alike."""
    best, columns = SEPARATORS[0], 1
    for sign in SEPARATORS:
        try:
            found = Counter(len(row) for row in split_rows(text, sign, most=_LOOKED_AT) if row)
        except Refused:
            continue
        width, times = found.most_common(1)[0] if found else (1, 0)
        if width > columns and 2 * times > found.total():
            best, columns = sign, width
    return best


def split_rows(text: str, separator: str, *, most: int | None = None) -> Rows:
    """The rows of a text, strictly: a quote that is never closed or a cell beyond all bounds is refused."""
    csv.field_size_limit(_LONGEST_FIELD)
    rows: Rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append(row)
            if most is not None and len(rows) >= most:
                break
    except csv.Error:
        raise Refused("not_a_spreadsheet") from None
    return rows


def ends_short(text: str, rows: Rows) -> bool:
    """Whether the last row is shorter than the others and no line end follows it: a file that was cut off."""
    if not rows or text.endswith(("\n", "\r")):
        return False
    widths = Counter(len(row) for row in rows[:-1] if any(row))
    return bool(widths) and len(rows[-1]) < widths.most_common(1)[0][0]
