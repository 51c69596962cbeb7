"""A till opens only on files it can go on from, and leaves those it cannot trust exactly as it found them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from core.database import db
from core.write_ahead_log import FRAME_HEADER, LOG_HEADER, log_frames
from pos.data_folder import DataFolder
from pos.start_up_check import DamagedShop, Sort, look_over, need_whole
from tests.factories import Shop, open_shift, opened, receive, sell, shop_settings

KEPT = ("shop.sqlite", "shop.sqlite-wal", "head.log")


@pytest.fixture
def stopped(folder: DataFolder, tmp_path: Path) -> DataFolder:
    """A shop as a power cut leaves it: five sales, the last of them only in the log; nobody has it open."""
    left = DataFolder(tmp_path / "left")
    with opened(folder, shop_settings()) as app:
        shop = Shop(app, folder)
        open_shift(shop)
        receive(shop, "mật ong", 100)
        for _ in range(2):
            sell(shop, "mật ong")
        db.session.execute(db.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.rollback()
        for _ in range(3):
            sell(shop, "mật ong")
        shutil.copytree(folder.path, left.path)
    return left


def prints(folder: DataFolder) -> dict[str, str]:
    """Hashes of everything that must not change."""
    files = {name: folder.path / name for name in KEPT}
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items() if file.exists()}


def flip(file: Path, place: int) -> None:
    """Turn one bit."""
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)


def test_a_shop_after_a_power_cut_opens(stopped: DataFolder) -> None:
    before = prints(stopped)

    found = look_over(stopped)

    assert found is None
    assert len(before) == 3
    assert prints(stopped) == before


def test_a_shop_that_was_closed_in_peace_opens_and_gets_no_new_file(folder: DataFolder) -> None:
    with opened(folder, shop_settings()) as app:
        open_shift(Shop(app, folder))
    before = {path.name: path.stat().st_mtime_ns for path in folder.path.iterdir()}

    found = look_over(folder)

    assert found is None
    assert {path.name: path.stat().st_mtime_ns for path in folder.path.iterdir()} == before


def test_a_folder_without_a_shop_is_no_damage(tmp_path: Path) -> None:
    assert look_over(DataFolder(tmp_path)) is None


def test_a_flipped_bit_in_the_log_stays_where_it_is(stopped: DataFolder) -> None:
    frames = log_frames(stopped.database)
    middle = frames[len(frames) // 2]
    flip(stopped.path / "shop.sqlite-wal", middle.start + FRAME_HEADER.size + 100)
    before = prints(stopped)

    found = look_over(stopped)

    assert found is not None
    assert found.sort is Sort.SHORTER
    assert prints(stopped) == before
    with sqlite.connect(stopped.database) as naive:  # what would have happened: SQLite sees nothing wrong
        assert naive.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    naive.close()
    assert prints(stopped) != before


def test_what_the_log_hides_is_noticed_without_the_head_file(stopped: DataFolder) -> None:
    frames = log_frames(stopped.database)
    flip(stopped.path / "shop.sqlite-wal", frames[len(frames) // 2].start + FRAME_HEADER.size + 100)
    stopped.head_log.unlink()

    found = look_over(stopped)

    assert found is not None
    assert found.sort is Sort.HIDDEN


@pytest.mark.parametrize("field", range(0, LOG_HEADER.size, 4))
def test_a_flipped_bit_in_the_head_of_the_log_is_noticed(stopped: DataFolder, field: int) -> None:
    flip(stopped.path / "shop.sqlite-wal", field + 3)

    assert look_over(stopped) is not None


def test_the_unfinished_rest_of_a_power_cut_is_no_damage(stopped: DataFolder) -> None:
    log = stopped.path / "shop.sqlite-wal"
    commits = [frame for frame in log_frames(stopped.database) if frame.commits]
    before_last = stopped.head_log.read_bytes().splitlines(keepends=True)[:-1]
    flip(log, commits[-2].start + (commits[-1].start - commits[-2].start) + FRAME_HEADER.size)
    stopped.head_log.write_bytes(b"".join(before_last))  # the power went before its head was written

    assert look_over(stopped) is None


@pytest.mark.parametrize(
    ("harm", "sort"),
    [
        (lambda folder: folder.database.unlink(), Sort.GONE),
        (lambda folder: folder.database.write_bytes(b""), Sort.UNREADABLE),
        (lambda folder: folder.database.write_bytes(b"hello" * 4096), Sort.UNREADABLE),
        (lambda folder: folder.database.write_bytes(folder.database.read_bytes()[:65536]), Sort.UNREADABLE),
        (lambda folder: (folder.path / "shop.sqlite-wal").unlink(), Sort.SHORTER),
    ],
    ids=["gone", "empty", "another file", "half", "log gone"],
)
def test_other_harm_is_named_and_nothing_is_written(
    stopped: DataFolder, harm: Callable[[DataFolder], object], sort: Sort
) -> None:
    harm(stopped)
    before = prints(stopped)

    with pytest.raises(DamagedShop) as refused:
        need_whole(stopped)

    assert refused.value.damage.sort is sort
    assert prints(stopped) == before


def test_an_older_copy_laid_over_the_database_is_noticed(stopped: DataFolder, folder: DataFolder) -> None:
    (stopped.path / "shop.sqlite-wal").unlink()

    found = look_over(stopped)

    assert found is not None
    assert found.detail.startswith("cut@")
