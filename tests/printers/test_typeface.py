"""The letters of paper: every Vietnamese letter has a drawing, lines fit, sums stand in columns."""

from __future__ import annotations

import unicodedata

import pytest

from printers.blocks import Size
from printers.typeface import FILES, drawn, face, has_letter

BASES = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LETTERS = [unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES]
VIETNAMESE = sorted({*LETTERS, "đ", "Đ"} - set("aeiouyAEIOUY"))


def test_there_are_134_vietnamese_letters() -> None:
    assert len(VIETNAMESE) == 134


@pytest.mark.parametrize(("family", "bold"), sorted(FILES))
def test_every_vietnamese_letter_and_the_dong_has_a_drawing(family: str, bold: bool) -> None:
    assert [letter for letter in [*VIETNAMESE, "₫"] if not has_letter(family, letter, bold=bold)] == []


def test_the_test_can_see_a_missing_letter() -> None:
    assert not has_letter("sans", "字")


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("dots", [384, 576])
@pytest.mark.parametrize("size", Size)
def test_each_vietnamese_letter_looks_different_from_every_other(size: Size, dots: int, bold: bool) -> None:
    used = face(size, dots, bold=bold)

    drawings = {drawn(used, letter).tobytes() for letter in VIETNAMESE}

    assert len(drawings) == len(VIETNAMESE)


@pytest.mark.parametrize("dots", [384, 576])
@pytest.mark.parametrize("size", Size)
def test_nothing_of_a_letter_is_cut_off(size: Size, dots: int) -> None:
    picture = drawn(face(size, dots, bold=True), "ẪỘỸẮẨgjpqyộị")

    ink = picture.getbbox()

    assert ink is not None
    assert ink[1] >= 1
    assert ink[3] <= picture.height - 1


def test_decomposed_letters_are_drawn_like_composed_ones() -> None:
    used = face(Size.NORMAL, 576)

    assert used.width(unicodedata.normalize("NFD", "Mật ong ớt Đắk Hà")) == used.width("Mật ong ớt Đắk Hà")


def test_lines_fit_and_lose_nothing() -> None:
    used = face(Size.NORMAL, 384)
    words = "Cà phê bột rang mộc Robusta Honey hương rừng Măng Đen, gói 250 g"

    lines = used.wrap(words, 200)

    assert " ".join(lines) == words
    assert all(used.width(line) <= 200 for line in lines)


def test_a_word_longer_than_the_line_is_broken_and_not_clipped() -> None:
    used = face(Size.NORMAL, 384)

    lines = used.wrap("K" * 100, 200)

    assert "".join(lines) == "K" * 100
    assert all(used.width(line) <= 200 for line in lines)


def test_centred_lines_leave_no_word_alone() -> None:
    used = face(Size.NORMAL, 576)
    words = "Đổi trả trong 7 ngày nếu sản phẩm lỗi, còn nguyên bao bì và biên lai này."

    lines = used.wrap_evenly(words, 540)

    assert " ".join(lines) == words
    assert len(lines) == len(used.wrap(words, 540))
    assert min(used.width(line) for line in lines) > max(used.width(line) for line in lines) // 2


def test_every_digit_of_a_sum_is_equally_wide() -> None:
    used = face(Size.NORMAL, 576, family="figures")

    assert used.width("111.111") == used.width("888.888") == used.width("407.250")


def test_stars_are_drawn_and_letters_no_face_has_show_a_box() -> None:
    used = face(Size.NORMAL, 576)

    assert drawn(used, "★").getbbox() is not None
    assert drawn(used, "字").getbbox() is not None
