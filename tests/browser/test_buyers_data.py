"""A buyer says yes at the till, is masked ever after, and is forgotten when they wish; and a breach is entered."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NOODLES, Counter, ask

pytestmark = pytest.mark.browser


def test_a_buyer_says_yes_and_is_forgotten(till: Counter) -> None:
    page = till.page
    till.scan(NOODLES)

    till.press("Alt+k")
    expect(till.panel.get_by_text("Anh/chị có đồng ý không?").last).to_be_hidden()  # nothing is agreed to by default
    till.panel.get_by_role("radio").last.check()
    expect(till.panel.get_by_text("Anh/chị có đồng ý không?").last).to_be_visible()
    till.picture("buyer")
    page.locator("[name=phone]").fill("0912 345 957")
    page.locator("[name=name]").fill("Nguyễn Thị Hương")
    till.press("Enter")
    expect(till.panel).to_have_count(0)
    till.press("F9")
    expect(page.locator("#amount")).to_be_focused()
    till.press("Enter")
    expect(page.locator(".sold")).to_contain_text("Biên lai số 1")

    till.press("Alt+q")
    page.wait_for_url("**/sign-in**")
    till.sign_in("manager")
    page.goto(f"{till.address}customers")
    page.locator("[name=text]").fill("0912345957")
    till.press("Enter")
    expect(page.locator("tbody")).to_contain_text("0912 xxx 957")
    till.picture("buyers")
    page.get_by_role("link", name="0912 xxx 957").click()
    expect(page.locator("h1")).to_contain_text("N. T. Hương")
    till.picture("buyer-page")
    page.locator("summary", has_text="Xóa thông tin").click()
    page.get_by_role("button", name="Xóa thông tin").click()
    expect(page.locator("#messages")).to_contain_text("Đã xóa")
    assert ask(till.folder, "SELECT count(*) FROM customers") == [(0,)]

    page.goto(f"{till.address}breaches")
    page.locator("[name=what]").fill("Mất điện thoại của quầy")
    till.press("F9")
    expect(page.locator("main")).to_contain_text("hạn chót")
    till.picture("breach")
