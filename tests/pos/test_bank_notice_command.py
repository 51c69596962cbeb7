"""`shop bank-notice`: a notice fed in at the machine, once, whatever the network does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.database import db, transaction
from core.money import Money
from pos.cli import main
from pos.replay import verify_shop
from pos.transfers.arrival_table import Arrival, Source, is_matched
from pos.transfers.request import ask_for_transfer
from pos.transfers.request_table import TransferRequest
from tests.factories import Shop, count_of, fill_basket, open_shift, receive

pytestmark = pytest.mark.slow


@pytest.fixture
def waiting(shop: Shop) -> TransferRequest:
    """Two jars whose 200.000 đồng are waited for, in a shop whose files a command can open."""
    account = '[bank]\nbin = "970436"\naccount = "1023456789"\n[terminal]\nid = "T-TEST"\n'
    shop.folder.settings.write_text(account, encoding="utf-8")
    open_shift(shop)
    receive(shop, "mật ong", 10)
    basket = fill_basket(shop, ("mật ong", 2))
    with transaction():
        return ask_for_transfer(basket, Money(200_000), by=shop.clerk)


def feed(shop: Shop, content: bytes) -> Result:
    words = ["--data", str(shop.folder.path), "bank-notice", "-", "--english"]
    said = CliRunner().invoke(main, words, input=content)
    db.session.rollback()
    return said


def notice(order: str, dong: int, account: str = "1023456789") -> bytes:
    return json.dumps({"id": "FT1", "amount": dong, "account": account, "description": order}).encode()


def test_a_notice_is_taken_in_once(shop: Shop, waiting: TransferRequest) -> None:
    content = notice(waiting.order_code, 200_000)

    assert "It belongs to an order" in feed(shop, content).output
    assert "knew it already" in feed(shop, content).output
    assert is_matched(waiting)
    assert [one.source for one in db.session.query(Arrival)] == [Source.FILE]
    assert verify_shop().clean


def test_one_that_fits_no_order_is_for_a_manager(shop: Shop, waiting: TransferRequest) -> None:
    assert "a manager sorts it out" in feed(shop, notice("mua hang", 200_000)).output


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"{", "no JSON"), (notice("1", 1_000, account="77"), "not the shop's"), (b"x" * 20_000, "more than")],
)
def test_what_cannot_be_taken_is_said_and_leaves_nothing(
    shop: Shop, waiting: TransferRequest, content: bytes, said: str
) -> None:
    answer = feed(shop, content)

    assert answer.exit_code == 1
    assert said in answer.output
    assert count_of(Arrival) == 0


def test_a_file_that_is_not_there_is_named(shop: Shop, tmp_path: Path) -> None:
    answer = CliRunner().invoke(main, ["--data", str(shop.folder.path), "bank-notice", str(tmp_path / "none.json")])

    assert answer.exit_code == 2
    assert "none.json" in answer.output
