"""Sheets of A4: the right number of labels at the right places, and every symbol read from the page."""

from __future__ import annotations

import pytest

from config.reference.label_stocks import LabelStock, label_stock, label_stocks
from inventory.catalogue.product_number import check_digit
from printers.labels.label import Label, LabelTooSmall
from printers.labels.sheet import NoSuchPlace, sheets_pdf
from printers.labels.symbol import bars
from tests.pdf_reader import pictures_of, sizes_of, text_of
from tests.printers.labels.readers import by_dmtx, by_zbar, by_zxing
from tests.printers.labels.scene import CODE, LINK, MATRIX, SCANNED, SYMBOLS, a_label

SHEETS = [stock for stock in label_stocks() if stock.kind == "sheet"]


def sheet(labels: list[Label], stock: LabelStock, start: int = 1) -> bytes:
    return sheets_pdf(labels, stock, start=start, title="Tem", author="Cửa hàng")


EVERY_LABEL = [
    pytest.param(stock, marks=[] if stock.code == "a4-65" else [pytest.mark.slow], id=stock.code) for stock in SHEETS
]


@pytest.mark.parametrize("stock", EVERY_LABEL)
def test_both_decoders_read_every_number_of_a_full_sheet(stock: LabelStock) -> None:
    digits = [f"2092611280{n:02d}" for n in range(stock.places)]
    numbers = [number + str(check_digit(number)) for number in digits]

    pdf = sheet([a_label(bars(number), size=22, text="Chè") for number in numbers], stock)

    (page,) = pictures_of(pdf, dpi=300)
    assert by_zxing(page) == set(numbers)
    assert by_zbar(page) == set(numbers)
    assert sizes_of(pdf) == [(210, 297)]


@pytest.mark.parametrize(("symbol", "says"), [(CODE, LINK), (MATRIX, SCANNED)])
def test_symbols_of_two_dimensions_are_read_from_a_sheet(symbol: object, says: str) -> None:
    (page,) = pictures_of(sheet([a_label(symbol)], label_stock("a4-21")), dpi=300)  # type: ignore[arg-type]

    corner = page.crop((0, 0, page.width // 2, page.height // 5))
    assert by_zxing(corner) == {says}
    assert (by_zbar(corner) or by_dmtx(corner)) == {says}


def test_a_used_sheet_is_begun_at_any_place_and_the_rest_goes_on_the_next() -> None:
    stock = label_stock("a4-24")
    pdf = sheet([a_label()] * 3, stock, start=23)

    first, second = pictures_of(pdf, dpi=100)
    used = first.convert("1").crop((0, 0, first.width, first.height * 7 // 8))

    assert used.getextrema() == (255, 255)  # seven rows stay white
    assert len(by_zxing(first)) == len(by_zxing(second)) == 1
    assert [page.count("Mật ong") for page in text_of(pdf)] == [2, 1]


@pytest.mark.parametrize("start", [0, 25, -1])
def test_a_place_that_the_sheet_does_not_have_is_refused(start: int) -> None:
    with pytest.raises(NoSuchPlace):
        sheet([a_label()], label_stock("a4-24"), start)


@pytest.mark.parametrize("stock", SHEETS, ids=lambda one: one.code)
def test_every_sheet_fits_on_a4(stock: LabelStock) -> None:
    assert stock.columns * stock.width + (stock.columns - 1) * stock.gap <= 2100
    assert stock.rows * stock.height + (stock.rows - 1) * stock.gap_down <= 2970


def test_words_of_a_sheet_can_be_read_and_the_same_sheet_gives_the_same_bytes() -> None:
    pdf = sheet([a_label(SYMBOLS["ean13"][0])], label_stock("a4-8"))

    assert "Mật ong hoa bạc hà Ẩm Ỷ" in text_of(pdf)[0]
    assert "240.000" in text_of(pdf)[0]
    assert pdf == sheet([a_label(SYMBOLS["ean13"][0])], label_stock("a4-8"))


@pytest.mark.parametrize("stock", SHEETS, ids=lambda one: one.code)
def test_nothing_stands_where_an_office_printer_does_not_print(stock: LabelStock) -> None:
    (page,) = pictures_of(sheet([a_label(bars("2092611280016"), size=22, text="Chè")] * stock.places, stock), dpi=200)

    edge = 200 * 40 // 254  # 4 mm
    printed = page.convert("1").point(lambda dot: 255 - dot).getbbox()

    assert printed is not None
    left, top, right, bottom = printed
    assert min(left, top, page.width - right, page.height - bottom) >= edge - 1


def test_what_is_too_long_for_a_sheet_is_told_with_the_size_of_the_label() -> None:
    stock = label_stock("a4-40")
    with pytest.raises(LabelTooSmall) as small:
        sheet([a_label(text="Mật ong rừng " * 30, size=60, lines=9)], stock)
    assert (small.value.values["width"], small.value.values["height"]) == ("52,5", "29,7")
