"""Scans at the real till: none lost, wherever the focus is; what is refused says why and what to do."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Route, expect

from inventory.catalogue.product_number import check_digit
from tests.browser.conftest import NEM, NOODLES, ONLY_AN_EXPIRED_LOT, TEA, WITHOUT_PAPERS, Counter, ask, scale_label

pytestmark = pytest.mark.browser

UNKNOWN = "893850000001" + str(check_digit("893850000001"))
EXPIRED_LABEL = "01" + "0" + ONLY_AN_EXPIRED_LOT + "17261121" + "10L072A"
IN_STORE = "2000000000022"


def test_sixty_scans_back_to_back_are_sixty(till: Counter) -> None:
    for number in range(60):
        till.scanner.scan((NOODLES, TEA, NEM)[number % 3])
    till.settled()

    assert ask(till.folder, "SELECT product_id, quantity FROM basket_lines ORDER BY n") == [
        (59, 20_000),
        (13, 20_000),
        (7, 20_000),
    ]
    expect(till.page.locator(".till-count")).to_contain_text("60 món")
    expect(till.page.locator("#code")).to_have_value("")


@pytest.mark.parametrize("place", ["body", "[name=line]", ".till-acts button"])
def test_a_scan_is_taken_wherever_the_focus_is(till: Counter, place: str) -> None:
    till.scan(NOODLES)
    if place == "body":
        till.page.evaluate("() => document.activeElement.blur()")
    else:
        till.page.locator(place).first.focus()

    till.scan(TEA, NOODLES)

    expect(till.lines).to_have_count(2)
    expect(till.page.locator(".till-count")).to_contain_text("3 món")


def test_a_scan_over_an_open_panel_closes_it_and_is_not_typed_into_its_field(till: Counter) -> None:
    till.scan(NOODLES)
    till.press("F4")
    expect(till.page.locator("[name=quantity]")).to_be_focused()

    till.scan(TEA)

    expect(till.panel).to_have_count(0)
    assert ask(till.folder, "SELECT quantity FROM basket_lines ORDER BY n") == [(1000,), (1000,)]
    expect(till.page.locator("#code")).to_be_focused()


def test_a_scan_while_money_is_taken_adds_to_the_total_and_keeps_what_was_taken(till: Counter) -> None:
    till.scan(NOODLES, TEA)
    till.press("F9")
    expect(till.page.locator("#amount")).to_be_focused()
    till.type("100000")
    till.press("Enter")
    expect(till.page.locator(".payment-sums")).to_contain_text("100.000 ₫")

    till.scan(NEM)

    expect(till.lines).to_have_count(3)
    expect(till.page.locator(".till-taken")).to_contain_text("100.000 ₫")


def test_labels_with_weight_lot_and_expiry_are_read(till: Counter) -> None:
    till.scan(IN_STORE, scale_label("00052", 730))
    expect(till.lines.nth(1)).to_contain_text("0,73 kg")

    till.scan("010893000000059017270925" + "10L058A")

    expect(till.lines).to_have_count(3)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (UNKNOWN, "Hãy tìm theo tên"),
        (NOODLES[:-1] + "1", "không đúng"),
        (WITHOUT_PAPERS, "giấy chứng nhận OCOP đã hết hạn"),
        (EXPIRED_LABEL, "Hãy lấy khỏi kệ, không được bán"),
        ("01020000000002441726123110TH-0926", "bị thu hồi"),
    ],
    ids=["unknown", "misread", "no papers", "expired", "recalled"],
)
def test_a_refused_scan_says_what_happened_and_what_to_do(till: Counter, code: str, sentence: str) -> None:
    till.scan(NOODLES)

    till.scan(code)

    expect(till.message).to_contain_text(sentence)
    expect(till.message).to_be_in_viewport()
    assert till.page.evaluate("() => document.documentElement.dataset.sounded") == "refused"
    expect(till.lines).to_have_count(1)
    till.press("Escape")
    expect(till.page.locator("#messages .message")).to_have_count(0)


def test_goods_whose_only_lot_is_past_its_day_are_barred_on_their_line(till: Counter) -> None:
    till.scan(ONLY_AN_EXPIRED_LOT)

    expect(till.lines.first).to_contain_text("chỉ được bán đến hết ngày")
    till.press("F9")
    expect(till.message).to_contain_text("chỉ được bán đến hết ngày")  # nobody is asked for money
    expect(till.panel).to_have_count(0)
    assert ask(till.folder, "SELECT count(*) FROM sales") == [(0,)]


def test_a_scan_through_a_vietnamese_input_method_is_refused_with_its_remedy(till: Counter) -> None:
    scanner = till.scanner
    for character in "89300":
        scanner.key(character)
    scanner.press("ô", "KeyO", 79, text="ô")
    for character in "0000590":
        scanner.key(character)
    scanner.press("Enter", "Enter", 13, text="\r")
    till.settled()

    expect(till.message).to_contain_text("tắt bộ gõ tiếng Việt")
    expect(till.lines).to_have_count(0)
    expect(till.page.locator("#code")).to_have_value("")


def test_search_without_marks_finds_and_the_arrows_choose(till: Counter) -> None:
    till.type("nuoc mam")
    hits = till.page.locator(".finder-hit")
    expect(hits.first).to_have_class("finder-hit is-picked")
    till.press("ArrowDown")
    expect(hits.nth(1)).to_have_class("finder-hit is-picked")
    chosen = hits.nth(1).locator(".finder-name").inner_text().rstrip("★ ")

    till.press("Enter")

    expect(till.lines.first).to_contain_text(chosen)
    expect(till.page.locator("#code")).to_have_value("")
    expect(hits).to_have_count(0)


def test_what_the_arrows_chose_stays_chosen_when_the_hits_are_drawn_anew(till: Counter) -> None:
    till.type("nuoc")
    hits = till.page.locator(".finder-hit")
    expect(hits.first).to_have_class("finder-hit is-picked")
    wanted = hits.nth(2).get_attribute("data-pick")
    till.press("ArrowDown", "ArrowDown")

    till.type(" mam")
    till.press("Enter")

    expect(till.lines).to_have_count(1)
    assert ask(till.folder, "SELECT sku FROM products JOIN basket_lines ON product_id = id") == [(wanted,)]


def test_enter_before_the_hits_are_there_waits_for_them(till: Counter) -> None:
    def slowly(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    till.page.route("**/till/search?**", slowly)
    till.type("mien dong trang phai")
    till.press("Enter")

    expect(till.lines.first).to_contain_text("Miến dong Tràng Phái")


def test_a_scan_that_begins_while_the_page_loads_is_put_together(till: Counter) -> None:
    def slowly(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    till.page.route("**/scanner.js*", slowly)
    till.page.goto(f"{till.address}till", wait_until="commit")
    expect(till.page.locator("#code")).to_be_focused()
    for character in NOODLES[:5]:
        till.scanner.key(character)
    expect(till.page.locator("#code")).to_have_value(NOODLES[:5])
    till.page.wait_for_load_state()

    for character in NOODLES[5:]:
        till.scanner.key(character)
    till.scanner.press("Enter", "Enter", 13, text="\r")
    till.settled()

    expect(till.lines.first).to_contain_text("Miến dong")
    expect(till.page.locator("#code")).to_have_value("")
    expect(till.page.locator("#messages .message")).to_have_count(0)
