"""An inspector at the counter: yesterday's shop on one page, a scan into one product, a count sheet to take along."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from pypdfium2 import PdfDocument

from tests.browser.conftest import TEA, Counter


def test_the_inspectors_page_for_a_day_in_the_past(counter: Counter) -> None:
    counter.begin("auditor")
    page = counter.page
    page.goto(f"{counter.address}inspection")
    expect(page.locator("h1")).to_have_text("Trang thanh tra")
    today = page.locator("[name=day][data-key]").input_value()

    counter.press("F4")
    page.locator("[name=day][data-key]").fill(page.evaluate(_DAYS_AGO, 20))
    counter.press("F9")

    expect(page.locator(".page-head p")).not_to_contain_text(today)
    counted = page.locator(".answer", has_text="Sản phẩm trong cửa hàng").locator(".count")
    expect(counted).to_have_text(re.compile(r"\d+"))
    page.locator(".answer", has_text="Phiếu kiểm đếm").click()
    expect(page.locator("th", has_text="Đếm được")).to_be_visible()
    with page.expect_download() as handed:
        counter.press("F8")
    sheet = PdfDocument(handed.value.path())
    assert "Phiếu kiểm đếm theo chủ hàng" in sheet[0].get_textpage().get_text_range()

    counter.press("Escape")
    expect(page.locator("h1")).to_have_text("Trang thanh tra")
    counter.scanner.scan(TEA)
    expect(page.locator("h2").first).to_contain_text("Mọi lô đến")
    expect(page.locator("table.listing tbody tr").first).to_be_visible()


_DAYS_AGO = """days => {
  const day = new Date(Date.now() - days * 86400000);
  return [day.getDate(), day.getMonth() + 1, day.getFullYear()].map(n => String(n).padStart(2, "0")).join("/");
}"""
