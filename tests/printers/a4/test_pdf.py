"""A4 papers: what a reader finds in the file, over how many pages, and how it looks."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from printers.a4.document import A4Heading, A4NewPage, A4Picture, A4Signature, A4Space, A4Table, A4Text
from printers.a4.letters import Letters, printable, with_equal_digits
from printers.a4.page import Words
from printers.a4.pdf import as_pdf, lay_out
from printers.blocks import Align
from tests.pdf_reader import acts_in, pictures_of, sizes_of, text_of, title_of
from tests.printers.a4.papers import AT, PAPERS, RECEIPT, a4, drawn_signature, goods
from tests.printers.test_typeface import VIETNAMESE

GOLDEN = Path(__file__).parents[2] / "golden"
FONTS = Path(__file__).parents[3] / "printers" / "fonts"


def words_of(document_text: str) -> str:
    """Text on one line, as somebody who searches for it types it."""
    return " ".join(document_text.split())


@pytest.mark.parametrize("name", PAPERS)
def test_an_a4_paper_looks_as_it_should(name: str) -> None:
    golden = GOLDEN / f"{name}.png"

    picture = pictures_of(as_pdf(PAPERS[name]), dpi=75)[0].convert("L")

    if not golden.exists():
        picture.point(lambda grey: grey // 32 * 36).save(golden, optimize=True)
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    with Image.open(golden) as expected:
        assert picture.size == expected.size
        differing = sum(ImageChops.difference(picture, expected.convert("L")).histogram()[80:])
    assert differing <= picture.width * picture.height // 200


def test_the_same_document_gives_the_same_bytes_and_another_gives_others() -> None:
    assert as_pdf(RECEIPT) == as_pdf(RECEIPT)
    assert as_pdf(RECEIPT) != as_pdf(replace(RECEIPT, printed_by="ai khác"))


def test_each_vietnamese_letter_is_read_back_as_it_was_written() -> None:
    written = "".join(VIETNAMESE)

    text = text_of(as_pdf(a4(A4Text(" ".join(VIETNAMESE)), A4Text(" ".join(VIETNAMESE), bold=True))))[0]

    assert words_of(text).replace(" ", "").count(written) == 2
    assert unicodedata.is_normalized("NFC", text)


def test_letters_in_pieces_come_out_whole() -> None:
    text = text_of(as_pdf(a4(A4Text(unicodedata.normalize("NFD", "Hợp tác xã Ệ Ỡ")), title="Ẩm")))[0]

    assert "Hợp tác xã Ệ Ỡ" in text


def test_letterhead_facts_sums_and_signatures_can_be_read() -> None:
    text = words_of(text_of(as_pdf(RECEIPT))[0])

    for said in (
        "Điểm giới thiệu và bán sản phẩm OCOP Kỳ Lừa",
        "MST: 4900123456 · ĐT: 0205 3 812 345",
        "Số: PN-12",
        "PHIẾU NHẬP KHO",
        "BẢN SAO 2",
        "CỬA HÀNG MẪU",
        "Hợp tác xã Ẩm thực Ỷ Lan",
        "31.234.567.890",
        "Phiếu này không phải là hóa đơn.",
        "Hoàng Văn Ệ",
        "In lúc 28/11/2026 08:02 · Nguyễn Thị Ngọ",
        "Trang 1/1",
    ):
        assert said in text


def test_the_first_paper_carries_no_mark_of_a_copy() -> None:
    assert "BẢN SAO" not in text_of(as_pdf(a4(A4Text("một"))))[0]


def test_an_english_paper_speaks_english() -> None:
    assert "Page 1 of 1" in text_of(as_pdf(a4(A4Text("one"), language="en")))[0]


@pytest.mark.parametrize(("landscape", "size"), [(False, (210, 297)), (True, (297, 210))])
def test_the_paper_is_a4_to_the_millimetre(landscape: bool, size: tuple[int, int]) -> None:
    assert sizes_of(as_pdf(a4(A4Text("x"), landscape=landscape))) == [size]


def test_no_day_no_lot_number_and_no_heading_is_broken_where_other_columns_have_room() -> None:
    table = A4Table(
        headings=("Sản phẩm", "Lô", "Từ ngày", "Trong cửa hàng"),
        rows=(("Bún cẩm khô cô Luyến, loại thường", "261014043", "08/12/2025", "16"),),
        widths=(60, 4, 4, 2),
        aligns=(Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT),
    )

    said = text_of(as_pdf(a4(table)))[0].split()

    assert {"261014043", "08/12/2025", "Trong", "hàng"} <= set(said)


def test_headings_stand_on_each_page_and_each_page_knows_its_number() -> None:
    pages = [words_of(page) for page in text_of(as_pdf(a4(goods(120))))]

    assert len(pages) > 2
    assert all("Sản phẩm Số lượng" in page for page in pages)
    assert [f"Trang {n}/{len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)
    assert all("PHIẾU NHẬP KHO – Điểm giới thiệu" in page for page in pages[1:])
    assert [n for n in range(1, 121) if f"số {n} 1,5" not in " ".join(pages)] == []


def test_no_number_is_broken_however_narrow_its_column_was_wanted() -> None:
    table = A4Table(("Tên", "Tiền"), (("Mật ong", "123.456.789.012"),), widths=(20, 1), aligns=goods(0).aligns[1:3])

    text = text_of(as_pdf(a4(table)))[0]

    assert "123.456.789.012" in text


def test_a_lot_or_a_day_beside_wide_numbers_is_not_broken_either() -> None:
    row = ("Rượu khoai lang", "261128025\n01/05/2027", "10 chai\nphiếu ghi: 12 chai", "123.456.789.012")
    aligns = (Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT)
    table = A4Table(("Tên", "Lô", "Số lượng", "Tiền"), (row,), widths=(60, 4, 4, 4), aligns=aligns)

    text = text_of(as_pdf(a4(table)))[0]

    assert [words for words in ("261128025", "01/05/2027", "phiếu ghi: 12 chai", row[3]) if words not in text] == []


HOSTILE = [
    "<b>đậm</b> <a href='http://x'>x</a> &amp; &lt; <para> <img src='/etc/passwd'/>",
    "%PDF-1.7 ) Tj ET endstream endobj << /JS (app.alert(1)) >> \\(",
    "=HYPERLINK(1)\t+1 -1 @x",
    "\x1b@\x10\x04\x01\x00 null\u202e\u200b\ufeff",
    "字 Ω ∑ 🙂 ﷽",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(text: str) -> None:
    pdf = as_pdf(a4(A4Text(text), A4Table((text, "x"), ((text, text),)), title=text, subtitle=text))

    assert acts_in(pdf) == (0, 0)
    assert title_of(pdf) == printable(text)
    if text.isascii() and text.isprintable():
        assert words_of(text_of(pdf)[0]).count(words_of(text)) >= 3
    assert not any(letter in text_of(pdf)[0] for letter in "\x1b\x10\u202e\u200b")


@pytest.mark.parametrize("text", ["ế" * 2000, "mật ong " * 250, "W" * 2000])
def test_two_thousand_letters_in_a_narrow_column_go_on_over_pages_and_none_is_lost(text: str) -> None:
    pages = text_of(as_pdf(a4(A4Table(("a", "b"), (("1", text), ("2", "cuối")), widths=(9, 1)))))

    assert sum(page.count("ế") + page.count("W") for page in pages) in (0, 2000)
    assert sum(page.count("mật") for page in pages) in (0, 250)
    assert "cuối" in pages[-1]


def test_nothing_reaches_beyond_the_edges_of_the_paper() -> None:
    document = a4(
        A4Text("ế" * 900), goods(60), title="Tên dài " * 30, number="Số 1", facts=(("Một " * 40, "Hai " * 90),)
    )

    for page in lay_out(document):
        for mark in page.marks:
            if isinstance(mark, Words):
                assert mark.left >= 0
                assert mark.left + mark.letters.width(mark.words) <= page.width
                assert mark.base <= page.height


def test_the_places_to_sign_are_never_torn_apart_and_a_drawn_signature_is_there() -> None:
    document = a4(
        A4Space(218), signatures=(A4Signature("Bên A", "Lan", picture=drawn_signature()), A4Signature("Bên B"))
    )

    pages = text_of(as_pdf(document))

    assert ["Bên A" in page for page in pages] == [False, True]
    assert "Lan" in pages[1]
    assert len(as_pdf(document)) > len(as_pdf(a4(A4Space(218), signatures=(A4Signature("Bên A", "Lan"),))))


def test_a_heading_goes_to_the_page_of_what_it_heads() -> None:
    pages = text_of(as_pdf(a4(A4Space(215), A4Heading("Mục hai"), A4Text("Nội dung"))))

    assert ["Mục hai" in page for page in pages] == [False, True]


def test_a_picture_is_set_within_its_box_and_a_new_page_begins_where_asked() -> None:
    document = a4(A4Picture(drawn_signature(), 40, 30, "Ảnh chụp"), A4NewPage(), A4Text("sau"))

    assert [("Ảnh chụp" in page, "sau" in page) for page in text_of(as_pdf(document))] == [(True, False), (False, True)]


def test_a_row_with_a_cell_too_many_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="3 cells or widths for 2 columns"):
        A4Table(("a", "b"), (("1", "2", "3"),))


@pytest.mark.parametrize("file", ["BeVietnamPro-Regular.ttf", "BeVietnamPro-Bold.ttf"])
def test_every_digit_is_as_wide_as_a_zero_and_only_digits_were_changed(file: str) -> None:
    letters = (FONTS / file).read_bytes()

    changed = with_equal_digits(letters)

    assert len(changed) == len(letters)
    assert sum(a != b for a, b in zip(letters, changed, strict=True)) <= 4 * 9
    assert len({Letters(10, bold="Bold" in file).width(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb", "a b"),
        ("35.000\N{NO-BREAK SPACE}₫", "35.000\N{NO-BREAK SPACE}₫"),
        ("\x00\x07 x \u200d", "x"),
        ("e\u0302\u0301", "ế"),
    ],
)
def test_text_is_made_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.slow
def test_a_table_of_a_hundred_pages_takes_seconds() -> None:
    row = tuple(f"Ô số {n} mật ong" for n in range(8))
    start = time.perf_counter()

    pdf = as_pdf(a4(A4Table(tuple("ABCDEFGH"), (row,) * 2300)))

    assert len(sizes_of(pdf)) >= 100
    assert time.perf_counter() - start < 10  # 0.8 s on a quiet machine


def test_the_day_of_printing_is_that_of_the_document() -> None:
    assert f"{AT:%d/%m/%Y}" in text_of(as_pdf(a4()))[0]
