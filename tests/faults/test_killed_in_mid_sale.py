"""Killed with -9 in mid-sale, twenty times: the shop comes back with the basket and nothing half done."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.database import db
from core.journal.record import Kind
from inventory.consignment.owed import OwedLine
from inventory.lot import Terms
from inventory.stock_move import StockMove
from pos.basket import Basket, BasketState, current_basket
from pos.data_folder import DataFolder
from pos.replay import verify_shop
from pos.sale import Sale, SaleLine, Tender
from printers.spool import PrintJob
from tests.factories import (
    Shop,
    build_template,
    count_of,
    open_shift,
    opened,
    receive,
    records,
    sell,
    shop_settings,
)

pytestmark = pytest.mark.slow

KILLS = 20


@pytest.fixture
def folder(tmp_path) -> Iterator[DataFolder]:
    """A shop with plenty on the shelf and an open shift, closed."""
    folder = build_template(tmp_path / "shop")
    with opened(folder, shop_settings()) as app:
        shop = Shop(app, folder)
        receive(shop, "mật ong", 500_000, terms=Terms.on_commission(1500), of="HTX Mẫu Sơn")
        receive(shop, "chè Shan", 500_000)
        open_shift(shop)
    return folder


def sell_and_kill(folder: DataFolder, after_ms: int) -> list[list[str]]:
    """Let a process sell for so long after its first sale, then kill it; answers what it had said."""
    seller = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.selling_shop", str(folder.path)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
        text=True,
    )
    assert seller.stdout is not None
    said = [seller.stdout.readline().split() for _ in range(2)]
    time.sleep(after_ms / 1000)
    seller.kill()
    said += [line.split() for line in seller.stdout.read().splitlines()]
    seller.wait()
    seller.stdout.close()
    return [line for line in said if line]


def test_killed_in_mid_sale_the_shop_comes_back_with_the_basket_and_nothing_half_done(folder):
    chance = random.Random(20261122)
    promised: dict[int, str] = {}
    for _ in range(KILLS):
        said = sell_and_kill(folder, chance.randint(0, 60))
        promised |= {int(line[1]): line[2] for line in said if line[0] == "sold" and len(line) == 3}
        last_basket = [line[1] for line in said if line[0] == "basket" and len(line) == 2][-1]
        with opened(folder, shop_settings()) as app:
            check_nothing_is_half_done(promised, last_basket)
            check_selling_goes_on(Shop(app, folder))

    assert len(promised) >= KILLS


def check_nothing_is_half_done(promised: dict[int, str], last_basket: str) -> None:
    """Every promised sale is there, every sale is whole, the last basket is sold or still lies there."""
    numbers = list(db.session.scalars(select(Sale.number).order_by(Sale.number)))
    assert numbers == list(range(1, len(numbers) + 1))
    kept = dict(db.session.execute(select(Sale.number, Sale.order_code)).all())
    assert {number: kept.get(number) for number in promised} == promised
    sales, told = len(numbers), [record["body"] for record in records(Kind.SALE)]
    lines = sum(len(body["lines"]) for body in told)
    assert len(told) == sales
    assert (count_of(SaleLine), count_of(Tender), count_of(PrintJob)) == (lines, sales, sales)
    sold = db.session.scalar(select(func.count()).select_from(StockMove).where(StockMove.target == "customer"))
    assert (sold, count_of(OwedLine)) == (lines, sum(len(body["slips"]) for body in told))
    basket = db.session.scalars(select(Basket).where(Basket.order_code == last_basket)).one()
    if basket.state is BasketState.OPEN:
        assert [line.product.name for line in basket.lines] == ["mật ong", "chè Shan"]
        assert basket.order_code not in kept.values()
    else:
        assert basket.state is BasketState.SOLD
        assert basket.order_code in kept.values()
    verdict = verify_shop()
    assert (verdict.report.fault, verdict.differences) == (None, ())


def check_selling_goes_on(shop: Shop) -> None:
    """The next customer can be served at once; what lay in the basket is still in it."""
    before = current_basket(shop.register)
    sale = sell(shop, "chè Shan", 1)
    assert sale.lines
    assert before is None or before.order_code == sale.order_code
