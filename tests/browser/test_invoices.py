"""The owner lets the shop make invoices; a buyer asks for one; it goes out as a file and its answer is brought back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.current_settings import current_settings
from core.database import db
from pos.data_folder import DataFolder
from pos.invoice.folder_provider import TO_SEND
from pos.invoice.sender import CERTIFICATE, FOLDER, provider_of, send_what_is_due
from pos.replay import verify_shop
from pos.running import RunningShop
from tests.browser.conftest import NOODLES, PATIENCE_MS, Counter
from tests.core.web.wedge import Scanner
from tests.pos.invoice.fake_provider import answer_of

pytestmark = pytest.mark.browser


@pytest.fixture
def owner(page: Page, at_work: RunningShop, demo_folder: DataFolder) -> Counter:
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    counter = Counter(page, at_work.address, demo_folder, Scanner(page))
    counter.sign_in("owner")
    return counter


def shot(counter: Counter, name: str) -> None:
    """Keep what the screen shows where INVOICE_SHOTS says, for whoever wants to look."""
    if folder := os.environ.get("INVOICE_SHOTS"):
        counter.page.wait_for_timeout(300)
        counter.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def let_the_shop_make_invoices(owner: Counter) -> None:
    page = owner.page
    page.goto(f"{owner.address}settings/invoices")
    page.get_by_label("Ai ký số").select_option("test")
    owner.press("F8")
    expect(page.locator(".message-ok")).to_contain_text("Đã lưu")
    page.locator("select[name=duty]").select_option("till")
    owner.press("F9")
    expect(page.locator("dl.pairs dd").first).to_contain_text("Mỗi lần bán lập một hóa đơn")
    shot(owner, "settings")


def sell_to_a_company(owner: Counter) -> None:
    """The clerk mistypes the tax code first."""
    page = owner.page
    owner.scan(NOODLES)
    owner.press("Alt+i")
    expect(owner.panel).to_contain_text("Hóa đơn ghi cho ai?")
    page.get_by_label("Tên trên hóa đơn").fill("Công ty Hoa Hồi")
    page.locator("[name=tax_code]").fill("0107001728")
    shot(owner, "buyer")
    page.keyboard.press("Enter")
    expect(owner.message).to_contain_text("không phải mã số thuế: có chữ số sai")
    page.locator("[name=tax_code]").fill("0107001729")
    page.keyboard.press("Enter")
    expect(owner.panel).to_have_count(0)
    owner.press("F9")
    expect(page.locator("#amount")).to_be_focused()
    owner.press("Enter")
    expect(page.locator(".sold")).to_contain_text("Đã in")
    expect(page.locator("#foot")).to_contain_text("1 hóa đơn chờ mã")


def enter_a_block(owner: Counter) -> None:
    page = owner.page
    page.goto(f"{owner.address}invoices/blocks")
    for name, value in (("given", "A1B2C"), ("first", "1"), ("last", "1000")):
        page.locator(f"[name={name}]").fill(value)
    owner.press("F9")
    expect(page.locator("#messages")).to_contain_text("1 hóa đơn đã chờ được lập")
    shot(owner, "blocks")


def sent_file(shop: RunningShop, folder: DataFolder) -> Path:
    """The file that the sender lays out, a few seconds before it would by itself."""
    with shop.app.app_context():
        send_what_is_due(provider_of(current_settings(), folder.path), folder.path / CERTIFICATE)
        db.session.remove()
    (sent,) = (folder.path / FOLDER / TO_SEND).glob("*.xml")
    return sent


def test_an_invoice_from_the_basket_to_the_tax_offices_answer(
    owner: Counter, at_work: RunningShop, demo_folder: DataFolder, tmp_path: Path
) -> None:
    page = owner.page
    let_the_shop_make_invoices(owner)
    page.goto(f"{owner.address}till")
    owner.open_shift()
    sell_to_a_company(owner)
    enter_a_block(owner)
    sent = sent_file(at_work, demo_folder)
    assert "Công ty Hoa Hồi" in sent.read_text(encoding="utf-8")
    page.goto(f"{owner.address}invoices")
    expect(page.locator("#invoices")).to_contain_text("đã đóng gói, chưa có trả lời")
    shot(owner, "list")
    answer = tmp_path / "answer.xml"
    answer.write_bytes(answer_of(sent.stem))

    page.locator("[name=answer]").set_input_files(answer)
    owner.press("F9")

    expect(page.locator("#invoices")).to_contain_text("Cơ quan thuế đã chấp nhận mọi hóa đơn.")
    page.goto(f"{owner.address}invoices/M1-26-A1B2C-00000000001")
    expect(page.locator("main")).to_contain_text("cơ quan thuế chấp nhận")
    expect(page.locator("main")).to_contain_text("Ký bằng chứng thư thử")
    shot(owner, "invoice")
    with at_work.app.app_context():
        assert verify_shop().clean
        db.session.remove()
