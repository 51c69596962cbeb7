"""A shop on the evening of a day of trade, made once and copied for each fault."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from inventory.lot import Terms
from pos.data_folder import DataFolder
from tests.factories import Shop, build_template, fill_basket, open_shift, opened, receive, sell, shop_settings
from tests.faults.till_process import GOODS

Copy = Callable[[], DataFolder]
_COUNTED = "counted"


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Say what was tried, and how often; it stands at the end of the run: `count("bits flipped", reported=97)`."""

    def keep(what: str, **times: int) -> None:
        parts = ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in times.items())
        record_property(_COUNTED, f"  {what}: {sum(times.values())} ({parts})")

    return keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The counts of all tests that kept one, also of those that another process ran."""
    reports = (report for found in terminalreporter.stats.values() for report in found)
    lines = {said for report in reports for name, said in getattr(report, "user_properties", ()) if name == _COUNTED}
    if lines:
        terminalreporter.write_line("Faults tried:")
    for line in sorted(lines):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def day_of_trade(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> DataFolder:
    """Past sales, then a basket of five lines from five lots at the counter; closed in peace."""
    past = 200 if request.config.getoption("--full") else 20
    folder = build_template(tmp_path_factory.mktemp("day") / "shop")
    with opened(folder, shop_settings()) as app:
        shop = Shop(app, folder)
        open_shift(shop)
        on_commission = Terms.on_commission(1500)
        receive(shop, "mật ong", 2 + past, terms=on_commission, of="HTX Mẫu Sơn")
        receive(shop, "mật ong", 100_000, terms=on_commission, of="HTX Mẫu Sơn")
        receive(shop, "chè Shan", 1)
        receive(shop, "chè Shan", 100_000)
        receive(shop, "miến dong", 100_000, price=50_000)
        for _ in range(past):
            sell(shop, "mật ong")
        fill_basket(shop, *GOODS)
    return folder


@pytest.fixture
def evening(day_of_trade: DataFolder, tmp_path: Path) -> Copy:
    """A fresh copy of that shop each time it is asked."""
    numbers = itertools.count(1)

    def copy() -> DataFolder:
        folder = DataFolder(tmp_path / f"shop-{next(numbers)}")
        shutil.copytree(day_of_trade.path, folder.path)
        return folder

    return copy
