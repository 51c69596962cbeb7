"""D6: whoever opens the shop's database, in whatever thread or command, takes the settings that its data depend on."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from pysqlite3 import dbapi2 as sqlite

from core.database import db
from pos.cli import main as command
from pos.data_folder import DataFolder
from pos.running import running_shop
from tests.factories import Shop, open_shift, receive, sell, shop_settings

pytestmark = pytest.mark.slow

DURABLE = {"journal_mode": "wal", "synchronous": 2}
ALL = {**DURABLE, "foreign_keys": 1, "busy_timeout": 10_000, "recursive_triggers": 1}


class Told(sqlite.Connection):  # type: ignore[misc]  # the driver has no types
    """A connection that says, when it is closed, what it was opened as and which settings it had."""

    found: ClassVar[list[tuple[str, str, dict[str, Any]]]] = []
    database: ClassVar[Path | None] = None
    address = ""

    def close(self) -> None:
        if self.database is not None and Path(urlsplit(self.address).path) == self.database:
            answers = {name: self.execute(f"PRAGMA {name}").fetchone()[0] for name in ALL}
            self.found.append((threading.current_thread().name, self.address, answers))
        super().close()


@pytest.fixture
def told(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, dict[str, Any]]]:
    """Every connection to the shop's database that is closed from now on."""
    connect = sqlite.connect

    def connect_and_tell(address: Any, **options: Any) -> Any:
        connection = connect(address, **{**options, "factory": Told, "check_same_thread": False})
        connection.address = str(address)
        return connection

    monkeypatch.setattr(sqlite, "connect", connect_and_tell)
    monkeypatch.setattr(Told, "found", [])
    monkeypatch.setattr(Told, "database", folder.database.resolve())
    return Told.found


def work_a_day(folder: DataFolder) -> None:
    """The whole shop with its workers: a sale, its paper, a backup."""
    with running_shop(folder, shop_settings(server={"port": 0})) as running, running.app.app_context():
        shop = Shop(running.app, folder)
        open_shift(shop)
        receive(shop, "mật ong", 10)
        sell(shop, "mật ong")
        db.session.remove()
    with running.app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("words", [["verify"], ["backup"], ["doctor"], ["upgrade"], ["journal", "export", "-"]])
def test_each_command_opens_the_database_with_care(
    folder: DataFolder, told: list[tuple[str, str, dict[str, Any]]], words: list[str]
) -> None:
    work_a_day(folder)
    told.clear()

    CliRunner().invoke(command, ["--data", str(folder.path), *words])

    assert told
    assert careless(told) == []


def test_the_running_shop_and_its_workers_open_the_database_with_care(
    folder: DataFolder, told: list[tuple[str, str, dict[str, Any]]]
) -> None:
    work_a_day(folder)

    assert told  # how many depends on who was at work at once: the pool hands connections on
    assert careless(told) == []


def test_a_careless_connection_is_noticed(folder: DataFolder, told: list[tuple[str, str, dict[str, Any]]]) -> None:
    connection = sqlite.connect(folder.database)
    connection.execute("PRAGMA synchronous=1")
    connection.close()

    assert len(careless(told)) == 1


def careless(told: list[tuple[str, str, dict[str, Any]]]) -> list[tuple[str, str, dict[str, Any]]]:
    """Those that could write and would not have been safe; a migration alone turns the foreign keys off."""
    found = []
    for thread, address, answers in told:
        wanted = DURABLE if answers["foreign_keys"] == 0 and answers["recursive_triggers"] == 1 else ALL
        if "mode=ro" not in address and any(answers[name] != value for name, value in wanted.items()):
            found.append((thread, address, answers))
    return found
