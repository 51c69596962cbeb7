"""A manager with a list of goods: from an empty shop to its first sale, by the pages alone."""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config.reference.table import read_table
from core.spreadsheet.writing import Column, as_xlsx
from inventory.catalogue.product_number import check_digit
from pos.data_folder import DataFolder
from pos.running import running_shop
from tests.browser.conftest import PATIENCE_MS, Counter
from tests.core.web.wedge import Scanner
from tests.factories import PIN, build_template, shop_settings

pytestmark = pytest.mark.browser

PRODUCTS = Path(__file__).parents[2] / "pos" / "demo" / "products.csv"
HEADINGS = (
    "STT", "Tên hàng hóa", "Chủ thể", "Tỉnh", "ĐVT", "Giá bán lẻ", "Mã vạch", "Sao", "Số QĐ", "Ngày QĐ", "Cơ quan cấp",
    "Tồn kho", "Giá vốn", "HSD",
)  # fmt: skip


def list_of_sixty() -> bytes:
    """Sixty real products as a manager would keep them; prices, barcodes and decisions are invented."""
    known = {one["code"] for one in read_table("product_groups") if one["goods"] == "yes"}
    with PRODUCTS.open(encoding="utf-8", newline="") as file:
        real = [row for row in csv.DictReader(file) if row["group"] in known][:60]
    rows = [row_of(number, row) for number, row in enumerate(real, start=1)]
    return as_xlsx("Hàng hóa", [Column(heading) for heading in HEADINGS], rows)


def row_of(number: int, row: dict[str, str]) -> list[str | int]:
    price = 20_000 + 5_000 * number
    written = (f"{price // 1000}k", f"{price:,}".replace(",", "."), price)[number % 3]
    return [
        number, row["name"], row["producer"] or "chưa rõ", row["province"], row["unit"] or "gói", written,
        barcode(number), row["stars"], f"QD {number}", "15/03/2026", f"UBND tỉnh {row['province']}",
        24, price * 7 // 10, "31/12/2027",
    ]  # fmt: skip


def barcode(number: int) -> str:
    digits = f"8931111{number:05d}"
    return digits + str(check_digit(digits))


@pytest.fixture
def empty_shop(page: Page, tmp_path: Path) -> Iterator[Counter]:
    """A shop with people and registers and nothing else, its manager at the screen."""
    folder: DataFolder = build_template(tmp_path / "shop")
    settings = shop_settings(server={"port": 0})
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    with running_shop(folder, settings) as shop:
        thread = threading.Thread(target=shop.server.serve)
        thread.start()
        counter = Counter(page, shop.address, folder, Scanner(page))
        page.goto(f"{shop.address}sign-in")
        page.get_by_role("radio", name="Lan").check()
        counter.type(PIN)
        page.wait_for_url(lambda address: "sign-in" not in address)
        yield counter
        shop.server.stop()
        thread.join()


def test_from_a_list_to_the_first_sale(empty_shop: Counter, tmp_path: Path) -> None:
    page, began = empty_shop.page, time.monotonic()
    (tmp_path / "hang.xlsx").write_bytes(list_of_sixty())

    page.goto(f"{empty_shop.address}inventory/products")
    page.keyboard.press("F9")
    page.locator("[name=file]").set_input_files(tmp_path / "hang.xlsx")
    empty_shop.picture("goods-from-a-spreadsheet")
    page.keyboard.press("F9")
    expect(page.locator(".import-rows tbody tr")).to_have_count(60)
    page.locator("[name=terms]").select_option("bought")
    page.locator("[name=group]").select_option("I.2.b")
    page.keyboard.press("F8")
    expect(page.locator(".import-counts")).to_contain_text("Mới: 59")  # one name of the list stands in it twice
    empty_shop.picture("goods-looked-over")
    page.keyboard.press("F9")
    expect(page.locator("h1")).to_contain_text("Đã nhập từ hang.xlsx")

    page.goto(f"{empty_shop.address}till")
    empty_shop.open_shift()
    empty_shop.scan(barcode(7))
    expect(empty_shop.lines).to_have_count(1)
    empty_shop.press("F9")
    expect(page.locator("#amount")).to_be_focused()
    empty_shop.press("Enter")
    expect(page.locator(".sold")).to_contain_text("Biên lai số 1")

    assert time.monotonic() - began < 60
