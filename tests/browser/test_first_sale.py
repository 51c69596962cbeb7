"""The first sale, by keyboard alone: sign in, open the shift, five things, half cash half transfer, paper, close."""

from __future__ import annotations

import io
import re
import time

import pytest
import zxingcpp
from PIL import Image, ImageChops
from playwright.sync_api import expect

from core.database import db
from core.vietqr import read_vietqr
from pos.receipt import draw_receipt
from pos.replay import verify_shop
from pos.running import RunningShop
from printers.raster import draw
from printers.text_writer import as_text
from printers.virtual_mechanism import Paper
from printers.virtual_printer import VirtualPrinter
from tests.browser.conftest import NEM, NOODLES, TEA, Counter, ask, keep_paper

pytestmark = pytest.mark.browser


def papers(printer: VirtualPrinter, count: int) -> list[Paper]:
    """The papers that came out, once there are so many."""
    until = time.monotonic() + 30
    while len(printer.mechanism.papers) < count and time.monotonic() < until:
        time.sleep(0.05)
    return printer.mechanism.papers


def dong(text: str) -> int:
    """The amount that a text names."""
    return int(re.sub(r"[^0-9]", "", text))


def test_the_first_sale(counter: Counter, at_work: RunningShop, printer: VirtualPrinter) -> None:
    page = counter.page

    counter.sign_in()
    counter.open_shift("500000")
    counter.scan(NOODLES, TEA, NEM, NOODLES)
    counter.type("hat de tuoi")
    expect(page.locator(".finder-hit.is-picked")).to_contain_text("Hạt dẻ tươi")
    counter.press("Enter")
    expect(counter.panel).to_contain_text("Cân chỉ bao nhiêu kg?")
    counter.type("0,85")
    counter.press("Enter")
    expect(counter.lines).to_have_count(4)
    expect(page.locator(".till-count")).to_contain_text("4 dòng · 5 món")

    total = dong(page.locator(".till-total .total").inner_text())
    half = total // 2
    counter.press("F9")
    expect(page.locator("#amount")).to_be_focused()
    counter.type(str(half))
    counter.press("Enter")
    expect(page.locator(".payment-left")).to_contain_text(f"{total - half:,}".replace(",", "."))
    counter.press("F3")
    expect(page.locator("svg.qr")).to_be_visible()
    counter.picture("payment")
    asked = read_vietqr(read_qr(page.locator("svg.qr").screenshot()))
    assert asked.amount is not None
    assert asked.amount.dong == total - half
    counter.press("Enter")
    expect(page.locator(".sold")).to_contain_text("Đã bán · Biên lai số 1")
    expect(page.locator(".sold")).to_contain_text("Đã in")
    counter.picture("sold")

    (receipt,) = papers(printer, 1)
    keep_paper(receipt.picture, "receipt")
    check_receipt(at_work, receipt, total, asked.purpose or "")
    assert printer.mechanism.pulses == 1  # cash was taken: the drawer opened

    count_and_close(counter, expected=500_000 + half)
    z_report = papers(printer, 2)[1]
    keep_paper(z_report.picture, "z-report-paper")

    assert ask(counter.folder, "SELECT total, change FROM sales") == [(total, 0)]
    assert ask(counter.folder, "SELECT kind, amount FROM tenders ORDER BY n") == [
        ("cash", half),
        ("transfer", total - half),
    ]
    with at_work.app.app_context():
        assert verify_shop().clean
        db.session.remove()


def count_and_close(counter: Counter, *, expected: int) -> None:
    """Close the shift by counting the drawer note by note, without being told what should be there."""
    page = counter.page
    counter.press("Alt+C")
    page.wait_for_url("**/shift")
    counter.press("F10")
    page.wait_for_url("**/shift/closing")
    assert f"{expected:,}".replace(",", ".") not in page.locator("main").inner_text()
    rest = expected
    for note in (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500):
        count, rest = divmod(rest, note)
        counter.type(str(count))
        counter.press("Enter")
    expect(page.locator("#counted")).to_contain_text(f"{expected - rest:,}".replace(",", "."))
    counter.picture("shift-closing")
    counter.press("F9")
    page.wait_for_url("**/shift/1")
    expect(page.locator(".z-figures")).to_contain_text("khớp" if not rest else f"thiếu {rest}")
    expect(page.locator(".paper-picture")).to_be_visible()
    counter.picture("z-report")


def check_receipt(shop: RunningShop, paper: Paper, total: int, order: str) -> None:
    """The paper is, dot by dot, the sale's receipt, whose text says what was sold."""
    with shop.app.app_context():
        blocks = draw_receipt(1, 0, False)
        db.session.remove()
    expected = draw(blocks, 576).convert("L")
    printed = paper.picture.convert("L")
    width, height = min(expected.width, printed.width), min(expected.height, printed.height)
    frame = (0, 0, width, height)
    assert ImageChops.difference(expected.crop(frame), printed.crop(frame)).getbbox() is None
    text = as_text(blocks, 48)
    for said in ("BIÊN LAI BÁN HÀNG", "Đây không phải là hóa đơn", "Miến dong Tràng Phái", "0,85 kg", "Chuyển khoản",
                 f"{total:,}".replace(",", "."), order):  # fmt: skip
        assert said in text, said


def read_qr(picture: bytes) -> str:
    """The text of the QR on a picture, by another program's reader."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    return found.text
