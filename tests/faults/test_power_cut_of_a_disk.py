"""D1 on a real file system: ext4 in a file loses everything that it had not promised to keep, again and again."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import struct
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos.data_folder import DataFolder
from tests.faults.till_process import till_process
from tests.faults.wholeness import come_back

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(os.geteuid() != 0, reason="mounting a disk needs root"),
]

SHUT_DOWN = 0x8004587D  # FS_IOC_SHUTDOWN of Linux
WITHOUT_FLUSH = struct.pack("I", 2)
OPENS_WITHIN_SECONDS = 30


@contextmanager
def mounted(image: Path, place: Path) -> Iterator[Path]:
    """The disk in a file, plugged in."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def sell_until_the_power_goes(folder: DataFolder, after: float) -> int:
    """How many sales had been promised before the cut; what is said after it counts for nothing."""
    promised, ends = 0, time.monotonic() + after
    with till_process(folder) as till:
        till.tell("fill and sell", str(uuid.uuid4()))
        while time.monotonic() < ends:
            if till.line.poll(0.001):
                promised += till.line.recv()[0] == "sold"
                till.tell("fill and sell", str(uuid.uuid4()))
        handle = os.open(folder.path, os.O_RDONLY)
        fcntl.ioctl(handle, SHUT_DOWN, WITHOUT_FLUSH)
        os.close(handle)
    return promised


def test_no_cut_of_a_disks_power_loses_a_promised_sale(
    day_of_trade: DataFolder, tmp_path: Path, size: Callable[[str], int], count: Callable[..., None]
) -> None:
    image, place, chance = tmp_path / "disk.img", tmp_path / "disk", random.Random(20261122)
    image.touch()
    os.truncate(image, 128 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    with mounted(image, place):
        shutil.copytree(day_of_trade.path, place / "shop")
        subprocess.run(["sync", "-f", str(place)], check=True)
        sales = come_back(DataFolder(place / "shop")).sales + 1
    promised = 0
    for _ in range(size("D1-disk")):
        with mounted(image, place):
            now = sell_until_the_power_goes(DataFolder(place / "shop"), chance.uniform(0.2, 1.5))
        with mounted(image, place):
            began = time.monotonic()
            found = come_back(DataFolder(place / "shop"), promised=sales + now)
            assert time.monotonic() - began < OPENS_WITHIN_SECONDS
        promised, sales = promised + now, found.sales + 1

    assert promised
    count("D1: power cuts of an ext4 disk, nothing lost", cuts=size("D1-disk"))
    count("D1: sales promised before those cuts", sales=promised)
