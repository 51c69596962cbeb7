"""Completing a sale of three lines: as a verb and over HTTP, each beside the floor of the same run."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from cheroot.wsgi import Server
from flask import Flask

from bench.crowded_shop import PIN, clerk_of_bench, crowded_shop, gtin_of
from bench.figure import Figure, Stopwatch, stopwatch
from bench.floor import Floor, Write, copy_database, written_by
from core.database import db, transaction
from core.money import Money
from pos.basket import Basket, basket_of, open_basket, scan_into
from pos.checkout import complete_sale
from pos.data_folder import DataFolder
from pos.quote import quote
from pos.register import register_by_code
from pos.tender import Paid, TenderKind

LINES = 3
VERB_BOUND, HTTP_BOUND = 10, 20  # times the floor


def measure(folder: Path, *, products: int = 2_000, sales: int = 300) -> Iterator[Figure]:
    """Medians over so many sales; the first tenth warms up and is not counted."""
    with crowded_shop(folder / "shop", products) as app:
        floor, verb = sell_beside_floor(folder, sales)
        http = sell_over_http(app, sales)
    yield Figure("sale_floor_sqlite_and_signature", floor.median(), "ms")
    yield Figure("sale_as_verb", verb.median(), "ms")
    yield Figure("sale_as_verb_to_floor", verb.median() / floor.median(), "times", VERB_BOUND)
    yield Figure("sale_over_http", http.median(), "ms")
    yield Figure("sale_over_http_to_floor", http.median() / floor.median(), "times", HTTP_BOUND)


def sell_beside_floor(folder: Path, sales: int) -> tuple[Stopwatch, Stopwatch]:
    """The verb in its transaction, as a page calls it, and the floor in turn, so that a slow second meets both.

    What the floor writes was caught before from sales of the same shape, on its way to the driver, and goes into a
    copy of the database made before them.
    """
    copy_database(DataFolder(folder / "shop").database, folder / "floor.sqlite")
    floor, verb = Floor(folder / "floor.sqlite"), stopwatch()
    for n, (before, writes) in enumerate([caught_sale(n) for n in range(sales)], start=sales):
        floor.write(before)
        floor.time(writes)
        order, total = fill_basket(n)
        with verb.lap():
            sell(order, total)
    return floor.watch.after(sales // 10), verb.after(sales // 10)


def caught_sale(n: int) -> tuple[list[Write], list[Write]]:
    """What the n-th customer's basket wrote, and what its sale wrote."""
    with written_by(db.engine) as before:
        order, total = fill_basket(n)
    with written_by(db.engine) as writes:
        sell(order, total)
    return before, writes


def fill_basket(n: int) -> tuple[str, Money]:
    """Three products scanned into the basket on the counter; its order code and what it comes to."""
    with transaction():
        register, clerk = register_by_code("1"), clerk_of_bench()
        assert register is not None
        basket = open_basket(register)
        for place in products_of(n):
            scan_into(basket, gtin_of(place), by=clerk)
        return basket.order_code, quote(basket).total


def products_of(n: int) -> list[int]:
    """Which three products the n-th customer takes."""
    return [1 + (n * 7 + step * 331) % 1_900 for step in range(LINES)]


def sell(order: str, total: Money) -> None:
    """Complete the basket of an order, paid in cash to the đồng."""
    with transaction():
        basket = basket_to_sell(order)
        complete_sale(basket, paid=[Paid(TenderKind.CASH, total)], key=str(uuid.uuid4()), by=clerk_of_bench())


class Browser:
    """What a browser at the till sends, over one kept connection."""

    def __init__(self, host: str, port: int) -> None:
        self.connection, self.cookie, self.token = HTTPConnection(host, port), "", ""

    def get(self, path: str) -> str:
        """A page; its token is kept for the next form."""
        return self._send("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> str:
        """A form, as a fragment is asked for."""
        return self._send("POST", path, urlencode({**fields, "csrf_token": self.token, "key": str(uuid.uuid4())}))

    def _send(self, method: str, path: str, body: str | None) -> str:
        headers = {"Cookie": self.cookie, "HX-Request": "true", "HX-Request-Type": "partial"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if method == "GET":
            headers = {"Cookie": self.cookie}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        assert answer.status in {200, 303}, f"{method} {path}: {answer.status} {page[:500]}"
        if cookie := answer.getheader("Set-Cookie"):
            self.cookie = cookie.split(";")[0]
        if found := re.search(r'name="csrf_token" value="([^"]+)"', page):
            self.token = found[1]
        return page


def sell_over_http(app: Flask, sales: int) -> Stopwatch:
    """The press that completes the sale, from the request to the redrawn till."""
    server = Server(("127.0.0.1", 0), app, numthreads=4)
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    browser, watch = Browser(*server.bind_addr[:2]), stopwatch()
    browser.get("/sign-in")
    browser.post("/sign-in", {"staff": str(clerk_of_bench().id), "pin": PIN})
    db.session.rollback()
    for n in range(sales):
        browser.get("/till")
        order, total = fill_basket(n)
        fields = {"order": order, "total": str(total.dong), "kind": "cash", "amount": str(total.dong)}
        with watch.lap():
            browser.post("/till/payment", fields)
    server.stop()
    return watch.after(sales // 10)


def basket_to_sell(order: str) -> Basket:
    """The basket of an order code."""
    basket = basket_of(order)
    assert basket is not None
    return basket
