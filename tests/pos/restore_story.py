"""A shop that sold on after its backup, for the tests that restore it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.backup_folder import Backup, backups_in
from core.clock import stopped_at
from pos.backups.backup import Order, Outcome, make_backup
from pos.data_folder import DataFolder
from pos.restoring.restore import Wish
from tests.factories import MORNING, PIN, Shop, fill_basket, open_shift, opened, receive, sell, shop_settings


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The second place."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def back_up(shop: Shop, place: Path, **more: Any) -> Outcome:
    shop.clock.move(timedelta(minutes=1))
    outcome = make_backup(Order(shop.folder, "T-TEST", place=place, greeting="xin chào", **more))
    assert outcome.trouble is None, outcome.detail
    return outcome


def newest(place: Path) -> Backup:
    return backups_in(place, "T-TEST")[0]


@pytest.fixture
def sold(folder: DataFolder, place: Path) -> Iterator[DataFolder]:
    """Three sales and an open basket in the backup, five sales after it; the shop is closed."""
    with stopped_at(MORNING) as hand:
        with opened(folder, shop_settings()) as app:
            shop = Shop(app, folder, hand)
            receive(shop, "mật ong", 100)
            open_shift(shop)
            for _ in range(3):
                sell(shop, "mật ong")
            fill_basket(shop, ("mật ong", 2))
            back_up(shop, place)
            for _ in range(5):
                sell(shop, "mật ong")
        yield folder


@contextmanager
def reopened(folder: DataFolder) -> Iterator[Shop]:
    with opened(folder, shop_settings()) as app:
        yield Shop(app, folder)


def wish(folder: DataFolder, backup: Backup, **more: Any) -> Wish:
    return replace(Wish(backup.path, folder, folder, by="02", pin=PIN, reason="hỏng ổ đĩa"), **more)


def destroy(folder: DataFolder) -> None:
    folder.database.write_bytes(b"\x55" * 100_000)
    for ending in ("-wal", "-shm"):
        folder.database.with_name(folder.database.name + ending).unlink(missing_ok=True)
