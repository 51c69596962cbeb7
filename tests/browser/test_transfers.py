"""Half cash, half transfer; the money is late, the next customer is served, then the bank tells the till."""

from __future__ import annotations

import json
import re
import threading
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from config.settings import load_settings
from core.clock import now
from core.database import db
from pos.bank_notice.signature import sign
from pos.data_folder import DataFolder
from pos.replay import verify_shop
from pos.running import RunningShop, running_shop
from tests.browser.conftest import NOODLES, TEA, Counter, ask

pytestmark = pytest.mark.browser

SECRET = "s" * 32


@pytest.fixture
def at_work(demo_folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningShop]:
    """The demo shop, with its door open for the bank's relay."""
    monkeypatch.setenv("SHOP_SECRET_BANK_NOTICES", SECRET)
    settings = load_settings(demo_folder.path, {"server": {"port": 0}, "bank_notices": {"enabled": True}})
    with running_shop(demo_folder, settings) as shop:
        thread = threading.Thread(target=shop.server.serve)
        thread.start()
        yield shop
        shop.server.stop()
        thread.join()


def tell(shop: RunningShop, order: str, dong: int) -> dict[str, str]:
    """What a relay sends when the bank has told it of a transfer."""
    told = {"id": "FT1", "amount": dong, "account": "KHONGCHUYENTIEN", "description": f"{order} mua hang"}
    body, stamp = json.dumps(told).encode(), str(int(now().timestamp()))
    headers = {"X-Shop-Timestamp": stamp, "X-Shop-Signature": sign(SECRET, stamp, body)}
    knock = urllib.request.Request(f"{shop.address}bank-notices", body, {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(knock) as answer:
        return json.loads(answer.read())


def dong(text: str) -> int:
    return int(re.sub(r"[^0-9]", "", text))


def test_the_late_half_of_a_split_payment(till: Counter, at_work: RunningShop) -> None:
    page = till.page
    till.scan(NOODLES, TEA)
    total = dong(page.locator(".till-total .total").inner_text())
    half = total // 2
    till.press("F9")
    expect(page.locator("#amount")).to_be_focused()
    till.type(str(half))
    till.press("Enter")
    rest = total - half
    expect(page.locator(".payment-left")).to_contain_text(f"{rest:,}".replace(",", "."))
    till.press("F3")
    expect(page.locator("svg.qr")).to_be_visible()

    # The speaker says a thousandth; the clerk types what it says, and is stopped.
    assert rest % 1_000 == 0
    till.type(f"{rest // 1_000}")
    till.press("Enter")
    expect(page.locator(".payment-stop")).to_contain_text("DỪNG LẠI")

    # The money is late: the basket is parked, the next customer pays.
    till.press("F7")
    expect(till.panel).to_have_count(0)
    expect(page.locator("#foot")).to_contain_text("1 chuyển khoản đang chờ")
    till.scan(NOODLES)
    till.press("F9")
    expect(page.locator("#amount")).to_be_focused()
    till.press("Enter")
    expect(page.locator(".sold")).to_contain_text("Biên lai số 1")

    # From the foot to the list, from the list back to the panel, which hears the bank by itself.
    page.locator("#foot a", has_text="chuyển khoản đang chờ").click()
    expect(page.locator(".transfer")).to_have_count(1)
    till.press("Alt+1")
    expect(page.locator("svg.qr")).to_be_visible()
    ((order,),) = ask(till.folder, "SELECT order_code FROM transfer_requests")
    assert tell(at_work, order, rest) == {"result": "matched"}
    expect(page.locator(".payment-come")).to_contain_text("Ngân hàng báo")
    till.press("Enter")
    expect(page.locator(".sold")).to_contain_text("Biên lai số 2")
    expect(page.locator(".sold")).to_contain_text("Đã in")

    assert ask(till.folder, "SELECT kind, amount FROM tenders WHERE sale_number = 2 ORDER BY n") == [
        ("cash", half),
        ("transfer", rest),
    ]
    with at_work.app.app_context():
        assert verify_shop().clean
        db.session.remove()
