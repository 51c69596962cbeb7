"""A discount on the whole basket: the clerk asks, a manager's PIN allows it, and the paper says what was saved."""

from __future__ import annotations

from playwright.sync_api import expect

from printers.virtual_printer import VirtualPrinter
from tests.browser.conftest import NOODLES, TEA, Counter, ask, keep_paper, pin_of
from tests.browser.test_first_sale import papers


def test_a_basket_discount_waits_for_a_managers_pin(till: Counter, printer: VirtualPrinter) -> None:
    till.scan(NOODLES, TEA)
    shown = till.page.locator("output.total")
    before = shown.inner_text()

    till.press("Alt+u")
    expect(till.panel).to_contain_text("Giảm dòng này")
    till.press("F3")
    expect(till.panel).to_contain_text("Cả giỏ hàng")
    expect(till.panel.locator("[name=off]")).to_be_focused()
    till.type("10")
    till.panel.get_by_text("Khách quen").click()
    till.picture("discount")
    till.press("Enter")
    approval = till.page.locator("#approval dialog")
    expect(approval).to_contain_text("Giảm giá quá mức nhân viên được tự giảm")
    expect(shown).to_have_text(before)
    till.press("F3")  # the manager's tile; F1 is the manual, the owner's is F2
    till.type(pin_of("manager"))
    expect(approval).to_be_hidden()
    expect(till.page.locator(".chip-off")).to_have_count(2)
    expect(till.page.locator(".till-saved")).to_contain_text("Giảm cả giỏ")
    till.picture("till-with-a-discount")
    till.press("F9")
    expect(till.page.locator("#amount")).to_be_focused()
    till.press("Enter")
    expect(till.page.locator(".sold")).to_be_visible()

    told = "SELECT total, (SELECT sum(amount) FROM line_discounts WHERE kind = 'basket') FROM sales"
    ((total, off),) = ask(till.folder, told)
    assert off == (total + off) // 10
    assert ask(till.folder, "SELECT act FROM approvals") == [("discount",)]
    (receipt,) = papers(printer, 1)
    keep_paper(receipt.picture, "receipt-with-a-discount")


def test_the_pin_panel_keeps_the_keys_of_the_panel_under_it(till: Counter) -> None:
    till.scan(NOODLES)
    till.press("Alt+u")
    expect(till.panel.locator("[name=off]")).to_be_focused()
    till.type("50")
    till.panel.get_by_text("Khách quen").click()
    till.press("Enter")
    expect(till.page.locator("#approval dialog")).to_be_visible()

    till.type("12")

    expect(till.page.locator("#approval [data-pin]")).to_have_value("12")
    expect(till.panel.locator("[name=off]")).to_have_value("50")


def test_a_key_pressed_before_the_panel_stands_is_the_panels(till: Counter) -> None:
    till.scan(NOODLES)
    till.page.wait_for_timeout(400)  # a key right behind a scan would belong to the scan

    till.page.keyboard.press("Alt+u")
    till.page.wait_for_timeout(90)
    till.page.keyboard.press("F3")

    expect(till.panel.locator("[name=scope][value=basket]")).to_be_checked()
    assert ask(till.folder, "SELECT count(*) FROM visitors") == [(0,)]
