"""One day, two clerks: a sale, an expense out of the drawer with a manager beside it, and the drawer handed over."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from core.database import db
from pos.replay import verify_shop
from pos.running import RunningShop
from tests.browser.conftest import NOODLES, TEA, Counter, ask, pin_of

pytestmark = pytest.mark.browser


def test_a_drawer_is_handed_over_with_a_cash_out_in_between(till: Counter, at_work: RunningShop) -> None:
    page = till.page
    till.scan(NOODLES, TEA)
    total = int(re.sub(r"[^0-9]", "", page.locator(".till-total .total").inner_text()))
    till.press("F9")
    expect(page.locator("#amount")).to_be_focused()
    till.type(str(total))
    till.press("Enter")
    expect(page.locator(".sold")).to_contain_text("Đã bán")

    till.press("Alt+C")
    page.wait_for_url("**/shift")
    till.press("F7")
    page.wait_for_url("**/shift/cash")
    out = page.locator("#cash-out")
    out.locator("[name=purpose]").select_option("expense")
    out.locator("[name=amount]").fill("300k")
    out.locator("[name=payee]").fill("Điện lực")
    out.locator("[name=reason]").fill("tiền điện tháng 10")
    till.press("F9")
    panel = page.locator("#approval")
    expect(panel).to_contain_text("quá mức thu ngân được tự lấy")
    till.picture("cash-out-approval")
    panel.locator("input[name=approver][value]").nth(1).check(force=True)
    panel.locator("[name=approver_pin]").fill(pin_of("manager"))
    till.press("Enter")
    expect(page.locator("main")).to_contain_text("Điện lực · tiền điện tháng 10")
    till.picture("cash-in-and-out")

    till.press("Alt+C")
    page.wait_for_url("**/shift")
    till.press("F8")
    page.wait_for_url("**/shift/hand-over")
    held = 500_000 + total - 300_000
    assert f"{held:,}".replace(",", ".") not in page.locator("main").inner_text()
    page.locator("[name=amount]").fill(str(held))
    page.locator("[name=next]").select_option(label=name_of(till, "manager"))
    page.locator("[name=next_pin]").fill(pin_of("manager"))
    till.picture("hand-over")
    till.press("F9")
    page.wait_for_url("**/shift/1")
    expect(page.locator(".z-figures")).to_contain_text("khớp")
    expect(page.locator(".z-figures")).to_contain_text(f"Bàn giao cho {name_of(till, 'manager')}")

    assert ask(till.folder, "SELECT number, float FROM shifts ORDER BY number") == [(1, 500_000), (2, held)]
    assert ask(till.folder, "SELECT from_number, handed FROM hand_overs") == [(1, held)]
    assert ask(till.folder, "SELECT purpose, amount FROM cash_moves") == [("expense", 300_000)]
    with at_work.app.app_context():
        assert verify_shop().clean
        db.session.remove()


def name_of(counter: Counter, role: str) -> str:
    ((name,),) = ask(counter.folder, "SELECT name FROM staff WHERE role = ?", role)
    return str(name)
