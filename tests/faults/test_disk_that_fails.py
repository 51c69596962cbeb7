"""D3: the disk refuses a write or an fsync of a sale: nothing is promised, nothing half, selling resumes by itself."""

from __future__ import annotations

import os
import subprocess
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos.data_folder import DataFolder
from tests.faults.test_killed_at_each_write import calls_of_a_sale
from tests.faults.till_process import till_process
from tests.faults.watched import Call, watched
from tests.faults.wholeness import come_back

pytestmark = pytest.mark.slow

RESUMES_WITHIN_SECONDS = 30
SENTENCES = {"ENOSPC": "The disk is full and nothing was recorded", "EIO": "nothing was recorded"}


@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_sale_on_a_disk_that_fails_is_refused_in_words_and_the_next_press_completes_it(
    error: str,
    evening: Callable[[], DataFolder],
    tmp_path: Path,
    size: Callable[[str], int],
    count: Callable[..., None],
) -> None:
    log, past = tmp_path / "calls", come_back(evening(), then_sell=False).sales
    outcomes: Counter[str] = Counter()
    for call in calls_of_a_sale(evening(), log)[:: size("D3")]:
        for until in ("", "+"):  # once, or from then on until the disk is put right
            if until and call.name == "write":  # the till speaks to the test by write, too
                continue
            folder = evening()
            outcomes[press_twice(folder, call, f"{error}:when={call.k}{until}", log)] += 1
            assert come_back(folder).sales == past + 1, (call, until)

    assert outcomes.keys() == {"refused", "sold"}
    count(f"D3: {error} at a write or fsync of one sale", **outcomes)


def press_twice(folder: DataFolder, call: Call, fault: str, log: Path) -> str:
    """Sell while the disk fails, and with the same key once it is well; what the first press was answered."""
    key = str(uuid.uuid4())
    with till_process(folder) as till:
        with watched(till.pid, log, "-e", f"inject={call.name}:error={fault}"):
            answer, said = till.ask("sell", key)
        if answer == "refused":
            assert SENTENCES[fault.partition(":")[0]] in said
            began = time.monotonic()
            assert till.ask("sell", key)[0] == "sold"
            assert time.monotonic() - began < RESUMES_WITHIN_SECONDS
        else:
            assert till.ask("sell", key)[0] == "empty"
    return str(answer)


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A disk in memory that really fills; only the system's administrator can make one."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="making a disk needs root")
def test_a_disk_that_is_really_full_takes_no_sale_and_goes_on_when_there_is_room(
    day_of_trade: DataFolder, tmp_path: Path, count: Callable[..., None]
) -> None:
    past = come_back(day_of_trade, then_sell=False).sales
    with small_disk(tmp_path / "disk", 16) as disk:
        folder = DataFolder(disk / "shop")
        subprocess.run(["cp", "-r", str(day_of_trade.path), str(folder.path)], check=True)
        with till_process(folder) as till:
            fill(disk / "ballast")
            sold = 0
            while (answer := till.ask("fill and sell", str(uuid.uuid4())))[0] == "sold":
                sold += 1
            refused = [till.ask("fill and sell", str(uuid.uuid4())) for _ in range(3)]
            (disk / "ballast").unlink()
            after = till.ask("fill and sell", str(uuid.uuid4()))
            sold += 1
        found = come_back(folder)

    assert "The disk is full" in answer[1]
    assert {answer[0] for answer in refused} == {"refused"}
    assert after[0] == "sold"
    assert found.sales == past + sold
    count("D3: sales on a disk that was really full", refused=1 + len(refused), sold_before_and_after=sold)


def fill(file: Path) -> None:
    """Leave no byte."""
    for piece in (1 << 16, 1 << 12):
        with pytest.raises(OSError, match="No space"):
            append_for_ever(file, piece)


def append_for_ever(file: Path, piece: int) -> None:
    with file.open("ab", buffering=0) as ballast:
        while True:
            ballast.write(b"\0" * piece)
