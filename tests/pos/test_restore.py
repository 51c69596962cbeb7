"""A shop goes on from a backup: checked first, in a new epoch, with what is lost declared and no number given twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.backup_key import WrongPassphrase, make_key
from core.database import db
from core.journal.export import sealed_rows
from core.journal.head import read_heads
from core.journal.record import Kind
from core.journal.seal import load_key
from core.journal.verify import walk
from pos.backups.backup import Order, make_backup
from pos.basket import current_basket, parked_baskets
from pos.data_folder import DataFolder, FolderInUse
from pos.replay import verify_shop
from pos.restoring.known import Typed
from pos.restoring.opened_backup import BadBackup, PassphraseNeeded
from pos.restoring.restore import AnotherShop, ReasonMissing, RecordsWouldBeLost, WhoRestores, restore
from pos.sale import Sale
from printers.spool import JobState, PrintJob
from tests.factories import (
    close_shift,
    open_shift,
    receive,
    records,
    sell,
)
from tests.pos.restore_story import destroy, newest, place, reopened, sold, wish

__all__ = ["place", "sold"]  # fixtures
WORDS = "bon con ngua cho hang"


def test_a_destroyed_shop_goes_on_and_says_what_it_lost(sold: DataFolder, place: Path) -> None:
    destroy(sold)

    done = restore(wish(sold, newest(place), declare_loss=True))

    assert (done.ends, done.epoch, done.lost) == (25, 1, 5)
    with reopened(sold) as shop:
        sale = sell(shop, "mật ong")
        verdict = verify_shop()
        restored, gap = verdict.report.declared
        assert verdict.clean
        assert (restored["usr"], restored["body"]["old"]["seq"], restored["body"]["reason"]) == ("02", 30, "hỏng ổ đĩa")
        assert [gap["body"][name] for name in ("ep", "first", "last", "proof")] == [0, 26, 30, "head_file"]
        assert (sale.number, verdict.report.epoch, verdict.report.unvouched) == (done.next_receipt, 1, [])
        assert sale.number > 8  # the last that a customer took home


def test_what_was_there_is_kept_untouched(sold: DataFolder, place: Path) -> None:
    destroy(sold)
    before = sold.database.read_bytes()

    restore(wish(sold, newest(place), declare_loss=True))

    (aside,) = sold.set_aside.iterdir()
    assert (aside / "shop.sqlite").read_bytes() == before
    assert {path.name for path in sold.path.iterdir()} & {".restoring", ".restored"} == set()


def test_nothing_newer_is_lost_unless_that_is_said(sold: DataFolder, place: Path) -> None:
    content = sold.database.read_bytes()

    with pytest.raises(RecordsWouldBeLost, match=r"record 25, .*30"):
        restore(wish(sold, newest(place)))

    assert sold.database.read_bytes() == content
    with reopened(sold):
        assert verify_shop().clean


def test_where_nothing_is_lost_nothing_need_be_said(sold: DataFolder, place: Path) -> None:
    with reopened(sold) as shop:
        make_backup(Order(shop.folder, "T-TEST", place=place))
    destroy(sold)

    done = restore(wish(sold, newest(place)))

    assert (done.ends, done.lost) == (30, 0)
    with reopened(sold):
        assert [records(Kind.GAP_DECLARED)[0]["body"][name] for name in ("first", "last")] == [None, None]


def test_a_running_shop_is_not_overwritten(sold: DataFolder, place: Path) -> None:
    with sold.claimed(), pytest.raises(FolderInUse):
        restore(wish(sold, newest(place), declare_loss=True))


def test_sign_ins_end_papers_wait_for_a_person_and_baskets_are_set_aside(sold: DataFolder, place: Path) -> None:
    restore(wish(sold, newest(place), declare_loss=True))

    with reopened(sold) as shop:
        jobs = db.session.scalars(select(PrintJob)).all()
        assert {(job.state, job.needs_a_person) for job in jobs} == {(JobState.UNKNOWN, True)}
        assert current_basket(shop.register) is None
        assert [basket.label for basket in parked_baskets(shop.register)] == ["Từ bản sao lưu"]


def test_no_number_that_stands_on_a_paper_is_given_again(sold: DataFolder, place: Path) -> None:
    with reopened(sold) as shop:
        close_shift(shop, 1_300_000)
        open_shift(shop)
        lot = receive(shop, "chè Shan", 5)
        left = {"shift": 2, "lot": lot.number}
        orders = set(db.session.scalars(select(Sale.order_code)))

    restore(wish(sold, newest(place), declare_loss=True))

    with reopened(sold) as shop:
        close_shift(shop, 800_000)
        assert open_shift(shop).number > left["shift"]
        assert int(receive(shop, "măng khô", 5).number) > int(left["lot"])
        sale = sell(shop, "mật ong")
        assert sale.order_code not in orders
        assert verify_shop().clean


def test_on_a_new_machine_without_the_key_a_new_one_is_told_for_ever(sold: DataFolder, place: Path, tmp_path) -> None:
    empty = DataFolder(tmp_path / "new machine")
    first = load_key(sold.terminal_key).public
    wanted = wish(empty, newest(place), left=empty)
    with pytest.raises(RecordsWouldBeLost):
        restore(wanted)

    done = restore(replace(wanted, declare_loss=True, typed=Typed(receipt=8, record=30)))

    assert (done.lost, done.new_key) == (None, True)
    with reopened(empty) as shop:
        assert sell(shop, "mật ong").number > 2_000  # nobody knows how many were sold after the backup
        verdict = verify_shop()
        assert verdict.clean
        assert verdict.report.unvouched == [(26, "k2")]
        assert verdict.report.declared[1]["body"]["all"] is False
        assert walk(sealed_rows(db.session()), public=first).unvouched == [(26, "k2")]
        assert walk(sealed_rows(db.session()), holder=first).fault.kind == "key"


@pytest.mark.slow
def test_an_encrypted_backup_brings_the_key_along(sold: DataFolder, place: Path, tmp_path: Path) -> None:
    with reopened(sold) as shop:
        make_backup(Order(shop.folder, "T-TEST", place=place, key=make_key(WORDS)))
    empty = DataFolder(tmp_path / "new machine")
    wanted = wish(empty, newest(place), left=empty, declare_loss=True)
    with pytest.raises(PassphraseNeeded):
        restore(wanted)
    with pytest.raises(WrongPassphrase):
        restore(replace(wanted, passphrase="nam con ngua cho hang"))
    assert not empty.database.exists()

    done = restore(replace(wanted, passphrase=WORDS))

    assert not done.new_key
    assert load_key(empty.terminal_key).public == load_key(sold.terminal_key).public


def test_a_plain_backup_holds_no_secret(sold: DataFolder, place: Path) -> None:
    content = newest(place).path.read_bytes()

    assert b"PRIVATE KEY" not in content
    assert sold.terminal_key.read_bytes().splitlines()[1] not in content


def test_an_epoch_is_never_used_twice(sold: DataFolder, place: Path) -> None:
    first = newest(place)
    restore(wish(sold, first, declare_loss=True))
    with reopened(sold) as shop:
        numbers = {sell(shop, "mật ong").number for _ in range(3)}

    done = restore(wish(sold, first, declare_loss=True))

    assert done.epoch == 2
    with reopened(sold) as shop:
        assert sell(shop, "mật ong").number > max(numbers)
        assert verify_shop().clean
    assert [head.ep for head in read_heads(sold.head_log)][-1] == 2


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        ({"pin": "000000"}, WhoRestores),
        ({"by": "03"}, WhoRestores),  # a clerk
        ({"by": "99"}, WhoRestores),
        ({"reason": " "}, ReasonMissing),
    ],
)
def test_who_restores_is_a_manager_and_says_why(sold, place, change: dict[str, Any], trouble: type) -> None:
    before = sold.database.read_bytes()

    with pytest.raises(trouble):
        restore(wish(sold, newest(place), declare_loss=True, **change))
    assert sold.database.read_bytes() == before


def test_the_backup_of_another_shop_is_refused(sold: DataFolder, place: Path) -> None:
    sold.settings.write_text('[terminal]\nid = "T-OTHER"\n', encoding="utf-8")

    with pytest.raises(AnotherShop, match="T-OTHER"):
        restore(wish(sold, newest(place), declare_loss=True))


def test_a_changed_backup_is_refused_by_name_before_anything_is_touched(sold: DataFolder, place: Path) -> None:
    backup, before = newest(place), sold.database.read_bytes()
    whole = backup.path.read_bytes()
    spoiled = bytearray(whole)
    spoiled[len(whole) // 2] ^= 1
    backup.path.write_bytes(spoiled)

    with pytest.raises(BadBackup, match=backup.name):
        restore(wish(sold, backup, declare_loss=True))
    backup.path.with_name(backup.name + ".json").unlink()  # carried away without its manifest
    with pytest.raises(BadBackup, match=backup.name):
        restore(wish(sold, backup, declare_loss=True))
    assert sold.database.read_bytes() == before
