"""Lists from outside: the shapes that come in from shops are read, hostile files end in a sentence."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import unicodedata
import zipfile

import pytest

from core.spreadsheet import reading
from core.spreadsheet.comma_separated import read_separated
from core.spreadsheet.old_fonts import font_of, from_font
from core.spreadsheet.reading import (
    BIGGEST_FILE,
    FileTooBig,
    FileTooHeavy,
    LongCell,
    NotASpreadsheet,
    NothingInFile,
    OldLetters,
    OtherKindOfFile,
    SpreadsheetRefused,
    TooManyRows,
    read_spreadsheet,
)
from core.spreadsheet.sheet import MOST_ROWS, CellKind, Sheet
from core.spreadsheet.writing import Column, as_csv, as_xlsx
from tests.house.source import ROOT
from tests.shared_cases import shared, shared_json

# What each hostile file ends in; two of the eleven cannot be told from good ones and are read for what they hold.
NAUGHTY = {
    "wide_blank_300mb.xlsx": FileTooHeavy,
    "billion_laughs.xlsx": NotASpreadsheet,
    "dimension_lie.xlsx": FileTooHeavy,
    "zip_slip.xlsx": NotASpreadsheet,
    "not_a_zip.xlsx": NotASpreadsheet,
    "bad_xml.xlsx": NotASpreadsheet,
    "gzip_200mb.csv.gz": OtherKindOfFile,
    "one_long_field.csv": NotASpreadsheet,
    "nul_bytes.csv": NotASpreadsheet,
    "random_bytes.csv": OldLetters,
}


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet.rows]


def read(text: str | bytes, name: str = "list.csv") -> Sheet:
    return read_spreadsheet(text.encode() if isinstance(text, str) else text, name=name)


@pytest.mark.parametrize(("name", "refusal"), NAUGHTY.items())
def test_a_hostile_file_is_refused_with_a_sentence_in_time(name, refusal):
    content = shared(f"cases/naughty/{name}").read_bytes()
    began = time.monotonic()

    with pytest.raises(refusal) as refused:
        read_spreadsheet(content, name=name)

    assert refused.value.sentence()
    assert time.monotonic() - began < 5


# In a process of its own: a child is charged with what its parent held when it began, and a test run holds much.
MEASURE = """
import resource, sys
from contextlib import suppress
from core.spreadsheet.reading import FileTooHeavy, ask_child

with suppress(FileTooHeavy):
    ask_child(sys.stdin.buffer.read())
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize("name", [name for name, refusal in NAUGHTY.items() if refusal is FileTooHeavy])
def test_a_heavy_file_gets_no_more_memory_than_a_list_needs(name):
    content = shared(f"cases/naughty/{name}").read_bytes()

    done = subprocess.run([sys.executable, "-c", MEASURE], input=content, capture_output=True, check=True, cwd=ROOT)

    assert int(done.stdout) < 200 * 1024


def test_a_gzip_that_is_called_a_csv_is_refused_too():
    content = shared("cases/naughty/gzip_200mb.csv.gz").read_bytes()

    with pytest.raises(SpreadsheetRefused):
        read_spreadsheet(content, name="list.csv")


def test_every_hostile_file_is_known():
    names = set(shared_json("cases/naughty/files_expected.json", cases=11))

    assert names == {*NAUGHTY, "cr_only.csv"}


def test_lines_that_end_as_on_an_old_mac_are_lines():
    sheet = read(shared("cases/naughty/cr_only.csv").read_bytes())

    assert texts(sheet) == [["code", "name", "price"], ["A", "Mứt", "1000"], ["B", "Kẹo", "2000"]]


# Where a file of the collection holds its headings (row), name and price (column).
SHAPES = {
    "bom_semicolon.csv": (1, 2, 4),
    "nfd_comma_lf.csv": (1, 2, 4),
    "excel_unicode_text.txt": (1, 2, 4),
    "tcvn3.csv": (1, 2, 4),
    "vni.csv": (1, 2, 4),
    "wrong_order_extra.csv": (1, 1, 2),
    "kiotviet_layout.xlsx": (1, 4, 6),
    "old_excel97.xls": (1, 2, 4),
    "html_as_xls.xls": (1, 2, 4),
    "no_header.csv": (0, 2, 4),
}


@pytest.mark.parametrize(("name", "shape"), SHAPES.items())
def test_the_shapes_that_come_in_from_shops_are_read(name, shape):
    products = shared_json("cases/vitext/spreadsheets_expected.json", cases=48)["products"]
    headings, named, priced = shape

    sheet = read_spreadsheet(shared(f"cases/vitext/{name}").read_bytes(), name=name)

    rows = sheet.rows[headings:]
    names = [unicodedata.normalize("NFC", row.cell(named).text.strip()) for row in rows]
    meant = [one["name"].strip() for one in products]
    # TCVN3 has no marked capitals: a font of capitals showed them
    assert names == meant if name != "tcvn3.csv" else list(map(str.lower, names)) == list(map(str.lower, meant))
    assert sum(int(row.cell(priced).text) for row in rows) == 2_470_058


@pytest.mark.parametrize(("name", "font"), [("tcvn3.csv", "TCVN3"), ("vni.csv", "VNI"), ("bom_semicolon.csv", None)])
def test_it_is_said_when_letters_came_from_an_old_font(name, font):
    assert read_spreadsheet(shared(f"cases/vitext/{name}").read_bytes(), name=name).font == font


