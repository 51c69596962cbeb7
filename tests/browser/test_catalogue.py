"""A manager puts right what was mistyped: a producer's place, a price to come, a certificate; two managers at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pos.running import RunningShop
from tests.browser.conftest import BY_HAND_MS, PATIENCE_MS, Counter, ask
from tests.core.web.wedge import Scanner

pytestmark = pytest.mark.browser

HONEY = "Mật ong ngũ gia bì"


@pytest.fixture
def manager(page: Page, at_work: RunningShop, demo_folder) -> Counter:
    """A manager signed in."""
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    counter = Counter(page, at_work.address, demo_folder, Scanner(page))
    counter.sign_in("manager")
    return counter


def open_page(manager: Counter, address: str) -> Page:
    manager.page.goto(manager.address + address)
    return manager.page


def recorded(page: Page) -> None:
    expect(page.locator(".message-ok")).to_contain_text("Đã ghi")


def test_what_was_mistyped_is_put_right_and_stays_in_the_history(manager):
    page = open_page(manager, "inventory/producers")
    manager.type("hong nhung")
    expect(page.locator("#producers tbody tr")).to_have_count(1)
    page.locator("#producers tbody a").click()
    page.get_by_role("link", name="Sửa", exact=True).click()
    page.locator("[name=commune]").press_sequentially("dong mo", delay=BY_HAND_MS)
    page.get_by_label("Xã Chi Lăng, Tỉnh Lạng Sơn").check()
    page.locator("[name=name]").fill("HTX Thạch đen Hồng Nhung mới")
    page.keyboard.press("F9")
    recorded(page)
    expect(page.locator("main")).to_contain_text("Xã Chi Lăng, Tỉnh Lạng Sơn")
    page.get_by_role("link", name="Lịch sử").click()
    expect(page.locator(".history li").first).to_contain_text("HTX Thạch đen Hồng Nhung mới")

    [[sku]] = ask(manager.folder, "SELECT sku FROM products WHERE name = ?", HONEY)
    open_page(manager, f"inventory/products/{sku}")
    page.get_by_text("Giá bán mới").click()
    page.locator("[name=amount]").fill("12.000")
    page.locator("form[action$='/prices'] [name=from_day]").fill("2099-12-01")
    page.locator("form[action$='/prices'] button").click()
    recorded(page)
    expect(page.locator("main")).to_contain_text("từ 01/12/2099")
    page.get_by_text("Rút lại").first.click()
    page.locator("form[action$='/taking-back'] [name=reason]").fill("thiếu số không")
    page.locator("form[action$='/taking-back'] button").dblclick()
    recorded(page)
    expect(page.locator("main")).not_to_contain_text("từ 01/12/2099")
    assert ask(manager.folder, "SELECT count(*) FROM taken_back") == [(1,)]


def test_a_certificate_is_entered_and_corrected_while_somebody_else_has_it_open(manager, at_work, context):
    [[sku]] = ask(manager.folder, "SELECT sku FROM products WHERE name = ?", HONEY)
    page = open_page(manager, f"inventory/products/{sku}")
    page.get_by_text("Giấy chứng nhận OCOP", exact=True).last.click()
    form = page.locator("form[action$='/certificates']")
    for name, value in {"stars": "5", "decision": "QĐ 77", "issuer": "UBND tỉnh"}.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("[name=decision_date]").fill("2026-11-01")
    form.locator("button").click()
    recorded(page)
    page.get_by_role("link", name="QĐ 77").click()
    other = context.new_page()
    other.goto(page.url)

    page.locator("[name=stars]").fill("4")
    page.locator("form[action$='/correction'] [name=reason]").fill("gõ nhầm sao")
    page.keyboard.press("F9")
    expect(page.locator(".history li").first).to_contain_text("5 → 4")
    other.locator("[name=issuer]").fill("UBND huyện")
    other.locator("form[action$='/correction'] [name=reason]").fill("gõ nhầm")
    other.keyboard.press("F9")

    expect(other.locator("#messages .message")).to_contain_text("Số sao 5 → 4")
    expect(other.locator("[name=issuer]")).to_have_value("UBND huyện")
    assert ask(manager.folder, "SELECT stars, issuer FROM certificates WHERE decision = 'QĐ 77'") == [(4, "UBND tỉnh")]
