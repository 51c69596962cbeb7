"""A browser that practises, and what stands on the shelf of the shop it practises in."""

from __future__ import annotations

import re
import uuid

import pytest
from werkzeug.test import TestResponse

from core.staff import Role
from tests.factories import Shop, goods, receive
from tests.pos.web.conftest import HTMX, Screen


class Practising(Screen):
    """A browser that practises: its pages say so with each request, as shell.html and macros.html have them do."""

    def __init__(self, shop: Shop, role: Role = Role.CLERK) -> None:
        super().__init__(shop, role)
        assert self.press("/practice/beginning").headers["HX-Redirect"] == "/till"

    def part(self, address: str, **args: object) -> TestResponse:
        return self.send("GET", address, query_string=args, headers={**HTMX, "X-Practice": "1"})

    def press(self, address: str, /, *, key: str = "", **fields: object) -> TestResponse:
        mark = {} if address == "/practice/beginning" else {"practice": "1"}
        headers = HTMX | ({"X-Practice": "1"} if mark else {})
        return self.send("POST", address, data={"key": key or str(uuid.uuid4()), **mark, **fields}, headers=headers)


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    """Honey and noodles on the shelf, and no shift open."""
    receive(shop, "mật ong", 10, price=95_000)
    receive(shop, "miến dong", 10, price=55_000)
    return shop


def number_of(shop: Shop, name: str) -> str:
    return goods(shop, name).sku


def pay_form(screen: Screen) -> dict[str, str]:
    panel = screen.part("/till/payment").text
    return dict(re.findall(r'type="hidden" name="(order|total)" value="(T?\d+)"', panel))
