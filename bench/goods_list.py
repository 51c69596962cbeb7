"""How long a manager waits for the preview of a list of 20,000 goods, in a shop that knows 5,000."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.crowded_shop import crowded_shop, gtin_of
from bench.figure import Figure, stopwatch
from core.spreadsheet.reading import read_spreadsheet
from core.spreadsheet.writing import Column, as_xlsx
from inventory.importing.goods_columns import find_headings
from inventory.importing.goods_import import try_out
from inventory.importing.goods_row import Choices
from inventory.lot import TermsKind
from inventory.web.goods_rows import read_list

ROWS, KNOWN = 20_000, 5_000
HEADINGS = (
    "Tên sản phẩm", "Chủ thể", "Quy cách", "ĐVT", "Giá bán", "Mã vạch", "Nhóm", "Tồn kho", "Giá vốn", "Số sao",
    "Số quyết định", "Ngày quyết định", "Nơi cấp",
)  # fmt: skip


def measure(folder: Path) -> Iterator[Figure]:
    """Reading the file alone, which any program would have to do, and the whole preview."""
    content = as_xlsx("Hàng hóa", [Column(heading) for heading in HEADINGS], [row(place) for place in range(ROWS)])
    reading, whole = stopwatch(), stopwatch()
    with crowded_shop(folder / "goods_list", KNOWN), whole.lap():
        with reading.lap():
            sheet = read_spreadsheet(content, name="hang.xlsx")
        headings = find_headings(sheet)
        read = read_list(sheet, headings, headings.columns)
        choices = Choices(tax_class="standard_reduced", terms=TermsKind.BOUGHT)
        outcomes = try_out(read.rows, choices, prefix="20")
    assert len(outcomes) == ROWS
    seconds, floor = whole.median() / 1000, reading.median() / 1000
    yield Figure("list_of_20000_rows_read", floor, "s")
    yield Figure("list_of_20000_rows_tried_out", seconds, "s", bound=10)
    yield Figure("list_tried_out_to_read", seconds / floor, "x")


def row(place: int) -> list[str | int]:
    """One of the list: every second product with a certificate, every fourth known to the shop by its barcode."""
    goods = [f"Mật ong rừng số {place}", f"HTX Nông nghiệp {place % 200}", "500 g", "hũ", 35_000 + place % 500 * 100]
    paper = [3, "123/QĐ-UBND", "15/03/2026", "UBND tỉnh Lạng Sơn"] if place % 2 else ["", "", "", ""]
    return [*goods, gtin_of(4_000 + place), "I.2.b", 5, 20_000, *paper]
