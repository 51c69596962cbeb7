"""People at the screen: it locks and opens again as it was; a manager approves on the spot; a phone is let in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from pos.running import RunningShop
from tests.browser.conftest import NOODLES, TEA, Counter, ask, pin_of, place_of

pytestmark = pytest.mark.browser
PHONE = "192.168.1.50"


def leave_for_an_hour(shop: RunningShop) -> None:
    """Nobody has touched any screen since."""
    acts = shop.app.extensions["last_acts"]
    for token in acts:
        acts[token] -= 3_600_000


def test_the_screen_locks_over_the_basket_and_opens_as_it_was(till: Counter, at_work: RunningShop) -> None:
    till.scan(NOODLES)
    till.press("F9")
    expect(till.page.locator("#amount")).to_be_focused()
    till.page.locator("#amount").fill("123.000")
    lock, pin = till.page.locator("#lock"), till.page.locator("#lock [data-pin]")

    leave_for_an_hour(at_work)

    expect(lock).to_be_visible(timeout=10_000)
    expect(pin).to_be_focused()
    till.picture("lock")
    till.scanner.scan(TEA)  # somebody plays with the scanner: nothing is sold, nothing is a PIN
    till.press("Escape", "F10", "F9")
    expect(pin).to_have_value("")
    expect(lock).to_be_visible()
    till.type("975312")
    expect(lock.locator(".message")).to_contain_text("không khớp")
    assert ask(till.folder, "SELECT wrong FROM pin_tries WHERE wrong > 0") == [(1,)]

    till.type(pin_of("clerk"))

    expect(lock).to_be_hidden()
    expect(till.page.locator("#amount")).to_have_value("123.000")
    expect(till.page.locator("#amount")).to_be_focused()
    till.page.locator("#amount").fill("500.000")
    till.press("Enter")
    expect(till.page.locator(".sold")).to_be_visible()
    assert len(ask(till.folder, "SELECT 1 FROM sale_lines")) == 1


@pytest.fixture
def far_away(at_work: RunningShop) -> Iterator[str]:
    """The address at which the shop takes every caller for a phone on the network."""

    def seen_from_afar(environ: dict[str, Any], answer: Callable[..., Any]) -> Any:
        return at_work.app({**environ, "REMOTE_ADDR": PHONE}, answer)

    server = make_server("127.0.0.1", 0, seen_from_afar, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_manager_approves_at_the_till_and_lets_a_phone_in(till: Counter, far_away: str, browser: Browser) -> None:
    page = till.page
    page.goto(f"{till.address}shift")
    page.locator("[name=reason]").fill("đổi tiền lẻ")
    till.press("F6")
    panel = page.locator("#approval dialog")
    expect(panel).to_contain_text("Mở ngăn kéo khi không bán hàng")
    till.picture("approval")
    till.press("F3")  # the manager's tile; F1 is the manual, the owner's is F2
    till.type(pin_of("manager"))

    expect(panel).to_be_hidden()
    expect(page.locator("main")).to_contain_text("đổi tiền lẻ")
    told = "SELECT act, staff_id, approver_id FROM approvals"
    assert ask(till.folder, told) == [("open_drawer", place_of("clerk"), place_of("manager"))]

    page.goto(f"{till.address}shift/x")
    expect(page.locator("h1")).to_contain_text("Xem số tiền phải có")
    till.press("F3")
    till.type(pin_of("manager"))
    expect(page.locator("img.paper-picture")).to_be_visible()

    till.sign_in("manager")
    page.goto(f"{till.address}devices")
    page.locator("[name=name]").fill("Điện thoại kho")
    till.press("F9")
    code = page.locator(".code-digits").inner_text().replace(" ", "")
    phone = browser.new_page(viewport={"width": 390, "height": 844}, locale="vi-VN")
    phone.goto(f"{far_away}people")
    expect(phone.locator("h1")).to_have_text("Cho thiết bị này vào")
    phone.goto(f"{far_away}device#{code}")
    expect(phone.locator("[name=code]")).to_have_value(code)
    phone.get_by_role("button", name="Cho vào cửa hàng").click()
    phone.locator(".person").nth(place_of("manager") - 1).click()
    phone.locator("[data-pin]").fill(pin_of("manager"))
    phone.wait_for_url(lambda address: "sign-in" not in address)
    page.goto(f"{till.address}devices")
    expect(page.locator("main")).to_contain_text("Điện thoại kho")

    assert ask(till.folder, "SELECT code, revoked_at FROM devices") == [("01", None)]
