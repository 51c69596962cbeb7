"""J4: eight threads and four browsers sell while the shop is killed again and again; no number is missing or twice."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from core.database import db, transaction
from inventory.lot import Terms
from pos.data_folder import DataFolder
from pos.register import add_register
from pos.sale import Sale
from tests.factories import (
    PIN,
    Shop,
    build_template,
    goods,
    open_shift,
    opened,
    receive,
    register_of,
    shop_settings,
)
from tests.faults.whole_shop_process import FIRST_REGISTER, THREADS, whole_shop_process
from tests.faults.wholeness import check_whole, come_back

pytestmark = pytest.mark.slow

BROWSERS = 4


@dataclass(frozen=True)
class BigShop:
    """A shop with a register and a shift for each who sells, and plenty on the shelf."""

    folder: DataFolder
    clerk: int
    sku: str


@pytest.fixture
def big_shop(tmp_path: Path) -> BigShop:
    folder = build_template(tmp_path / "shop")
    with opened(folder, shop_settings()) as app:
        shop = Shop(app, folder)
        receive(shop, "mật ong", 100_000, terms=Terms.on_commission(1500), of="HTX Mẫu Sơn")
        receive(shop, "chè Shan", 100_000)
        with transaction():
            for n in range(THREADS):
                add_register(code=str(FIRST_REGISTER + n), name=f"Quầy {FIRST_REGISTER + n}", by=shop.owner)
        for code in ("1", *(str(FIRST_REGISTER + n) for n in range(THREADS))):
            open_shift(shop, register_of(code))
        return BigShop(folder, shop.clerk.id, goods(shop, "chè Shan").sku)


@dataclass
class Browser:
    """A window at register 1, which it shares with three others. It sends again what it got no answer to."""

    shop: BigShop
    port: int = 0
    cookies: dict[str, str] = field(default_factory=dict)
    promised: list[str] = field(default_factory=list)

    def send(self, method: str, address: str, **form: object) -> tuple[int, str]:
        """One request; OSError or HTTPException when the shop is gone."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
            "HX-Request-Type": "partial",
        }
        try:
            line.request(method, address, urlencode(form), headers)
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, rest = cookie.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def insist(self, over: threading.Event, method: str, address: str, **form: object) -> tuple[int, str]:
        """The same request until it is answered."""
        while True:
            try:
                return self.send(method, address, **form)
            except (OSError, http.client.HTTPException):
                if over.is_set():
                    return 0, ""
                time.sleep(0.05)

    def sell_until(self, over: threading.Event) -> None:
        """Sign in, then one customer after the other."""
        status, _ = self.insist(over, "POST", "/sign-in", staff=self.shop.clerk, pin=PIN)
        assert status in (0, 200), status
        while not over.is_set():
            self.insist(over, "POST", "/till/lines", sku=self.shop.sku, key=uuid.uuid4())
            panel = self.insist(over, "GET", "/till/payment")[1]
            order = dict(re.findall(r'type="hidden" name="(order|total)" value="(\d+)"', panel))
            if len(order) < 2:
                continue  # another window sold the basket
            key, amount = str(uuid.uuid4()), order["total"]
            status, _ = self.insist(over, "POST", "/till/payment", **order, kind="cash", amount=amount, key=key)
            assert status in (0, 200, 409, 422), status
            if status == 200:
                self.promised.append(key)


def test_killed_again_and_again_while_all_sell_no_number_is_missing_or_twice(
    big_shop: BigShop, size: Callable[[str], int], count: Callable[..., None]
) -> None:
    kills, seconds = size("J4"), size("J4-seconds")
    browsers, over = [Browser(big_shop) for _ in range(BROWSERS)], threading.Event()
    windows = [threading.Thread(target=browser.sell_until, args=(over,)) for browser in browsers]
    numbers: list[int] = []
    for number, pause in enumerate(pauses(kills, seconds)):
        with whole_shop_process(big_shop.folder) as (shop, port):
            for browser in browsers:
                browser.port = port
            if not number:
                for window in windows:
                    window.start()
            ends = time.monotonic() + pause
            while time.monotonic() < ends:
                if shop.line.poll(0.05):
                    numbers.append(shop.line.recv())
            shop.process.kill()
            numbers += rest_of(shop.line)
    over.set()
    for window in windows:
        window.join()

    check_promises(big_shop, numbers, [key for browser in browsers for key in browser.promised])
    found = come_back(big_shop.folder, then_sell=False)
    by_browsers = sum(len(browser.promised) for browser in browsers)
    count(
        f"J4: sales under {kills} kills",
        by_threads=len(numbers),
        by_browsers=by_browsers,
        kept_and_not_told=found.sales - len(numbers) - by_browsers,
    )


def pauses(kills: int, seconds: int) -> Iterator[float]:
    """How long the shop lives each time; together so many seconds."""
    chance = random.Random(20261122)
    parts = [chance.random() + 0.5 for _ in range(kills)]
    return iter([seconds * part / sum(parts) for part in parts])


def rest_of(line: object) -> list[int]:
    """What it had still said when it was killed; the last word may be torn."""
    found: list[int] = []
    while True:
        try:
            found.append(line.recv())  # type: ignore[attr-defined]
        except (EOFError, OSError):
            return found


def check_promises(shop: BigShop, numbers: list[int], keys: list[str]) -> None:
    """Each number that was promised is there, once; each press that was answered sold once."""
    assert len(numbers) == len(set(numbers))
    assert len(keys) == len(set(keys))
    assert numbers
    assert keys
    with opened(shop.folder, shop_settings()):
        sold = {key: number for key, number in db.session.execute(select(Sale.key, Sale.number))}  # noqa: C416  (dict() takes no rows)
        check_whole()
    assert set(numbers) <= set(sold.values())
    assert set(keys) <= sold.keys()
