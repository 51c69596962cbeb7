"""The till without a mouse: every key that stands on a button does what the button says."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NEM, NOODLES, TEA, Counter, ask

pytestmark = pytest.mark.browser


def chosen(till: Counter) -> str:
    """The line that the next key acts on."""
    return till.page.locator(".basket-line:has(:checked) .basket-name").inner_text()


def test_arrows_choose_a_line_and_its_keys_change_it(till: Counter) -> None:
    till.scan(NOODLES, TEA, NEM)
    assert chosen(till).startswith("Nem")

    till.press("ArrowUp", "F4")
    expect(till.page.locator("[name=quantity]")).to_be_focused()
    till.type("3")
    till.press("Enter")

    expect(till.panel).to_have_count(0)
    expect(till.lines.nth(1)).to_contain_text("3 gói")
    assert chosen(till).startswith("Chè")
    till.press("ArrowUp", "Delete")
    expect(till.lines).to_have_count(2)
    assert ask(till.folder, "SELECT kind, product_id FROM corrections") == [("removal", 59)]


def test_the_lot_is_chosen_by_keys_with_a_reason(till: Counter) -> None:
    till.scan("2000000000022")  # two lots lie on the shelf
    before = till.lines.first.locator(".basket-lot").inner_text()
    till.press("F6")
    expect(till.page.locator("[name=lot]").first).to_be_focused()

    till.press("ArrowDown", "Tab", "Tab", "Space", "Enter")

    expect(till.panel).to_have_count(0)
    expect(till.lines.first).to_contain_text("Lô chọn tay")
    assert till.lines.first.locator(".basket-lot").inner_text() != before
    assert ask(till.folder, "SELECT kind, reason FROM corrections") == [("lot_by_hand", "Khách chọn lô này")]


def test_a_basket_is_parked_and_taken_up_again(till: Counter) -> None:
    till.scan(NOODLES, TEA)
    till.press("F7")
    expect(till.page.locator("[name=label]")).to_be_focused()
    till.type("chi non do")
    till.press("Enter")
    expect(till.page.locator(".till-tab")).to_have_count(2)
    till.scan(NEM)

    till.press("F8")
    expect(till.page.locator(".waiting-basket")).to_be_focused()
    till.press("Enter")

    expect(till.lines).to_have_count(2)
    expect(till.page.locator(".till-tab.is-current")).to_contain_text("chi non do")
    expect(till.page.locator("button.till-tab")).to_have_count(1)  # the nem wait in their turn


def test_a_basket_is_given_up_with_a_reason_and_stands_in_the_shift(till: Counter) -> None:
    till.scan(NOODLES)
    till.press("F10")
    expect(till.page.locator("[name=reason]").first).to_be_focused()
    till.press("Space", "Enter")
    expect(till.lines).to_have_count(0)

    till.press("Alt+C")

    expect(till.page.locator("main")).to_contain_text("Hủy giỏ hàng")
    expect(till.page.locator("main")).to_contain_text("Khách đổi ý")


def test_two_keys_take_exact_cash_and_the_next_scan_begins_the_next_basket(till: Counter) -> None:
    till.scan(NOODLES)

    till.press("F9")
    expect(till.page.locator("#amount")).to_be_focused()
    till.press("Enter")
    expect(till.page.locator(".sold")).to_contain_text("Đã thu đủ, không phải thối lại")
    till.scan(TEA)

    expect(till.lines).to_have_count(1)
    expect(till.page.locator(".sold")).to_have_count(0)
    assert ask(till.folder, "SELECT count(*) FROM sales") == [(1,)]


def test_a_quick_note_shows_the_change(till: Counter) -> None:
    till.scan(NOODLES)  # 44.000
    till.press("F9")
    expect(till.page.locator(".payment-notes button").first).to_contain_text("50.000")

    till.press("F5")

    expect(till.page.locator(".sold-change")).to_have_text("6.000 ₫")


def test_change_is_shown_while_typing_and_a_card_needs_its_number(till: Counter) -> None:
    till.scan(NOODLES)
    till.press("F9")
    expect(till.page.locator("#amount")).to_be_focused()
    till.type("100000")
    expect(till.page.locator("#change")).to_contain_text("56.000 ₫")

    till.press("F4")
    expect(till.page.locator("[name=reference]")).to_be_focused()
    till.press("Enter")
    expect(till.panel).to_be_visible()  # the field must be filled in
    till.type("004711")
    till.press("Enter")

    expect(till.page.locator(".sold")).to_contain_text("Thẻ")
    assert ask(till.folder, "SELECT kind, reference FROM tenders") == [("card", "004711")]


def test_escape_leaves_a_panel_and_the_focus_comes_home(till: Counter) -> None:
    till.scan(NOODLES)
    for key in ("F4", "F6", "F7", "F9", "F10"):
        till.press(key)
        expect(till.panel).to_be_visible()
        till.press("Escape")
        expect(till.panel).to_have_count(0)
        expect(till.page.locator("#code")).to_be_focused()


def test_one_key_speaks_english_and_back(till: Counter) -> None:
    till.scan(NOODLES)
    till.press("Alt+L")
    expect(till.page.locator("html")).to_have_attribute("lang", "en")
    expect(till.page.locator(".till-total .primary")).to_contain_text("Pay")
    expect(till.page.locator(".till-demo")).to_have_text("Demo: prices are invented")
    till.picture("till-english")

    till.press("Alt+L")

    expect(till.page.locator(".till-total .primary")).to_contain_text("Thanh toán")


def test_one_key_counts_a_visitor(till: Counter) -> None:
    till.press("F3")

    expect(till.page.locator(".till-visitors b")).to_have_text("1")
    till.press("F3")
    expect(till.page.locator(".till-visitors b")).to_have_text("2")


def test_every_button_of_the_till_shows_its_key(till: Counter) -> None:
    till.scan(NOODLES)

    for button in till.page.locator("main button:visible, main .button:visible").all():
        key = button.get_attribute("data-key")
        assert key, button.inner_text()
        assert button.locator("kbd").inner_text() in (key, "Del"), key


def test_the_keyboard_is_seen_where_it_is(till: Counter) -> None:
    till.scan(NOODLES, TEA)

    for _ in range(12):
        till.press("Tab")
        outline = till.page.evaluate(
            """() => {
              const focused = document.activeElement;
              const at = focused.matches("[name=line]") ? focused.closest("label") : focused;
              return at === document.body ? "body" : getComputedStyle(at).outlineStyle;
            }"""
        )
        assert outline in ("solid", "auto", "body")
