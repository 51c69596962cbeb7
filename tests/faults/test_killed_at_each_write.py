"""D2, F01: killed before each write and each fsync of one sale, the sale is there whole or not at all."""

from __future__ import annotations

import signal
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pos.data_folder import DataFolder
from tests.faults.till_process import till_process
from tests.faults.watched import Call, calls_in, watched
from tests.faults.wholeness import come_back

pytestmark = pytest.mark.slow

AT_LEAST = 40  # writes of one sale with five lines; fewer means that the watching missed some


def calls_of_a_sale(folder: DataFolder, log: Path) -> list[Call]:
    """Each write and fsync of one sale."""
    with till_process(folder) as till, watched(till.pid, log):
        assert till.ask("sell", str(uuid.uuid4()))[0] == "sold"
    calls = calls_in(log, folder.path)
    assert len(calls) >= AT_LEAST
    return calls


def test_killed_at_each_write_of_a_sale_it_is_there_whole_or_not_at_all(
    evening: Callable[[], DataFolder], tmp_path: Path, size: Callable[[str], int], count: Callable[..., None]
) -> None:
    log, past = tmp_path / "calls", come_back(evening(), then_sell=False).sales
    outcomes: Counter[int] = Counter()
    for call in calls_of_a_sale(evening(), log)[:: size("D2")]:
        folder = evening()
        sell_and_die(folder, call, log)
        outcomes[come_back(folder).sales - past] += 1

    assert outcomes.keys() == {0, 1}
    count("D2, F01: killed at a write or fsync of one sale", without=outcomes[0], whole=outcomes[1])


def sell_and_die(folder: DataFolder, call: Call, log: Path) -> None:
    """Sell until the call, which is never made; the till does not come to say "sold"."""
    with till_process(folder) as till:
        with watched(till.pid, log, "-e", f"inject={call.name}:signal=KILL:when={call.k}"), pytest.raises(EOFError):
            till.ask("sell", str(uuid.uuid4()))
        till.process.join()
        assert till.process.exitcode == -signal.SIGKILL
