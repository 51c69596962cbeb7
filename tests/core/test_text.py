"""Text: one form of writing, a key for search, Vietnamese order, amounts in words."""

from __future__ import annotations

import random
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from core.text import TooLong, amount_in_words, clean, fold, nfc, sort_key
from tests.shared_cases import shared_json, vector

TEXT = vector("text_vi")
WORDS = vector("amount_in_words")
DIGITS = {
    word: digit for digit, word in enumerate(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])
}
SYLLABLES = "aAàÀảãáạăằẳẵắặâầẩẫấậbcdDđĐeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ 0129-"


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("outside", "kept"),
    [
        (nfd("Mật ong Đồng Đăng"), "Mật ong Đồng Đăng"),
        ("  Măng \t ớt\r\n Lạng\u00a0Sơn ", "Măng ớt Lạng Sơn"),
        ("M\u200bă\u200dng\ufeff", "Măng"),  # zero-width blank, joiner, byte order mark
        ("\u202eTỏi\u202c \u2066Lý\u2069 Sơn\u200f", "Tỏi Lý Sơn"),  # marks that turn the direction
        ("Ch\u00adè", "Chè"),  # soft hyphen
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("một\u2028hai\u3000ba", "một hai ba"),
        ("e\u200b\u0301", "é"),  # the mark meets its letter when what stood between is gone
        ("\ud800x", "x"),
        ("", ""),
        ("🍯 <b>'--;", "🍯 <b>'--;"),  # odd but visible: kept as it is
    ],
)
def test_text_from_outside_is_cleaned(outside, kept):
    assert clean(outside) == kept


@given(st.text())
def test_clean_text_stays_as_it_is(text):
    cleaned = clean(text, limit=10_000)

    assert clean(cleaned, limit=10_000) == cleaned
    assert nfc(cleaned) == cleaned
    assert not {unicodedata.category(c) for c in cleaned} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    cleaned.encode("utf-8")


def test_text_of_2000_characters_fits_and_one_more_does_not():
    assert len(clean("ậ" * 2000)) == 2000
    assert len(clean(nfd("ậ" * 2000))) == 2000  # counted as it is kept
    with pytest.raises(TooLong, match="2001 characters"):
        clean("ậ" * 2001)
    with pytest.raises(TooLong):
        clean("abc", limit=2)


@pytest.mark.parametrize("text", TEXT["sorted"])
def test_decomposed_text_means_the_same(text):
    assert nfc(nfd(text)) == text
    assert fold(nfd(text)) == fold(text)
    assert sort_key(nfd(text)) == sort_key(text)


@pytest.mark.parametrize(("written", "key"), TEXT["fold"] + TEXT["fold_nfd_same"] + [["ĐƠN", "don"], ["đ", "d"]])
def test_search_knows_neither_marks_nor_capitals(written, key):
    assert fold(written) == key
    assert fold(nfd(written)) == key


@given(st.text(SYLLABLES))
def test_a_folded_vietnamese_text_is_plain(text):
    folded = fold(text)

    assert folded.isascii()
    assert folded == folded.lower()
    assert len(folded) == len(text)


def test_words_stand_in_vietnamese_order():
    shuffled = random.Random(7).sample(TEXT["sorted"], len(TEXT["sorted"]))

    assert sorted(shuffled, key=sort_key) == TEXT["sorted"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "a"),
        ("Chè 2", "Chè 9"),
        ("Chè 9", "Chè an"),
        ("Chè", "Chè 1"),
        ("da", "đa"),
        ("dứa", "đa"),
        ("lá", "lạ"),
        ("lạ", "lan"),  # letters before tones: la, lá, lạ, lan
        ("Ốc", "ơi"),
        ("tương", "tường"),
        ("zip", "東"),
    ],
)
def test_one_stands_before_the_other(before, after):
    assert sort_key(before) < sort_key(after)


@given(st.lists(st.text(SYLLABLES, max_size=6), min_size=2, max_size=6))
def test_order_is_the_order_of_letters_then_of_tones(words):
    ranked = sorted(words, key=sort_key)

    for one, two in pairwise(ranked):
        assert letters(one) <= letters(two)
        if letters(one) == letters(two):
            assert sort_key(one)[1] <= sort_key(two)[1]


def letters(text: str) -> list[str]:
    """Places of the letters in the alphabet, tones taken off by another way than the one under test."""
    alphabet = " -0129aăâbcdđeêghiklmnoôơpqrstuưvxy"
    tones = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
    return [f"{alphabet.index(c):02}" for c in nfc(nfd(text.lower()).translate(tones))]


@given(st.text())
def test_any_text_has_a_place_in_the_order(text):
    assert sort_key(text) <= sort_key(text + "a")


@pytest.mark.parametrize("case", WORDS["cases"], ids=lambda case: str(case["n"]))
def test_an_amount_is_read_aloud(case):
    assert amount_in_words(case["n"]) == case["words"]
    assert amount_in_words(Money(case["n"])) == case["words"]


def test_an_amount_below_zero_says_so():
    assert amount_in_words(WORDS["negative"]["n"]) == WORDS["negative"]["words"]


@pytest.mark.parametrize("wrong", [1.5, True, "5", None])
def test_only_whole_amounts_are_read_aloud(wrong):
    with pytest.raises(TypeError):
        amount_in_words(wrong)


@given(st.integers(0, 10**18))
def test_words_can_be_turned_back_into_the_amount(number):
    words = amount_in_words(number)

    assert "  " not in words
    assert heard(words.split()) == number


def heard(words: list[str]) -> int:
    """Understand a spoken number, written apart from the code under test."""
    if "tỷ" in words:
        at = len(words) - 1 - words[::-1].index("tỷ")
        return heard(words[:at]) * 10**9 + heard(words[at + 1 :])
    total, group = 0, 0
    for word in words:
        if word in ("triệu", "nghìn"):
            total, group = total + group * (10**6 if word == "triệu" else 10**3), 0
        elif word == "trăm":
            group *= 100
        elif word == "mươi":
            group += group % 10 * 9
        elif word != "lẻ":
            group += {"mười": 10, "mốt": 1, "lăm": 5}.get(word, DIGITS.get(word, 0))
    return total + group


def test_names_collected_elsewhere_come_out_the_same_however_they_were_written():
    names = shared_json("cases/vitext/names.json", cases=48)["names"]

    for name in names:
        assert clean(name["nfd"]) == clean(name["nfc"]) == name["nfc"]
        assert fold(name["nfd"]) == fold(name["nfc"])


def test_naughty_text_collected_elsewhere_is_kept_readable():
    texts = shared_json("cases/naughty/blns_half.json", cases=258)

    for text in texts:
        cleaned = clean(text)
        assert clean(cleaned) == cleaned
        assert sort_key(nfd(cleaned)) == sort_key(cleaned)
        cleaned.encode("utf-8")