def test_names_in_old_fonts_read_as_they_were_meant():
    names = shared_json("cases/vitext/names.json", cases=96)["names"]

    for font, key in (("TCVN3", "tcvn3_as_latin1"), ("VNI", "vni_as_latin1")):
        spelt = [(one[key], one["nfc"]) for one in names if one[key]]
        assert font_of(old for old, _ in spelt) == font
        assert all(from_font(old, font).lower() == meant.lower() for old, meant in spelt)
    assert font_of(one["nfc"] for one in names) is None


def test_genuine_old_texts_read_as_they_were_meant():
    genuine = shared_json("cases/vitext/legacy_genuine.json", cases=30)

    for one in genuine["tcvn3"]:
        assert from_font(one["as_latin1"], "TCVN3") == one["unicode"]
    for one in genuine["vni_header"]:
        assert from_font(one["as_latin1"], "VNI") == one["unicode"]
    for one in genuine["vni_rows"]:
        assert from_font(one["name_as_latin1"], "VNI") == one["name"]


def test_the_windows_letters_of_old_excel_are_read():
    words = "Tên sản phẩm;Giá bán\r\nKẹo lạc Đồng Mỏ;35000\r\n"
    typed = "".join(as_windows(c) for c in words).encode("cp1258")

    assert texts(read(typed)) == [["Tên sản phẩm", "Giá bán"], ["Kẹo lạc Đồng Mỏ", "35000"]]


def as_windows(letter: str) -> str:
    """Windows-1258 has letters with their hat and keeps the tone behind them."""
    try:
        letter.encode("cp1258")
        return letter
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", letter)
        tone = next(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", apart.replace(tone, "")) + tone


def test_a_file_cut_off_in_mid_row_says_which_row():
    sheet = read_spreadsheet(shared("cases/vitext/cut_off.csv").read_bytes(), name="cut_off.csv")

    assert [row.number for row in sheet.rows if row.cut] == [48]


def test_a_letter_cut_in_two_marks_the_last_row():
    sheet = read("a;b\nmật;1\nong;mẫ".encode()[:-1])

    assert [row.cut for row in sheet.rows] == [False, False, True]
    assert sheet.rows[-1].cells[-1].text == "m"


def test_a_sheet_nobody_sees_is_not_read_and_titles_keep_their_rows():
    content = shared("cases/vitext/title_rows_merged.xlsx").read_bytes()

    sheet = read_spreadsheet(content, name="title_rows_merged.xlsx")

    assert sheet.others == ()
    assert next(row.number for row in sheet.rows if row.cells[1].text == "SP00000") == 6


def test_days_and_numbers_are_told_from_text():
    sheet = read_spreadsheet(shared("cases/vitext/dates_and_numbers.xlsx").read_bytes(), name="x.xlsx")

    first, second = sheet.rows[1], sheet.rows[2]
    assert (first.cells[2].text, first.cells[2].kind) == ("2027-03-15", CellKind.DAY)
    assert (second.cells[0].text, second.cells[0].kind) == ("8934600000011", CellKind.NUMBER)
    assert second.cells[2].kind is CellKind.TEXT


def test_an_empty_file_says_so():
    for content in (b"", b"\r\n;;\r\n", b"\xef\xbb\xbf"):
        with pytest.raises(NothingInFile):
            read(content)


@pytest.mark.parametrize(
    ("text", "separator"),
    [("a;b,c;d\n1;2,5;3\n", ";"), ("a\tb\n1,5\t2\n", "\t"), ("sep=;\na;b\n1;2\n", ";"), ("a,b\n1;0,2\n", ",")],
)
def test_the_separator_is_the_one_that_makes_columns(text, separator):
    rows, _, _ = read_separated(text.encode())

    assert rows[-1] == text.splitlines()[-1].split(separator)


def test_a_file_of_more_than_fits_is_refused_before_it_is_opened():
    with pytest.raises(FileTooBig):
        read(b"a," * BIGGEST_FILE)
    with pytest.raises(TooManyRows):
        read("a,b\n" * (MOST_ROWS + 1))
    with pytest.raises(LongCell):
        read("a,b\n" + "x" * 5_000 + ",b\n")


def test_a_file_whose_reading_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0)

    with pytest.raises(FileTooHeavy):
        read("a,b\n")


def test_an_archive_of_something_else_is_no_spreadsheet():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "hello")

    with pytest.raises(NotASpreadsheet):
        read(out.getvalue(), "list.xlsx")


def test_a_sheet_of_libreoffice_is_read():
    office, table, text = (
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "table", "text")
    )
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{word}</text:p></table:table-cell>'
        for word in ("Mật ong", "180k")
    )
    content = (
        f"<office:document-content {office} {table} {text}><office:body><office:spreadsheet>"
        f'<table:table table:name="A"><table:table-row>{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")

    assert texts(read(out.getvalue(), "list.ods")) == [["Mật ong", "180k"]]


def test_what_we_write_is_read_back_as_it_was():
    odd = ["=1+1", "+84", "-5", "@x", "\tx", "Mật ong", ""]
    columns = [Column(f"C{n}", choices=["x"] if n == 0 else ()) for n in range(len(odd))]

    sheet = read(as_xlsx("Goods", columns, [odd, [1, 35_000, None, "", "", "", ""]]), "x.xlsx")

    assert texts(sheet)[1] == odd
    assert texts(sheet)[2][:2] == ["1", "35000"]


def test_a_csv_of_ours_holds_no_formula():
    content = as_csv(["=a", "b"], [["=1+1", "@SUM(A1)"], ["  -1", 5], ["\0\0", "\rx"]])

    rows, _, _ = read_separated(content)
    assert rows == [["'=a", "b"], ["'=1+1", "'@SUM(A1)"], ["'  -1", "5"], ["'", "'\rx"]]
