"""D1: the power goes at any moment of a day; no promised sale is lost, and the shop opens by itself."""

from __future__ import annotations

import random
import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from core.read_only import read_only
from pos.data_folder import DataFolder
from pos.start_up_check import look_over
from tests.faults.power_cut import Disk, Survival, by_chance, everything, nothing
from tests.faults.till_process import till_process
from tests.faults.watched import Call, calls_in, watched
from tests.faults.wholeness import come_back

pytestmark = pytest.mark.slow

SALES = 45  # enough that the log is moved into the database and begun anew
LOOKED_THROUGH = 8  # of so many cuts one is looked through in every table, and sold on from


@dataclass(frozen=True)
class Day:
    """A recorded day: the shop in the morning, every call of the till, and where a sale had been promised."""

    morning: DataFolder
    past: int
    calls: list[Call]

    def promised_until(self, place: int) -> int:
        """How many sales the customer had been promised after so many calls."""
        return self.past + sum(is_promise(call) for call in self.calls[:place])


def is_promise(call: Call) -> bool:
    """The till says over the pipe that it sold."""
    return call.file.name.startswith("socket:") and b"sold" in call.data


def recorded(evening: Callable[[], DataFolder], log: Path, *, sales: int = SALES, synchronous: int = 2) -> Day:
    """Sell under the eyes of strace."""
    morning, folder = evening(), evening()
    past = come_back(evening(), then_sell=False).sales
    with till_process(folder, synchronous=synchronous) as till, watched(till.pid, log):
        for number in range(sales):
            act = "fill and sell" if number else "sell"
            assert till.ask(act, str(uuid.uuid4()))[0] == "sold"
    calls = [call for call in calls_in(log) if folder.path in call.file.parents or is_promise(call)]
    assert sum(map(is_promise, calls)) == sales
    return Day(morning, past, calls)


def cuts(day: Day, wanted: int, *, forgetful: bool = False) -> Iterator[tuple[int, Callable[[Path], None]]]:
    """Power cuts, taken evenly from after each call and each way a disk may have gone on: (promised, leave)."""
    chance = random.Random(20261122)
    ways: list[Survival] = [nothing, by_chance(chance), everything]
    every = [(place, way) for place in range(1, len(day.calls) + 1) for way in ways]
    picked = Counter(every[number * len(every) // wanted] for number in range(min(wanted, len(every))))
    disk = Disk(day.morning.path, forgetful=forgetful)
    for place, call in enumerate(day.calls, 1):
        if not is_promise(call):
            disk.take(call)
        for way in ways:
            if (place, way) in picked:
                yield day.promised_until(place), partial(disk.leave, survives=way)


def after_cut(day: Day, cut: tuple[int, Callable[[Path], None]], place: Path) -> str:
    """How the shop comes back: "whole", "lost" when a promised sale is gone, "damaged" when it does not open."""
    promised, leave = cut
    folder = DataFolder(place)
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(day.morning.path, place)
    leave(place)
    if look_over(folder) is not None:
        return "damaged"
    with read_only(folder.database) as session:
        sales = session.execute(text("SELECT count(*) FROM sales")).scalar_one()
    return "whole" if sales >= promised else "lost"


def test_no_cut_of_the_power_loses_a_promised_sale(
    evening: Callable[[], DataFolder], tmp_path: Path, size: Callable[[str], int], count: Callable[..., None]
) -> None:
    day = recorded(evening, tmp_path / "calls")
    looked_through = 0
    assert any(call.file.name == "shop.sqlite" for call in day.calls), "the log was never moved into the database"
    for number, cut in enumerate(cuts(day, size("D1"))):
        assert after_cut(day, cut, tmp_path / "cut") == "whole", number
        if number % LOOKED_THROUGH == 0:
            come_back(DataFolder(tmp_path / "cut"), promised=cut[0])
            looked_through += 1

    count(
        "D1: power cuts of a recorded day, nothing lost",
        start_up=number + 1 - looked_through,
        all_tables=looked_through,
    )


@pytest.mark.parametrize(("synchronous", "forgetful"), [(1, False), (2, True)], ids=["NORMAL", "fsync that lies"])
def test_the_same_cuts_find_a_careless_till(
    synchronous: int, forgetful: bool, evening: Callable[[], DataFolder], tmp_path: Path, count: Callable[..., None]
) -> None:
    day = recorded(evening, tmp_path / "calls", sales=6, synchronous=synchronous)

    found = Counter(after_cut(day, cut, tmp_path / "cut") for cut in cuts(day, 60, forgetful=forgetful))

    assert found["lost"] + found["damaged"] > 0
    count(f"D1: control, {'fsync that lies' if forgetful else 'NORMAL'}", **found)
