"""Text: NFC at the door, a key for search, Vietnamese order, amounts in words."""

from __future__ import annotations

import unicodedata

from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money

# Alphabet of the state (QĐ 240/QĐ of 1984) with the Latin letters f j w z where readers look for them.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng
_LETTER_MARKS = "\u0306\u0302\u031b"  # of ă, of â ê ô, of ơ ư

_REMOVED = {"Cc", "Cf", "Cs"}  # control, format (zero-width, bidi marks, soft hyphen), broken halves of a character
_BLANK = {"Zs", "Zl", "Zp"}
_LINE_BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"


class TooLong(RuleBroken):
    """More text than a field takes."""

    message = N_("This text has %(length)s characters; at most %(limit)s fit. Shorten it.")


def nfc(text: str) -> str:
    """The one form of writing in which text is kept; macOS and some keyboards send another."""
    return unicodedata.normalize("NFC", text)


def clean(text: str, *, limit: int = 2000) -> str:
    """Text from outside, fit to keep: NFC, nothing invisible, single blanks, none at the ends.

    The limit is in characters, counted after cleaning.
    """
    visible = "".join(_visible(c) for c in text)
    cleaned = " ".join(nfc(visible).split())
    if len(cleaned) > limit:
        raise TooLong(length=len(cleaned), limit=limit)
    return cleaned


def _visible(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in _BLANK or character in _LINE_BREAKS:
        return " "
    return "" if kind in _REMOVED else character


def fold(text: str) -> str:
    """The key under which text is searched: small letters without marks, đ as d.

    >>> fold("ĐƯỜNG PHÈN")
    'duong phen'
    """
    # đ has no decomposition: it must go before the marks are taken off.
    plain = text.replace("đ", "d").replace("Đ", "d").casefold()
    return "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn")


SortKey = tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[bool, ...], str]


def sort_key(text: str) -> SortKey:
    """Vietnamese order: letters (ă after a, đ after d …), then tones, then small before capital.

    Blanks come before signs, signs before digits, digits before letters.
    """
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    capitals: list[bool] = []
    for character in _with_tones_apart(text):
        if character in _TONES and tones:
            tones[-1] = _TONES[character]
            continue
        letters.append(_rank(character.lower()))
        tones.append(0)
        capitals.append(character.isupper())
    return tuple(letters), tuple(tones), tuple(capitals), nfc(text)


def _with_tones_apart(text: str) -> str:
    """Letters with their own marks put together (ă â ê ô ơ ư), each followed by its tone.

    >>> [hex(ord(c)) for c in _with_tones_apart("ậ")]
    ['0xe2', '0x323']
    """
    apart: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        at = len(apart) - 1
        if character in _LETTER_MARKS and at >= 0:
            if apart[at] in _TONES and at > 0:  # NFD writes the dot below before the circumflex
                at -= 1
            apart[at] = nfc(apart[at] + character)
        else:
            apart.append(character)
    return "".join(apart)


def _rank(letter: str) -> tuple[int, int]:
    if letter in _LETTER_RANK:
        return 3, _LETTER_RANK[letter]
    if letter.isspace():
        return 0, 0
    if letter.isdecimal():
        return 2, unicodedata.decimal(letter)
    return (4 if letter.isalpha() else 1), ord(letter[0])


_DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
_BILLION = 10**9


def amount_in_words(amount: Money | int) -> str:
    """An amount in Vietnamese words, without its unit: 24.500 is "hai mươi bốn nghìn năm trăm"."""
    number = amount.dong if isinstance(amount, Money) else amount
    if type(number) is not int:
        raise TypeError(f"An amount in words is of whole đồng, not {number!r}")
    words = _number_words(abs(number), after_more=False)
    return " ".join(["âm", *words] if number < 0 else words)


def _number_words(number: int, *, after_more: bool) -> list[str]:
    """Words of a number; `after_more` when larger groups stand before it, so that hundreds are said."""
    if number >= _BILLION:
        billions, rest = divmod(number, _BILLION)
        words = [*_number_words(billions, after_more=after_more), "tỷ"]
        return words + (_number_words(rest, after_more=True) if rest else [])
    words = []
    for size, name in ((10**6, ["triệu"]), (10**3, ["nghìn"]), (1, [])):
        group = number // size % 1000
        if group:
            words += _group_words(group, hundreds=after_more or bool(words)) + name
    return words or ["không"]


def _group_words(group: int, *, hundreds: bool) -> list[str]:
    """Words of 1 to 999; with its hundreds also when there are none, where larger groups stand before it."""
    hundred, ten, one = group // 100, group // 10 % 10, group % 10
    words = [_DIGITS[hundred], "trăm"] if hundred or hundreds else []
    if ten == 0:
        lone = ["lẻ"] if words and one else []
        return words + lone + ([_DIGITS[one]] if one else [])
    words += ["mười"] if ten == 1 else [_DIGITS[ten], "mươi"]
    return words + _last_digit(ten, one)


def _last_digit(ten: int, one: int) -> list[str]:
    if one == 0:
        return []
    if one == 1 and ten > 1:
        return ["mốt"]
    return ["lăm"] if one == 5 else [_DIGITS[one]]
