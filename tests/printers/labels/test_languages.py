"""Every symbol on every printer's label is read back by two decoders, out of the bytes that the printer gets."""

from __future__ import annotations

import pytest
from PIL import Image, ImageOps

from config.reference.label_stocks import LabelStock, label_stock, label_stocks
from printers.escpos_writer import REAL_TIME
from printers.labels.languages import LANGUAGES, Roll, in_tspl
from printers.labels.picture import draw_label
from printers.labels.print_run import LabelPaper, encode_labels
from tests.printers.labels.readers import by_dmtx, by_zbar, by_zxing, from_epl, from_escpos, from_tspl, from_zpl
from tests.printers.labels.scene import EAN_13, GTIN, MATRIX, SYMBOLS, a_label

READ = {"tspl": from_tspl, "zpl": from_zpl, "epl": from_epl}
STOCK = label_stock("roll-50x30")


def both_read(picture: Image.Image, symbol: str) -> set[str]:
    """What both decoders find; only what they agree on."""
    framed = ImageOps.expand(picture.convert("L"), 24, 255)
    second = by_dmtx if symbol == "datamatrix" else by_zbar
    return by_zxing(framed) & second(framed)


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("symbol", SYMBOLS)
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_two_decoders_read_what_each_printer_prints(language: str, symbol: str, dpi: int) -> None:
    drawn, says = SYMBOLS[symbol]
    paper = LabelPaper(((a_label(drawn), 3),), STOCK)

    job = encode_labels(paper, language=language, dpi=dpi, dots=640, cut=True)

    if language == "escpos":
        strip = from_escpos(job, 640)
        assert both_read(strip.crop((0, 0, 640, strip.height // 3)), symbol) == {says}
    else:
        (printed,) = READ[language](job)
        assert (both_read(printed.picture, symbol), printed.copies) == ({says}, 3)


@pytest.mark.parametrize("language", sorted(READ))
def test_each_language_prints_the_same_picture(language: str) -> None:
    label = a_label(MATRIX)

    (printed,) = READ[language](
        encode_labels(LabelPaper(((label, 1),), STOCK), language=language, dpi=203, dots=448, cut=True)
    )

    assert printed.picture.tobytes() == draw_label(label, STOCK.width, STOCK.height, dpi=203).tobytes()


@pytest.mark.parametrize("stock", [one for one in label_stocks() if one.kind != "sheet"], ids=lambda one: one.code)
def test_a_label_is_as_large_as_its_stock(stock: LabelStock) -> None:
    picture = draw_label(a_label(None), stock.width, stock.height, dpi=203)

    assert 0 <= picture.width - stock.width * 203 / 254 < 8  # filled up to a whole byte
    assert picture.height == stock.height * 203 // 254


def test_the_size_of_the_label_and_the_gap_are_told_in_millimetres() -> None:
    job = in_tspl([], Roll(381, 212, 25, 203, 448))

    assert b"SIZE 38.1 mm,21.2 mm\r\nGAP 2.5 mm,0 mm\r\n" in job


def test_labels_side_by_side_come_row_by_row() -> None:
    stock = label_stock("roll-35x22-3")
    job = encode_labels(
        LabelPaper(((a_label(), 3), (a_label(text="Chè"), 2)), stock), language="tspl", dpi=203, dots=896, cut=True
    )

    rows = from_tspl(job)

    assert [row.copies for row in rows] == [1, 1]
    assert len(by_zxing(rows[0].picture)) == 1
    assert rows[0].picture.width >= (3 * 350 + 2 * 20) * 203 // 254


def test_a_row_wider_than_the_printer_is_not_sent() -> None:
    with pytest.raises(ValueError, match="needs 399 dots"):
        encode_labels(LabelPaper(((a_label(), 1),), STOCK), language="zpl", dpi=203, dots=384, cut=True)


@pytest.mark.parametrize("text", ["\x1b!R\x10\x04\x01", "^XZ^XA^FDx", '"\r\nPRINT 9\r\n', "<b>x", "P99\nN\n"])
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_hostile_name_is_only_dots(language: str, text: str) -> None:
    job = encode_labels(LabelPaper(((a_label(text=text), 1),), STOCK), language=language, dpi=203, dots=448, cut=True)

    if language == "escpos":
        assert not REAL_TIME.search(job)
        assert from_escpos(job, 448)
    else:
        (printed,) = READ[language](job)  # every byte belongs to an order that we send
        assert printed.copies == 1


def test_dots_that_would_be_an_order_get_one_dot_more() -> None:
    picture = Image.frombytes("1", (16, 1), b"\x1b!")

    (printed,) = from_tspl(in_tspl([(picture, 1)], Roll(20, 10, 0, 203, 16)))

    assert printed.picture.tobytes() == b"\x1a!"


def test_a_label_without_a_symbol_has_none_to_read() -> None:
    picture = draw_label(a_label(None), 500, 300, dpi=203)

    assert by_zxing(picture) == by_zbar(picture) == set()


def test_the_readers_can_see_a_wrong_number() -> None:
    picture = draw_label(a_label(EAN_13), 500, 300, dpi=203)

    assert both_read(picture, "ean13") == {GTIN}
    assert both_read(picture.crop((0, 0, picture.width // 2, picture.height)), "ean13") == set()
