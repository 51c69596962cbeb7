"""J8, F05: the clock jumps about; sales go on in order of their number, each in one day's close, nothing gets fresh."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core import clock
from core.clock import business_day
from core.database import db, transaction
from core.journal.record import Kind
from core.journal.selling_day import clock_in_doubt
from core.quantity import ONE
from inventory.catalogue.eligibility import PastItsDay
from inventory.catalogue.product import Product
from inventory.lot import Lot
from pos import basket as baskets
from pos.data_folder import DataFolder
from pos.replay import verify_shop
from pos.sale import Sale
from tests.factories import (
    Shop,
    build_template,
    close_shift,
    open_shift,
    opened,
    receive,
    records,
    sell,
    set_new_price,
    shop_settings,
)

pytestmark = pytest.mark.slow

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
JUMPS: dict[str, Callable[[datetime], datetime]] = {
    "a day back": lambda now: now - timedelta(days=1),
    "a day ahead": lambda now: now + timedelta(days=1),
    "a year back": lambda now: now - timedelta(days=365),
    "1970": lambda now: datetime(1970, 1, 2, tzinfo=UTC),
    "2038": lambda now: datetime(2038, 1, 20, tzinfo=UTC),
}
PRICE, OLD_PRICE = 100_000, 80_000


class Wall:
    """The wall clock, turned by hand; the machine's own count goes on by itself."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.ms = NOON, 50_000
        monkeypatch.setattr(clock._source, "read", lambda: self.now)
        monkeypatch.setattr(clock._source, "count", lambda: self.ms)

    def pass_minutes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.ms += minutes * 60_000


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    return Wall(monkeypatch)


@pytest.fixture
def shop(wall: Wall, tmp_path: Path) -> Iterator[Shop]:
    """Honey that keeps, whose price rose today; cakes whose last day was yesterday."""
    folder = build_template(tmp_path / "shop")
    with opened(folder, shop_settings()) as app:
        shop = Shop(app, folder)
        receive(shop, "mật ong", 1_000, price=OLD_PRICE)
        wall.now -= timedelta(days=1)
        receive(shop, "bánh khảo", 100, best_before=business_day(wall.now))
        wall.now += timedelta(days=1)
        set_new_price(shop, "mật ong", PRICE, from_day=business_day(wall.now))
        open_shift(shop)
        yield shop


def sell_three(shop: Shop) -> list[int]:
    """Three customers, each at the price of the day."""
    sales = [sell(shop, "mật ong") for _ in range(3)]
    assert {sale.total.dong for sale in sales} == {PRICE}
    return [sale.number for sale in sales]


def old_cakes_are_refused(shop: Shop) -> None:
    """A label with the lot's number is scanned."""
    cakes = db.session.scalars(select(Lot).join(Product).where(Product.name == "bánh khảo")).one()
    with transaction():
        basket = baskets.open_basket(shop.register)
        with pytest.raises(PastItsDay):
            baskets.add_product(basket, cakes.product, ONE, by=shop.clerk, lot=cakes)


@pytest.mark.parametrize("jump", JUMPS)
def test_the_clock_jumps_and_is_set_right_again(shop: Shop, wall: Wall, jump: str, count: Callable[..., None]) -> None:
    numbers = sell_three(shop)
    wall.pass_minutes(10)
    right, wall.now = wall.now, JUMPS[jump](wall.now)
    numbers += sell_three(shop)
    old_cakes_are_refused(shop)
    shown = clock_in_doubt() is not None
    wall.pass_minutes(10)
    wall.now = right + timedelta(minutes=10)
    numbers += sell_three(shop)
    old_cakes_are_refused(shop)
    close_shift(shop, 500_000 + 9 * PRICE)

    turns = [record["body"]["ms"] for record in records(Kind.CLOCK_ADJ)]
    closed = [record["body"] for record in records(Kind.DAY_CLOSE)]
    told = [record["body"]["no"] for record in records(Kind.SALE)]
    assert numbers == told == list(range(1, 10))
    assert len(turns) >= 2
    assert turns[-1] == -turns[-2]
    assert shown == (jump != "a day ahead")
    assert clock_in_doubt() is None
    assert len(closed) == 1
    assert verify_shop().clean
    count(f"J8, F05: sales round a clock that shows {jump}", before=3, meanwhile=3, after=3)


@pytest.mark.full
def test_real_processes_sell_under_clocks_that_faketime_turns(tmp_path: Path, count: Callable[..., None]) -> None:
    folder = build_template(tmp_path / "shop")
    with opened(folder, shop_settings()) as app:
        shop = Shop(app, folder)
        receive(shop, "mật ong", 1_000)
        receive(shop, "chè Shan", 1_000)
        open_shift(shop)
    days = timedelta(days=1)
    shifts = [timedelta(0), -days, timedelta(0), days, timedelta(0), -365 * days, timedelta(0)]
    shifts += [datetime(year, 1, 20, tzinfo=UTC) - datetime.now(UTC) for year in (1970, 2038)]
    for shift in [*shifts, timedelta(0)]:
        sell_for_a_while(folder, shift)
    with opened(folder, shop_settings()) as app:
        numbers = list(db.session.scalars(select(Sale.number).order_by(Sale.record_seq)))
        total = db.session.scalar(select(func.sum(Sale.total)))
        turns = len(records(Kind.CLOCK_ADJ))
        assert total is not None
        close_shift(Shop(app, folder), 500_000 + total.dong)
        closed = [record["body"] for record in records(Kind.DAY_CLOSE)]
        clean = verify_shop().clean

    assert numbers == list(range(1, len(numbers) + 1))
    assert turns >= len(shifts) - 1
    assert len(closed) == 1
    assert clean
    count("J8: sales of real processes under turned clocks", sales=len(numbers))


def sell_for_a_while(folder: DataFolder, shift: timedelta) -> None:
    """Three customers, served by a process whose clock is turned by so much."""
    faketime = shutil.which("faketime")
    if not faketime:
        pytest.fail("faketime is not installed, and this test needs it. Type: sudo apt-get install faketime", False)
    seller = subprocess.Popen(
        [
            faketime,
            "-f",
            f"{shift.total_seconds():+.0f}",
            sys.executable,
            "-m",
            "tests.faults.selling_shop",
            str(folder.path),
        ],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": ".", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"},
        text=True,
        start_new_session=True,  # faketime is one process, the till another
    )
    assert seller.stdout is not None
    said = [seller.stdout.readline().split() for _ in range(6)]
    os.killpg(seller.pid, signal.SIGKILL)
    seller.communicate()
    assert sum(line[:1] == ["sold"] for line in said) == 3, said
