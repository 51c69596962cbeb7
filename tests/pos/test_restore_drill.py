"""The restore drill: a backup tried beside the running shop, compared with it, certified."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from core.backup_folder import Backup, backups_in
from core.database import db, transaction
from core.journal.record import Kind
from core.staff import Staff
from pos.backups.backup import Order, make_backup
from pos.child_process import ask_child
from pos.replay import verify_shop
from pos.restoring.drill import try_restore
from pos.restoring.drill_certificate import (
    certificate_of,
    draw_certificate,
    is_drill_due,
    print_certificate,
    write_drill,
)
from pos.restoring.drill_table import Drill
from pos.restoring.drill_worker import DrillRefused, DrillRunning, Drills, drill_in_child
from printers.layouts.restore_drill import lay_out_drill
from printers.text_writer import as_text
from tests.factories import Shop, open_shift, receive, records, sell


@pytest.fixture
def backup(shop: Shop, tmp_path: Path) -> Backup:
    """Three sales in the backup, two after it."""
    receive(shop, "mật ong", 100)
    open_shift(shop)
    for _ in range(3):
        sell(shop, "mật ong")
    outcome = make_backup(Order(shop.folder, "T-TEST", place=tmp_path, greeting="xin chào"))
    assert outcome.placed is not None, outcome
    sell(shop, "mật ong")
    sell(shop, "mật ong")
    db.session.rollback()
    return backups_in(tmp_path, "T-TEST")[0]


def test_a_good_backup_restores_and_agrees_with_the_shop(shop: Shop, backup: Backup) -> None:
    head = records()[-1]["seq"]

    result = try_restore(shop.folder, backup.path, passphrase="", by="02")

    assert result.trouble == ""
    assert (result.seq, result.hash, result.totals["n"]) == (25, backup.manifest.hash, 3)
    assert result.compared > 22
    assert records()[-1]["seq"] == head  # the shop's own books were only read
    assert not (shop.folder.backups / "drill").exists()


def test_the_drill_stands_in_the_journal_and_its_certificate_waits_for_the_printer(shop: Shop, backup: Backup) -> None:
    assert is_drill_due()
    result = try_restore(shop.folder, backup.path, passphrase="", by="02")

    with transaction():
        drill = write_drill(result, by=shop.manager)
        print_certificate(drill, by=shop.manager)

    (record,) = records(Kind.DRILL)
    assert (record["usr"], record["body"]["seq"], record["body"]["trouble"]) == ("02", 25, "")
    assert verify_shop().clean
    paper = as_text(lay_out_drill(certificate_of(db.session.get_one(Drill, 1))))
    assert "ĐẠT" in paper
    assert "KHÔNG ĐẠT" not in paper
    assert "300.000" in paper
    assert "BẢN SAO 1" in as_text(draw_certificate(1, 1, False))
    assert not is_drill_due()
    shop.clock.move(timedelta(days=32))
    assert is_drill_due()


@pytest.mark.parametrize("place", [600, 5_000, -2_000])
def test_a_damaged_backup_fails_the_drill_and_reminds_on(shop: Shop, backup: Backup, place: int) -> None:
    spoiled = bytearray(backup.path.read_bytes())
    spoiled[place] ^= 2
    backup.path.write_bytes(spoiled)

    result = try_restore(shop.folder, backup.path, passphrase="", by="02")
    with transaction():
        write_drill(result, by=shop.manager)

    assert backup.name in result.trouble
    assert "KHÔNG ĐẠT" in as_text(draw_certificate(1, 0, False))
    assert is_drill_due()
    assert verify_shop().clean


def test_a_backup_that_is_whole_but_of_another_past_fails(shop: Shop, backup: Backup) -> None:
    """The shop's own books were changed: the copy and the shop no longer agree."""
    with db.engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER sales_no_delete")
        connection.exec_driver_sql("DROP TRIGGER sales_no_update")
        connection.exec_driver_sql("UPDATE sales SET record_seq = record_seq + 1000 WHERE number = 2")
        connection.connection.commit()

    result = try_restore(shop.folder, backup.path, passphrase="", by="02")

    assert result.trouble.startswith("sales: the shop has 2 rows")


@pytest.mark.slow  # a good drill in a child of its own: tests/pos/web/test_backups.py
def test_the_child_process_refuses_who_may_not_and_leaves_nothing(shop: Shop, backup: Backup) -> None:
    with pytest.raises(DrillRefused):
        drill_in_child(shop.folder, backup.path, passphrase="", by="99")

    assert not (shop.folder.backups / "drill").exists()


def test_two_who_press_at_once_begin_one_drill_and_a_shop_that_stops_ends_it(
    shop: Shop, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    drills, began = Drills(shop.app, shop.folder), []

    def for_ever(module: str, order: str, *, is_stopping: Callable[[], bool]) -> None:
        began.append(module)
        while not is_stopping():
            time.sleep(0.01)

    def press() -> bool:
        try:
            drills.begin(backup.path, passphrase="", by=manager)
        except DrillRunning:
            return False
        return True

    monkeypatch.setattr("pos.restoring.drill_worker.ask_child", for_ever)
    manager = Staff(id=shop.manager.id, code="02")
    with ThreadPoolExecutor(8) as hands:
        pressed = [hand.result() for hand in [hands.submit(press) for _ in range(8)]]
    drills.stop()

    assert (pressed.count(True), len(began)) == (1, 1)
    assert isinstance(drills.refused, DrillRefused)


def test_the_page_says_so_when_something_breaks_that_nobody_foresaw(
    shop: Shop, backup: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(module: str, order: str, *, is_stopping: Callable[[], bool]) -> str:
        raise OSError("no more processes")

    monkeypatch.setattr("pos.restoring.drill_worker.ask_child", broken)
    drills = Drills(shop.app, shop.folder)
    with pytest.raises(OSError, match="no more"):
        drills._run(backup.path, "", "02", shop.manager.id)

    assert isinstance(drills.refused, DrillRefused)


def test_a_child_is_ended_when_the_shop_stops() -> None:
    began = time.monotonic()

    assert ask_child("timeit", "", is_stopping=lambda: True) is None
    assert time.monotonic() - began < 20
