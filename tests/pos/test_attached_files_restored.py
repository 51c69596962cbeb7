"""Photos and papers in backups: copied once, encrypted like the books, read by the drill, back after a restore."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from pysqlite3 import dbapi2 as sqlite

from core.backup_folder import KeepRules
from core.backup_key import BackupKey, make_key
from core.clock import stopped_at
from pos.backups.backup import Order, Trouble, make_backup
from pos.data_folder import DataFolder
from pos.replay import verify_shop
from pos.restoring.drill import try_restore
from pos.restoring.files_back import FilesMissing
from pos.restoring.restore import restore
from pos.restoring.swap import put_in_place
from tests.factories import MORNING, Shop, opened, shop_settings
from tests.pos.restore_story import back_up, destroy, newest, place, reopened, wish
from tests.pos.test_attached_file import PDF, attach, photo, spoil

__all__ = ["place"]  # a fixture
WORDS = "bon con ngua cho hang"


@pytest.fixture
def written(folder: DataFolder) -> Iterator[DataFolder]:
    """A shop whose one record names a photo and a PDF; it is closed."""
    with stopped_at(MORNING) as hand:
        with opened(folder, shop_settings()) as app:
            attach(Shop(app, folder, hand), photo(), PDF)
        yield folder


def back(folder: DataFolder, place: Path, **more: object) -> Trouble | None:
    outcome = make_backup(Order(folder, "T-TEST", place=place, greeting="xin chào", **more))
    assert outcome.placed is not None, outcome.detail
    return outcome.trouble


def copies(place: Path) -> list[Path]:
    return sorted(path for path in place.glob("T-TEST-files*/??/*"))


def test_a_file_is_copied_once_however_many_backups_there_are(written: DataFolder, place: Path) -> None:
    back(written, place)
    before = {path: path.stat().st_mtime_ns for path in copies(place)}

    back(written, place)

    assert len(before) == 2
    assert {path: path.stat().st_mtime_ns for path in copies(place)} == before
    assert sorted(path.name for path in before) == sorted(path.name for path in written.files.glob("??/*"))


def test_a_shop_comes_back_with_its_files_on_a_new_machine(written: DataFolder, place: Path, tmp_path: Path) -> None:
    back(written, place)
    empty = DataFolder(tmp_path / "new machine")

    done = restore(wish(empty, newest(place), left=empty, declare_loss=True))

    assert done.files_missing == 0
    with reopened(empty):
        assert verify_shop().clean
        assert len(list(empty.files.glob("??/*"))) == 2


@pytest.mark.slow
def test_with_a_passphrase_nothing_of_a_file_lies_open(written: DataFolder, place: Path, tmp_path: Path) -> None:
    back(written, place, key=make_key(WORDS))
    assert all(PDF not in path.read_bytes() and path.suffix == ".age" for path in copies(place))
    empty = DataFolder(tmp_path / "new machine")

    restore(wish(empty, newest(place), left=empty, declare_loss=True, passphrase=WORDS))

    with reopened(empty):
        assert verify_shop().clean


def test_another_key_gets_a_folder_of_its_own_and_the_old_one_goes_with_its_backups(
    written: DataFolder, place: Path
) -> None:
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    key = BackupKey(recipient, "locked")
    back(written, place)
    with stopped_at(MORNING + timedelta(minutes=5)):
        back(written, place, key=key)
    assert len({path.parents[1] for path in copies(place)}) == 2

    with stopped_at(MORNING + timedelta(minutes=10)):
        back(written, place, key=key, rules=KeepRules(0, 0, 0, 0, newest=1))

    assert len({path.parents[1] for path in copies(place)}) == 1
    assert all(path.suffix == ".age" for path in copies(place))


def test_without_the_files_a_restore_waits_for_a_word(written: DataFolder, place: Path, tmp_path: Path) -> None:
    back(written, place)
    shutil.rmtree(place / "T-TEST-files")
    empty = DataFolder(tmp_path / "new machine")
    wanted = wish(empty, newest(place), left=empty, declare_loss=True)
    with pytest.raises(FilesMissing, match=r"2 of the photos.*T-TEST-files.*--without-files"):
        restore(wanted)
    assert not empty.database.exists()

    done = restore(replace(wanted, without_files=True))

    assert done.files_missing == 2
    with reopened(empty):
        verdict = verify_shop()
        assert verdict.books_are_clean
        assert len(verdict.files) == 2


def test_what_lies_whole_in_the_folder_stays_and_what_was_altered_comes_back(written: DataFolder, place: Path) -> None:
    back(written, place)
    one, other = sorted(written.files.glob("??/*"))
    untouched = other.stat().st_mtime_ns
    spoil(one)
    destroy(written)

    restore(wish(written, newest(place), declare_loss=True))

    assert other.stat().st_mtime_ns == untouched
    with reopened(written):
        assert verify_shop().clean


def test_files_are_laid_down_again_after_a_power_cut(written: DataFolder, place: Path) -> None:
    ready = DataFolder(written.path / ".restored")
    shutil.copytree(written.files, ready.files)
    first = sorted(written.files.glob("??/*"))[0]
    before = first.read_bytes()
    first.unlink()

    put_in_place(written)  # no database in it: only the last step was left, and nothing is undone
    assert not ready.path.exists()
    assert not first.exists()

    shutil.copytree(written.files, ready.files)
    (ready.files / first.parent.name).mkdir(exist_ok=True)
    (ready.files / first.parent.name / first.name).write_bytes(before)
    shutil.copyfile(written.database, ready.database)
    shutil.copyfile(written.head_log, ready.head_log)
    (ready.path / "set-aside-name").write_text("aside")
    put_in_place(written)

    assert first.read_bytes() == before


def test_a_backup_of_before_there_were_files_restores(written: DataFolder, place: Path, tmp_path: Path) -> None:
    """Its books name none; the table comes with the upgrade."""
    with sqlite.connect(written.database) as books:
        for table in ("record_files", "attached_files"):
            books.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")

    assert back(written, place) is None


# what is found


def test_the_drill_reads_every_file(written: DataFolder, place: Path) -> None:
    back(written, place)
    good = try_restore(written, newest(place).path, passphrase="", by="02")

    spoil(copies(place)[0])
    result = try_restore(written, newest(place).path, passphrase="", by="02")

    assert good.trouble == ""
    assert "attached files are missing or damaged" in result.trouble


def test_a_backup_says_when_a_file_is_gone_and_is_made_all_the_same(written: DataFolder, place: Path) -> None:
    next(written.files.glob("??/*")).unlink()

    assert back(written, place) is Trouble.FILES_BROKEN


def test_a_file_that_was_copied_before_is_still_missed_here(written: DataFolder, place: Path) -> None:
    assert back(written, place) is None
    next(written.files.glob("??/*")).unlink()

    assert back(written, place) is Trouble.FILES_BROKEN


def test_an_altered_file_is_never_copied(written: DataFolder, place: Path) -> None:
    spoil(next(written.files.glob("??/*")))

    assert back(written, place) is Trouble.FILES_BROKEN
    assert len(copies(place)) == 1


def test_backups_go_on_where_the_shop_has_no_files(shop: Shop, place: Path) -> None:
    back_up(shop, place)

    assert copies(place) == []
