"""The manager's pages of backups and drills, and what the foot bar says of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.backup_folder import backups_in
from core.database import db, transaction
from core.staff import Role
from pos.backups.backup import Order, make_backup
from pos.backups.worker import backups_of
from pos.replay import verify_shop
from pos.restoring.drill_certificate import write_drill
from pos.restoring.drill_result import DrillResult
from pos.restoring.drill_table import Drill
from pos.settings.in_force import put_changes_in_force
from tests.factories import Shop, open_shift, receive, sell
from tests.pos.web.conftest import Screen, words

NUMBERS = {"every_minutes": 15, "keep_hours": 24, "keep_days": 30, "keep_weeks": 12, "keep_months": 24}
PROPOSED = "abcd-efgh-jkmn-pqrs-tuvw"


@pytest.fixture
def manager(shop: Shop) -> Screen:
    put_changes_in_force()
    return Screen(shop, Role.MANAGER)


def back_up(shop: Shop, place: Path | None = None) -> None:
    """What the worker does when a backup is due."""
    order = Order(shop.folder, "T-TEST", place=place, greeting="xin chào")
    backups_of(shop.app).note(make_backup(order), place)


def test_the_page_shows_how_far_the_newest_reaches(shop: Shop, manager: Screen) -> None:
    assert "Chưa có" in words(manager.get("/backups"))
    back_up(shop)

    page = words(manager.get("/backups"))

    assert "đến bản ghi 15" in page
    assert "Đã kiểm tra" in page
    assert "chỉ nằm trên máy này" in page


def test_choosing_a_place_is_kept_with_who_did_it(shop: Shop, manager: Screen, tmp_path: Path) -> None:
    manager.press("/backups/place", place=str(tmp_path), **NUMBERS)
    back_up(shop, tmp_path)

    page = words(manager.get("/backups"))

    assert str(tmp_path) in page
    assert "Nơi lưu thứ hai" in page
    assert verify_shop().clean


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"place": "/nowhere/at all"}, "không có thư mục /nowhere/at all"),
        ({"place": "", "every_minutes": 1}, "5 đến 240"),
        ({"place": "", "keep_days": 0}, "1 đến 1.000"),
    ],
)
def test_a_place_that_cannot_be_is_refused(manager: Screen, fields: dict[str, object], says: str) -> None:
    answer = manager.press("/backups/place", **{**NUMBERS, **fields})

    assert answer.status_code == 422
    assert says in words(answer)


def test_a_stick_pulled_out_and_a_backup_too_old_stand_in_the_foot_bar(
    shop: Shop, manager: Screen, tmp_path: Path
) -> None:
    manager.press("/backups/place", place=str(tmp_path), **NUMBERS)
    back_up(shop, tmp_path)
    assert "Sao lưu: 0 phút trước" in words(manager.get("/foot"))

    (tmp_path / "T-TEST-backups.txt").unlink()
    shop.clock.move(timedelta(hours=3))
    backups_of(shop.app).note(make_backup(Order(shop.folder, "T-TEST", place=tmp_path)), tmp_path)
    assert "3 giờ trước. Không thấy nơi lưu thứ hai" in words(manager.get("/foot"))

    shop.clock.move(timedelta(hours=22))
    assert "lamp-act" in manager.get("/foot").text


def test_the_drill_is_reminded_of_until_one_was_good(shop: Shop, manager: Screen, tmp_path: Path) -> None:
    manager.press("/backups/place", place=str(tmp_path), **NUMBERS)
    assert "Đến kỳ diễn tập" in words(manager.get("/foot"))
    assert "Đến kỳ diễn tập" not in words(Screen(shop).get("/foot"))
    with transaction():
        write_drill(DrillResult(trouble="the journal does not hold: chain@7"), by=shop.manager)
    assert "Đến kỳ diễn tập" in words(manager.get("/foot"))

    with transaction():
        write_drill(DrillResult(), by=shop.manager)

    assert "Đến kỳ diễn tập" not in words(manager.get("/foot"))
    page = words(manager.get("/backups/drills"))
    assert "KHÔNG ĐẠT" in page
    assert "chain@7" in words(manager.get("/backups/drills/1"))
    assert manager.get("/backups/drills/2.png").data.startswith(b"\x89PNG")
    assert manager.press("/backups/drills/2/copies").status_code == 200
    assert manager.get("/backups/drills/9").status_code == 404


@pytest.mark.slow
def test_the_whole_drill_from_the_page(shop: Shop, manager: Screen) -> None:
    receive(shop, "mật ong", 5)
    open_shift(shop)
    sell(shop, "mật ong")
    assert manager.press("/backups/drills").status_code == 422  # nothing to try yet
    back_up(shop)
    (backup,) = backups_in(shop.folder.backups, "T-TEST")

    manager.press("/backups/drills")
    shop.app.extensions["drills"].wait()

    drill = db.session.get_one(Drill, 1)
    assert (drill.trouble, drill.seq, drill.hash) == ("", backup.manifest.seq, backup.manifest.hash)
    assert "KHÔNG ĐẠT" not in words(manager.get("/backups/drills/1"))
    assert verify_shop().clean


def test_a_weak_passphrase_is_refused_and_none_is_shown_or_logged(
    shop: Shop, manager: Screen, caplog: pytest.LogCaptureFixture
) -> None:
    answer = manager.press("/backups/passphrase", new_passphrase="ngan qua", again_passphrase="ngan qua")

    assert answer.status_code == 422
    assert "ngan qua" not in answer.text
    assert "ngan qua" not in caplog.text
    assert not shop.folder.backup_key.exists()


@pytest.mark.slow  # age makes each try cost about a second
def test_a_passphrase_is_set_and_its_key_can_be_printed(shop: Shop, manager: Screen) -> None:
    assert manager.get("/backups/key").status_code == 404

    manager.press("/backups/passphrase", new_passphrase=PROPOSED, again_passphrase=PROPOSED)

    page = manager.get("/backups/key").text
    assert "BEGIN AGE ENCRYPTED FILE" in page
    assert PROPOSED not in page
    assert "Đã đặt" in words(manager.get("/backups"))
    without = manager.press("/backups/passphrase", new_passphrase=PROPOSED + "x", again_passphrase=PROPOSED + "x")
    assert without.status_code == 422
    assert PROPOSED.encode() not in shop.folder.database.read_bytes()


def test_clerks_see_nothing_of_it(shop: Shop) -> None:
    clerk = Screen(shop)
    for address in ("/backups", "/backups/drills", "/backups/passphrase", "/backups/key"):
        assert clerk.get(address).status_code == 403
    assert clerk.press("/backups/now").status_code == 403


def test_the_button_wakes_the_worker(shop: Shop, manager: Screen) -> None:
    manager.press("/backups/now")

    assert backups_of(shop.app)._wanted
