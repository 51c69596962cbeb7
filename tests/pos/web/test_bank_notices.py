"""The door for the bank's relay: shut unless opened, deaf to whoever cannot sign, the same answer however often."""

from __future__ import annotations

import pytest

from core.clock import now
from core.database import transaction
from core.money import Money
from pos.bank_notice.generic_json import LARGEST_BYTES
from pos.bank_notice.rate import PER_MINUTE
from pos.bank_notice.signature import sign
from pos.transfers.arrival_table import Arrival, is_matched
from pos.transfers.request import ask_for_transfer
from pos.transfers.request_table import TransferRequest
from tests.factories import Shop, count_of, fill_basket, open_shift, receive
from tests.pos.web.bank_relay import ADDRESS, SECRET, hear_the_bank, notice, send


@pytest.fixture
def waiting(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> TransferRequest:
    """Two jars whose 200.000 đồng are waited for, in a shop that hears the bank."""
    hear_the_bank(shop, monkeypatch)
    open_shift(shop)
    receive(shop, "mật ong", 10)
    basket = fill_basket(shop, ("mật ong", 2))
    with transaction():
        return ask_for_transfer(basket, Money(200_000), by=shop.clerk)


def test_a_signed_notice_settles_the_request_that_it_names(shop: Shop, waiting: TransferRequest) -> None:
    answer = send(shop, notice(waiting.order_code, 200_000))

    assert (answer.status_code, answer.json) == (200, {"result": "matched"})
    assert is_matched(waiting)
    assert "Set-Cookie" not in answer.headers


def test_told_again_it_is_known_and_changes_nothing(shop: Shop, waiting: TransferRequest) -> None:
    body = notice(waiting.order_code, 200_000)
    send(shop, body)

    answer = send(shop, body)

    assert (answer.status_code, answer.json) == (200, {"result": "known"})
    assert count_of(Arrival) == 1


def test_a_notice_of_another_amount_is_listed(shop: Shop, waiting: TransferRequest) -> None:
    assert send(shop, notice(waiting.order_code, 200)).json == {"result": "listed"}


def test_a_shop_that_has_not_opened_the_door_has_none(shop: Shop) -> None:
    assert send(shop, notice("1", 1_000)).status_code == 404


def signed(body: bytes, *, secret: str = SECRET, ago: int = 0) -> dict[str, str]:
    stamp = str(int(now().timestamp()) - ago)
    return {"timestamp": stamp, "signature": sign(secret, stamp, body)}


@pytest.mark.parametrize(
    ("why", "status", "said"),
    [
        ("no signature", 401, "signature"),
        ("another secret", 401, "signature"),
        ("changed on the way", 401, "signature"),
        ("ten minutes old", 401, "5 minutes"),
        ("ten minutes early", 401, "5 minutes"),
        ("another account", 422, "not the shop's"),
        ("no json", 400, "no JSON"),
        ("a bomb", 400, "deeper"),
        ("too large", 413, "bytes"),
        ("an amount in groups", 400, "whole đồng"),
    ],
)
def test_what_is_refused_is_told_why_and_leaves_nothing(
    shop: Shop, waiting: TransferRequest, why: str, status: int, said: str
) -> None:
    good = notice(waiting.order_code, 200_000)
    bodies = {
        "another account": notice(waiting.order_code, 200_000, account="1023456789"),
        "no json": b"{",
        "a bomb": b'{"x":' + b"[" * 3_000 + b"]" * 3_000 + b"}",
        "too large": b" " * (LARGEST_BYTES + 1),
        "an amount in groups": notice(waiting.order_code, 200_000, amount="200.000"),
    }
    body = bodies.get(why, good)
    headers = {
        "no signature": {"signature": ""},
        "another secret": signed(good, secret="t" * 32),
        "changed on the way": signed(good + b" "),
        "ten minutes old": signed(good, ago=600),
        "ten minutes early": signed(good, ago=-600),
    }.get(why, signed(body))

    answer = send(shop, body, **headers)

    assert answer.status_code == status
    assert said in answer.json["error"]
    assert count_of(Arrival) == 0
    assert not is_matched(waiting)


def test_the_banks_number_with_another_amount_is_a_conflict_and_the_first_stands(
    shop: Shop, waiting: TransferRequest
) -> None:
    send(shop, notice(waiting.order_code, 200_000))

    answer = send(shop, notice(waiting.order_code, 2_000_000))

    assert answer.status_code == 409
    assert count_of(Arrival) == 1


def test_a_flood_is_told_to_come_later_and_others_are_heard(shop: Shop, waiting: TransferRequest) -> None:
    for _ in range(PER_MINUTE):
        assert send(shop, b"", signature="").status_code == 401

    flooded = send(shop, notice(waiting.order_code, 200_000))

    assert (flooded.status_code, flooded.headers["Retry-After"]) == (429, "60")
    assert send(shop, notice(waiting.order_code, 200_000), address="192.168.1.8").json == {"result": "matched"}


def test_money_that_left_is_ignored(shop: Shop, waiting: TransferRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    hear_the_bank(shop, monkeypatch, direction_field="type")

    assert send(shop, notice(waiting.order_code, 200_000, type="out")).json == {"result": "ignored"}
    assert count_of(Arrival) == 0


def test_no_browser_of_another_page_opens_the_door(shop: Shop, waiting: TransferRequest) -> None:
    """Another page can make a browser send this, but cannot sign it; and a name that is not ours is refused first."""
    client = shop.app.test_client()

    assert client.post(ADDRESS, data=notice(waiting.order_code, 200_000)).status_code == 401
    assert client.post(ADDRESS, data=b"{}", headers={"Host": "shop.example.com"}).status_code == 400
    assert client.get(ADDRESS).status_code == 405
