"""A discount on the whole basket: the clerk asks, a manager's PIN allows it, and the paper says what was saved."""

from __future__ import annotations

from playwright.sync_api import expect

from printers.virtual_printer import VirtualPrinter
from tests.browser.conftest import NOODLES, TEA, Counter, ask, keep_paper, pin_of


def test_a_basket_discount_waits_for_a_managers_pin(till: Counter, printer: VirtualPrinter) -> None:
    till.scan(NOODLES, TEA)
    before = till.page.locator("output.total").inner_text()

    till.press("Alt+u", "F3")
    expect(till.panel.locator("[name=off]")).to_be_focused()
    expect(till.panel.locator("[name=scope][value=basket]")).to_be_checked()
    till.type("10")
    till.panel.get_by_text("Khách quen").click()
    till.picture("discount")
    till.press("Enter")
    approval = till.page.locator("#approval")
    expect(approval).to_contain_text("Giảm giá quá mức nhân viên được tự giảm")
    assert till.page.locator("output.total").inner_text() == before  # nothing is done yet
    approval.locator("select, [name=approver]").first.wait_for()
    approval.locator("[name=approver_pin]").fill(pin_of("manager"))
    till.press("Enter")
    expect(till.page.locator(".chip-off")).to_have_count(2)
    expect(till.page.locator("output.total")).not_to_have_text(before)
    till.picture("till-with-a-discount")

    till.press("F9", "Enter")

    expect(till.page.locator(".sold")).to_be_visible()
    ((total, off),) = ask(
        till.folder,
        "SELECT s.total, (SELECT sum(amount) FROM line_discounts WHERE kind = 'basket') FROM sales s",
    )
    assert off * 9 == total
    assert ask(till.folder, "SELECT act FROM approvals") == [("discount",)]
    printer.wait_for_papers(1)
    keep_paper(printer.papers[-1], "receipt-with-discounts")
