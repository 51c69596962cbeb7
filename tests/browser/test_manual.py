"""The manual in front of a clerk: F1 everywhere, and pictures that show what the screens show.

One walk through the demo shop takes all pictures. PICTURES=1 keeps them; without it their words are compared.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from core.spreadsheet.writing import Column, as_xlsx
from pos.data_folder import DataFolder
from pos.first_run.app import create_first_run_app
from pos.running import RunningShop
from printers.virtual_mechanism import Fault
from printers.virtual_printer import VirtualPrinter
from tests.browser.album import HOW, Album, album
from tests.browser.conftest import BY_HAND_MS, NEM, NOODLES, TEA, Counter, ask

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SUPPLIER = "Công ty CP Đầu tư và Phát triển Ba Sơn"

# Screens that need nothing but their address, as the owner sees them; the second is what stands at the upper edge.
PLAIN = {
    "menu": ("menu", ""),
    "product-new": ("inventory/new", ""),
    "papers": ("inventory/papers", ""),
    "licences": ("inventory/licences", ""),
    "person-new": ("people/new", ""),
    "devices": ("devices", ""),
    "registers": ("settings/registers", ""),
    "printer-settings": ("settings/printers", ""),
    "receipt-words": ("settings/receipt", ""),
    "bank": ("settings/bank", ""),
    "passphrase": ("backups/passphrase", ""),
    "drills": ("backups/drills", ""),
    "clock": ("clock", ""),
    "customers": ("customers", ""),
    "breaches": ("breaches", ""),
}


@pytest.fixture
def first_run(tmp_path: Path) -> Iterator[str]:
    """The address of a first run whose shop is never made."""
    server = make_server("127.0.0.1", 0, create_first_run_app(DataFolder(tmp_path / "new")), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_pictures_show_what_the_screens_show(
    counter: Counter, at_work: RunningShop, printer: VirtualPrinter, first_run: str, tmp_path: Path
) -> None:
    taken = album(counter.page)

    open_and_fill(counter, taken)
    pay_and_look(counter, taken, printer)
    lock_and_close(counter, taken, at_work)
    counter.sign_in("owner")
    look_after_goods(counter, taken, tmp_path)
    look_after_the_shop(counter, taken)
    counter.page.goto(first_run)
    taken.take("first-run")

    stale = taken.close()
    assert not stale, "\n".join([f"Pictures of the manual are stale; run {HOW}", *stale])


def open_and_fill(counter: Counter, taken: Album) -> None:
    taken.take("shift-opening")
    counter.open_shift()
    counter.scan(TEA, NOODLES)
    counter.press("F7")
    expect(counter.page.locator("[name=label]")).to_be_focused()
    counter.type("chị nón đỏ")
    counter.press("Enter")
    expect(counter.page.locator(".till-tab")).to_have_count(2)
    counter.scan(NOODLES, NEM, TEA, NOODLES)
    expect(counter.page.locator(".till-count")).to_contain_text("3 dòng · 4 món")
    taken.take("till")
    counter.page.wait_for_timeout(4 * BY_HAND_MS)  # nobody takes a basket up while the scanner is still in the hand
    counter.press("F8")
    expect(counter.panel).to_be_visible()
    taken.take("parked")
    counter.press("Escape")
    expect(counter.panel).to_have_count(0)
    counter.press("Alt+K")
    expect(counter.panel).to_be_visible()
    taken.take("buyer")
    counter.press("Escape")
    expect(counter.panel).to_have_count(0)
    counter.type("hat de tuoi")
    expect(counter.page.locator(".finder-hit.is-picked")).to_contain_text("Hạt dẻ tươi")
    counter.press("Enter")
    expect(counter.panel).to_contain_text("Cân chỉ bao nhiêu")
    taken.take("weigh")
    counter.type("0,85")
    counter.press("Enter")
    expect(counter.panel).to_have_count(0)


def pay_and_look(counter: Counter, taken: Album, printer: VirtualPrinter) -> None:
    counter.press("F9")
    expect(counter.page.locator("#amount")).to_be_focused()
    counter.press("F3")
    expect(counter.page.locator("svg.qr")).to_be_visible()
    taken.take("payment")
    counter.press("Enter")
    expect(counter.page.locator(".sold")).to_contain_text("Đã in")
    taken.take("sold")
    counter.press("F5")
    expect(counter.page.locator(".paper-picture")).to_be_visible()
    taken.take("receipt-page")
    printer.fail(Fault.PAPER_END)
    counter.page.goto(f"{counter.address}till")
    counter.scan(NOODLES)
    counter.press("F9")
    expect(counter.page.locator("#amount")).to_be_focused()
    counter.press("Enter")
    expect(counter.page.locator("#foot")).to_contain_text("hết giấy")
    counter.page.goto(f"{counter.address}print-jobs")
    taken.take("printer")
    printer.recover()


def lock_and_close(counter: Counter, taken: Album, shop: RunningShop) -> None:
    page = counter.page
    page.goto(f"{counter.address}shift")
    page.locator("[name=reason]").fill("đổi tiền lẻ")
    counter.press("F6")
    expect(page.locator("#approval dialog")).to_be_visible()
    taken.take("approval")
    page.goto(f"{counter.address}shift/closing")
    page.locator("[name=amount]").fill("500000")
    taken.take("shift-closing")
    counter.press("F9")
    expect(page.locator(".paper-picture")).to_be_visible()
    taken.take("z-report")
    for token in shop.app.extensions["last_acts"]:
        shop.app.extensions["last_acts"][token] -= 3_600_000
    expect(page.locator("#lock")).to_be_visible(timeout=10_000)
    taken.take("lock")


def look_after_goods(counter: Counter, taken: Album, folder: Path) -> None:
    page = counter.page
    page.goto(f"{counter.address}inventory/receipts/draft")
    ((maker,),) = ask(counter.folder, "SELECT code FROM producers WHERE name = ?", SUPPLIER)
    page.locator("[name=supplier]").fill(maker)
    counter.press("Enter")
    expect(page.locator("#code")).to_be_focused()
    counter.scan(NOODLES)
    expect(page.locator("[name=quantity]")).to_be_visible()
    taken.take("goods-receipt")

    ((sku,),) = ask(counter.folder, "SELECT sku FROM products JOIN product_numbers ON products.id = product_id "
                                    "WHERE number = ?", f"0{NOODLES}")  # fmt: skip
    page.goto(f"{counter.address}inventory/products/{sku}")
    taken.take("product")
    page.locator(".acts details", has=page.locator("[name=amount]")).locator("summary").click()
    taken.take("price", top=".acts")
    page.goto(f"{counter.address}inventory/producers/{maker}/correction")
    taken.take("producer")

    (folder / "hang.xlsx").write_bytes(list_of_goods())
    page.goto(f"{counter.address}inventory/goods-import")
    page.locator("[name=file]").set_input_files(folder / "hang.xlsx")
    counter.press("F9")
    page.locator("[name=terms]").select_option("bought")
    page.locator("[name=group]").select_option("I.2.b")
    counter.press("F8")
    expect(page.locator(".import-counts")).to_contain_text("Mới: 3")
    taken.take("goods-import")


def list_of_goods() -> bytes:
    """A list as a shop keeps it."""
    headings = ("Tên hàng hóa", "Chủ thể", "ĐVT", "Giá bán lẻ", "Mã vạch", "Tồn kho", "Giá vốn", "HSD")
    rows = [
        ["Chè hoa vàng", "HTX Ba Chẽ", "hộp", "250k", "8936011110013", 20, 180_000, "31/12/2027"],
        ["Mật ong bạc hà", "HTX Mèo Vạc", "chai", "180.000", "8936011110020", 30, 130_000, "30/06/2028"],
        ["Gạo nếp nương", "HTX Tú Lệ", "kg", 45_000, "", 50, 32_000, "30/09/2027"],
    ]
    return as_xlsx("Hàng hóa", [Column(heading) for heading in headings], rows)


def look_after_the_shop(counter: Counter, taken: Album) -> None:
    page = counter.page
    for name, (address, top) in PLAIN.items():
        page.goto(f"{counter.address}{address}")
        taken.take(name, top=top)
    page.goto(f"{counter.address}backups")
    counter.press("F8")
    expect(page.locator("main")).to_contain_text("Đang sao lưu và kiểm tra")
    expect(page.get_by_role("button", name="Sao lưu ngay")).to_be_visible(timeout=20_000)
    expect(page.locator("main")).to_contain_text("Đã kiểm tra")
    taken.take("backups")


def test_f1_explains_the_screen_and_leads_back_to_it(till: Counter) -> None:
    page = till.page
    till.scan(NOODLES)
    till.press("F9")
    expect(page.locator("#amount")).to_be_focused()

    till.press("F1")  # over an open panel
    expect(page.locator("h1").first).to_have_text("Khách trả tiền thế nào?")
    for picture in page.locator(".manual-page img").all():
        assert picture.evaluate("el => el.complete && el.naturalWidth > 0")
    page.get_by_role("link", name="quản lý gõ PIN").click()
    expect(page.locator("h1").first).to_contain_text("Quản lý nhập PIN")
    till.press("Escape")
    expect(page.locator("#amount")).to_be_focused()

    till.press("Escape")
    expect(till.panel).to_have_count(0)
    till.press("Alt+Q")
    expect(page.locator(".signin-form")).to_be_visible()
    till.press("F1")
    expect(page.locator("h1").first).to_have_text("Đầu ca, thu ngân làm gì?")
    till.press("F2")
    page.locator("[name=text]").fill("quen ma pin")
    till.press("Enter")
    expect(page.locator(".manual-list a").first).to_contain_text("Quên mã PIN")
    till.press("Escape")
    expect(page.locator(".signin-form")).to_be_visible()


def test_the_manual_opens_no_lock(till: Counter, at_work: RunningShop) -> None:
    page = till.page
    for token in at_work.app.extensions["last_acts"]:
        at_work.app.extensions["last_acts"][token] -= 3_600_000
    expect(page.locator("#lock")).to_be_visible(timeout=10_000)

    till.press("F1")
    expect(page.locator("h1").first).to_have_text("Màn hình đang khóa, mở thế nào?")
    page.goto(f"{till.address}help/ban-hang")
    till.press("Escape")
    page.goto(f"{till.address}till")

    expect(page.locator("h1")).to_have_text("Màn hình đang khóa")
