"""Labels of a delivery, printed by keyboard alone, read off the paper by a decoder and scanned at the till."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from playwright.sync_api import expect

from pos.running import RunningShop
from tests.browser.conftest import NEM, Counter, ask
from tests.browser.test_first_sale import papers

pytestmark = pytest.mark.browser

_RECEIPT = (
    "SELECT goods_receipts.number, lots.number FROM lots JOIN goods_receipts USING (record_seq) "
    "JOIN product_numbers ON product_numbers.product_id = lots.product_id "
    "WHERE product_numbers.number = ? ORDER BY lots.id DESC LIMIT 1"
)


def test_the_label_of_a_lot_sells_that_lot(counter: Counter, at_work: RunningShop) -> None:
    label_printer = list(at_work.virtual.values())[1]
    ((receipt, lot),) = ask(counter.folder, _RECEIPT, NEM.zfill(14))
    counter.begin("manager")
    counter.begin_shift()
    counter.page.goto(f"{counter.address}inventory/receipts/{receipt}")

    counter.press("F7")
    expect(counter.page.locator(".left-behind").first).to_contain_text("lô của phiếu")
    counter.press("F4")
    expect(counter.page.locator("img.label-picture").first).to_be_visible()
    counter.page.get_by_label("Tem nhãn").first.select_option("paper-72x40")
    counter.press("F7")
    expect(counter.page).to_have_url(re.compile("stock=paper"))
    counter.page.wait_for_load_state()
    counter.press("F9")
    expect(counter.page).to_have_url(re.compile(r"labels/runs/\d+$"))

    strip = papers(label_printer, 1)[0].picture.convert("L")
    printed = {one.text for one in zxingcpp.read_barcodes(strip)}
    (label,) = (number for number in printed if number[3:12] == lot)
    counter.page.goto(f"{counter.address}till")
    counter.scan(label)

    expect(counter.lines).to_have_count(1)
    ((sold,),) = ask(counter.folder, "SELECT lots.number FROM basket_lines JOIN lots ON lots.id = basket_lines.lot_id")
    assert sold == lot
