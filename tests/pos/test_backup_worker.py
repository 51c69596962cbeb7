"""Backups of a shop at work: when one is due, where it goes, and what happens when the place does not want it."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.backup_folder import PART, KeepRules, backups_in
from core.current_settings import install_settings
from core.database import db
from pos.backups import backup as making
from pos.backups.backup import BackupRunning, Order, Trouble, make_backup
from pos.backups.child import as_line, read_order, read_outcome, told
from pos.backups.state import BackupState, read_state, write_state
from pos.backups.worker import Backups, order_of, run_child
from tests.factories import Shop, close_shift, open_shift, receive, sell, shop_settings


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The second place."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def order(shop: Shop, place: Path) -> Order:
    """A backup of a shop that has sold, to a place that was just chosen."""
    receive(shop, "mật ong", 100)
    open_shift(shop)
    sell(shop, "mật ong")
    db.session.rollback()
    return Order(shop.folder, "T-TEST", place=place, greeting="xin chào")


def test_a_backup_lies_in_both_places_checked(shop: Shop, order: Order, place: Path) -> None:
    outcome = make_backup(order)

    here, there = backups_in(shop.folder.backups), backups_in(place)
    assert (outcome.trouble, len(here), len(there)) == (None, 1, 1)
    assert here[0].manifest == outcome.made
    assert there[0].manifest == outcome.placed
    assert outcome.placed.totals["n"] == 1
    assert (place / "T-TEST-backups.txt").read_text() == "xin chào"
    assert not (shop.folder.backups / "making").exists()


def test_the_newest_two_stay_here(shop: Shop, order: Order) -> None:
    for _ in range(4):
        shop.clock.move(timedelta(minutes=15))
        make_backup(order)

    assert len(backups_in(shop.folder.backups)) == 2


def test_a_stick_pulled_out_leaves_an_empty_folder_that_is_not_written_to(order: Order, place: Path) -> None:
    make_backup(order)
    shutil.rmtree(place)
    place.mkdir()  # the mount point

    outcome = make_backup(replace(order, greeting=""))

    assert (outcome.trouble, outcome.placed) == (Trouble.PLACE_MISSING, None)
    assert outcome.made is not None
    assert list(place.iterdir()) == []


def test_a_full_place_is_said_and_nothing_half_written_stays(
    order: Order, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(order)
    real = shutil.disk_usage
    monkeypatch.setattr(
        making.shutil, "disk_usage", lambda path: real(path)._replace(free=1000) if path == place else real(path)
    )

    outcome = make_backup(order)

    assert outcome.trouble is Trouble.PLACE_FULL
    assert not list(place.glob(f"*{PART}"))
    assert len(backups_in(place)) == 1


@pytest.mark.parametrize(
    ("fault", "trouble"), [(errno.ENOSPC, Trouble.PLACE_FULL), (errno.EROFS, Trouble.PLACE_CLOSED)]
)
def test_a_place_that_fails_while_it_is_written_keeps_what_it_had(
    shop: Shop, order: Order, place: Path, monkeypatch: pytest.MonkeyPatch, fault: int, trouble: Trouble
) -> None:
    good = make_backup(order)
    shop.clock.move(timedelta(minutes=15))
    real = making.GentleFile.write

    def fail_on_the_place(file: making.GentleFile, data: object) -> int:
        if str(place) in os.readlink(f"/proc/self/fd/{file.fileno()}"):
            real(file, bytes(data)[:1000])
            raise OSError(fault, os.strerror(fault))
        return real(file, data)

    monkeypatch.setattr(making.GentleFile, "write", fail_on_the_place)
    outcome = make_backup(order)

    assert (outcome.trouble, outcome.placed) == (trouble, None)
    assert [backup.manifest for backup in backups_in(place)] == [good.placed]
    assert not list(place.glob(f"*{PART}"))


def test_the_shops_own_disk_is_never_filled(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.disk_usage
    monkeypatch.setattr(making.shutil, "disk_usage", lambda path: real(path)._replace(free=200 << 20))

    assert make_backup(order).trouble is Trouble.NO_ROOM_HERE


def test_a_damaged_shop_is_not_passed_off_as_a_good_backup(shop: Shop, order: Order, place: Path) -> None:
    good = make_backup(order)
    with db.engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER journal_records_no_update")
        connection.exec_driver_sql(
            "UPDATE journal_records SET record = replace(record, 'T-TEST', 'T-TEsT') WHERE seq = 7"
        )
        connection.connection.commit()

    outcome = make_backup(order)

    assert (outcome.trouble, outcome.made) == (Trouble.DAMAGED, None)
    assert "7" in outcome.detail
    assert backups_in(place)[0].manifest == good.placed


def test_only_one_is_made_at_a_time(order: Order) -> None:
    with making._only_one(order.folder), pytest.raises(BackupRunning):
        make_backup(order)


def test_the_rules_of_the_settings_thin_the_place_out(shop: Shop, order: Order, place: Path) -> None:
    sparse = replace(order, rules=KeepRules(hours=1, days=3, weeks=1, months=1))
    for _ in range(30):
        shop.clock.move(timedelta(hours=6))
        make_backup(sparse)

    assert len(backups_in(place)) in (4, 5)


def test_state_and_orders_survive_being_written_down(shop: Shop, order: Order, tmp_path: Path) -> None:
    outcome = make_backup(order)
    state = BackupState().after(outcome, str(order.place))
    write_state(tmp_path / "state.json", state)

    assert read_state(tmp_path / "state.json") == state
    assert read_outcome(told(outcome)) == outcome
    assert as_line(read_order(as_line(order))) == as_line(order)
    (tmp_path / "state.json").write_text("{")
    assert read_state(tmp_path / "state.json") == BackupState()


def test_a_failed_try_does_not_make_the_good_one_forgotten(shop: Shop, order: Order, place: Path) -> None:
    state = BackupState().after(make_backup(order), str(place))
    shutil.rmtree(place)
    later = state.after(make_backup(replace(order, greeting="")), str(place))

    assert later.newest == state.newest
    assert not later.is_too_old
    shop.clock.move(timedelta(hours=25))
    assert later.is_too_old


@pytest.fixture
def backups(shop: Shop, order: Order, place: Path) -> Backups:
    """The worker of an app, not started: the test asks it what the thread would ask."""
    install_settings(shop.app, shop_settings(backup={"place": str(place)}))
    return Backups(shop.app, shop.folder)


def note(backups: Backups, shop: Shop) -> None:
    """What the thread does when one is due."""
    order = order_of(shop_settings(backup={"place": backups.app.extensions["place"]}), shop.folder, backups.state)
    backups.note(make_backup(order), order.place)


def test_one_is_due_by_the_clock_after_a_z_and_when_the_place_is_back(
    shop: Shop, backups: Backups, place: Path
) -> None:
    shop.app.extensions["place"] = str(place)
    assert backups._is_due()
    note(backups, shop)
    backups._is_new()
    backups._next_ms = shop.clock.passed_ms + 15 * 60_000
    assert not backups._is_due()

    shop.clock.move(timedelta(minutes=16))
    assert not backups._is_due()  # nothing was written meanwhile
    sell(shop, "mật ong")
    assert backups._is_due()

    note(backups, shop)
    backups._next_ms = shop.clock.passed_ms + 15 * 60_000
    close_shift(shop, 700_000)
    assert backups._is_due()

    place.rename(place.with_name("pulled out"))
    note(backups, shop)
    assert backups.state.last.trouble is Trouble.PLACE_MISSING
    assert not backups._is_due()
    place.with_name("pulled out").rename(place)
    assert backups._is_due()


@pytest.mark.slow
def test_killed_at_any_moment_the_child_leaves_nothing_that_counts(order: Order, place: Path) -> None:
    good = make_backup(order)
    kills = 0
    for wait in (0.3, 0.5, 0.7, 0.9, 1.2):  # a quick machine is done in half a second
        child = subprocess.Popen(
            [sys.executable, "-m", "pos.backups.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        child.stdin.write(as_line(order))
        child.stdin.close()
        time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        kills += child.wait() == -signal.SIGKILL
        child.stdout.close()
        for backup in backups_in(place):
            assert making.fingerprint(backup.path) == backup.manifest.sha256

    outcome = run_child(order)

    assert kills >= 1
    assert outcome is not None
    assert (outcome.trouble, outcome.placed.seq) == (None, good.placed.seq)
    assert not list(place.glob(f"*{PART}"))
    assert not (order.folder.backups / "making").exists()
