"""How a Vietnamese syllable is built: what tells Vietnamese read rightly from the same bytes read wrongly."""

from __future__ import annotations

import re
import unicodedata

_ONSETS = "ngh ng nh gh gi kh ch ph qu th tr b c d đ g h k l m n p q r s t v x"
_NUCLEI = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iu iê iêu yê yêu oa oă oe oai oay oeo oi oo ôi ơi "
    "ua ui uy uâ uê uô uơ uôi uya uyê uyu uây ưa ưi ưu ươ ươi ươu"
)
_CODAS = "ch ng nh c m n p t"
_STOPS = "ch c p t"  # a syllable closed by these is said with sắc or nặng only

_SYLLABLE = re.compile(
    f"(?:{'|'.join(_ONSETS.split())})?(?:{'|'.join(sorted(_NUCLEI.split(), key=len, reverse=True))})"
    f"(?P<coda>{'|'.join(_CODAS.split())})?"
)
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_SHORT_TONES = {"\u0301", "\u0323"}


def is_syllable(word: str) -> bool:
    """Whether a word is built like a syllable, with one tone at most and one that its end allows.

    >>> is_syllable("Đơn"), is_syllable("nhựt"), is_syllable("nhừt"), is_syllable("Cafè")
    (True, True, False, False)
    """
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in apart if c in _TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONES))
    built = _SYLLABLE.fullmatch(bare)
    if built is None or len(tones) > 1:
        return False
    return built["coda"] not in _STOPS.split() or set(tones) <= _SHORT_TONES
