"""Backups as files: copied in one step, checked, packed, encrypted, kept and thrown away."""

from __future__ import annotations

import itertools
import random
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from pysqlite3 import dbapi2 as sqlite

from core.backup import BrokenCopy, check_database, check_journal, copy_database
from core.backup_folder import (
    Backup,
    KeepRules,
    Manifest,
    backups_in,
    check_file,
    fingerprint,
    kept,
    name_of,
    put_in_place,
    read_manifest,
    rotate,
    sweep,
)
from core.backup_pack import DATABASE, compress, pack, unpack
from tests.core.journal.story import write

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
ALLOWED = frozenset((DATABASE, "shop.toml"))


def manifest(made_at: datetime = NOON, seq: int = 0, **more: object) -> Manifest:
    told = Manifest("T1", 0, seq, "0" * 64, made_at, made_at, "0.1.0", "", totals={"gross": 1})
    return replace(told, **more)


# the copy


def test_a_copy_holds_what_was_committed_while_others_write_on(core_app: Flask, tmp_path: Path) -> None:
    for n in range(5):
        write(n=n)
    copy = tmp_path / "copy.sqlite"

    copy_database(tmp_path / "shop.sqlite", copy)
    write(n=5)

    check_database(copy)
    assert check_journal(copy).records == 6  # GENESIS and five
    assert copy.stat().st_mode & 0o077 == 0


def test_nobody_who_writes_waits_for_the_copy(tmp_path: Path) -> None:
    source = tmp_path / "large.sqlite"
    with sqlite.connect(source) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("CREATE TABLE rows (text TEXT)")
        file.executemany("INSERT INTO rows VALUES (?)", [("x" * 4000,)] * 4000)
    copying = threading.Thread(target=copy_database, args=(source, tmp_path / "copy.sqlite"))
    with sqlite.connect(source, timeout=0) as seller:
        copying.start()
        for n in range(50):  # refused at once where anybody held the lock
            seller.execute("INSERT INTO rows VALUES (?)", (str(n),))
            seller.commit()
    copying.join()

    check_database(tmp_path / "copy.sqlite")


def test_a_flipped_bit_is_found_by_reading_or_by_walking(core_app: Flask, tmp_path: Path) -> None:
    for n in range(40):
        write(n=n)
    copy = tmp_path / "copy.sqlite"
    copy_database(tmp_path / "shop.sqlite", copy)
    whole = copy.read_bytes()
    texts = [at for at in range(len(whole)) if whole.startswith(b'"typ":"', at)]
    chance = random.Random(7)

    for place in chance.sample(texts, 20):
        spoiled = bytearray(whole)
        spoiled[place + 8] ^= 1 << chance.randrange(5)
        copy.write_bytes(spoiled)
        assert not is_whole(copy)


def is_whole(copy: Path) -> bool:
    try:
        check_database(copy)
        check_journal(copy)
    except BrokenCopy:
        return False
    return True


def test_what_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "copy").write_bytes(b"khong phai co so du lieu" * 100)

    with pytest.raises(BrokenCopy, match="cannot be read"):
        check_database(tmp_path / "copy")


# names, manifests, rotation


def test_a_manifest_reads_back_as_it_was_written() -> None:
    told = manifest(recipient="age1xyz", size=7, sha256="ab")

    assert read_manifest(told.as_text()) == told
    assert name_of(told) == "T1-20261120-050000000Z-00000000.tar.age"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"v": 2}', '{"v": 1, "tid": "T1"}'])
def test_what_is_no_manifest_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_manifest(text)


def lay(folder: Path, told: Manifest, content: bytes = b"backup") -> Backup:
    part = folder / (name_of(told) + ".part")
    part.write_bytes(content)
    return put_in_place(part, replace(told, sha256=fingerprint(part)))


def test_a_changed_backup_is_named(tmp_path: Path) -> None:
    backup = lay(tmp_path, manifest())
    check_file(backup)
    backup.path.write_bytes(b"backuq")

    with pytest.raises(BrokenCopy, match=backup.name):
        check_file(backup)


def test_what_was_cut_off_half_way_is_swept_away_and_nothing_of_others(tmp_path: Path) -> None:
    whole = lay(tmp_path, manifest())
    half = tmp_path / "T1-20261120-060000000Z-00000001.tar.part"
    bare = tmp_path / "T1-20261120-070000000Z-00000002.tar"
    others = [tmp_path / "T2-20261120-060000000Z-00000001.tar.part", tmp_path / "thư.txt"]
    for path in (half, bare, *others):
        path.write_bytes(b"x")

    sweep(tmp_path, "T1")

    assert not half.exists()
    assert not bare.exists()
    assert whole.path.exists()
    assert all(path.exists() for path in others)
    assert [backup.name for backup in backups_in(tmp_path, "T1")] == [whole.name]


def test_a_year_of_backups_thins_out_to_days_weeks_and_months() -> None:
    quarter = timedelta(minutes=15)
    times = [NOON - quarter * n for n in range(4 * 24 * 365)]

    stay = sorted(set(kept([manifest(at, -n) for n, at in enumerate(times)], KeepRules())))

    ages = [times[0] - times[place] for place in stay]
    assert sum(age < timedelta(days=1) for age in ages) == 96
    assert len(stay) <= 96 + 30 + 12 + 24
    assert max(ages) > timedelta(days=330)
    gaps = [later - earlier for earlier, later in itertools.pairwise(ages)]
    assert max(gaps) < timedelta(days=32)


def test_a_clock_that_once_stood_in_2038_takes_no_backup_away(tmp_path: Path) -> None:
    times = [NOON - timedelta(days=n) for n in range(20)]
    told = [manifest(at, 100 - n) for n, at in enumerate(times)]
    in_2038 = manifest(NOON + timedelta(days=4000), 101)

    stay = set(kept([manifest(NOON + timedelta(hours=1), 102), in_2038, *told], KeepRules()))

    assert stay == set(range(22))


def test_rotating_keeps_the_newest_and_touches_no_other_terminal(tmp_path: Path) -> None:
    for n in range(6):
        lay(tmp_path, manifest(NOON + timedelta(minutes=n), n))
        lay(tmp_path, manifest(NOON + timedelta(minutes=n), n, tid="T2"))

    gone = rotate(tmp_path, "T1", KeepRules(hours=0, days=0, weeks=0, months=0, newest=2))

    assert len(gone) == 4
    assert [backup.manifest.seq for backup in backups_in(tmp_path, "T1")] == [5, 4]
    assert len(backups_in(tmp_path, "T2")) == 6


# packing


@pytest.fixture
def packed(core_app: Flask, tmp_path: Path) -> Path:
    write(n=1)
    folder = tmp_path / "work"
    folder.mkdir()
    copy_database(tmp_path / "shop.sqlite", folder / "shop.sqlite")
    (folder / "shop.toml").write_text("[shop]\n")
    compress(folder / "shop.sqlite", folder / DATABASE)
    pack(folder, (DATABASE, "shop.toml", "missing"), tmp_path / "packed.tar", manifest())
    return tmp_path / "packed.tar"


def test_what_is_packed_comes_out_the_same(packed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()

    told = unpack(packed, out, ALLOWED)

    assert told == manifest()
    assert (out / "shop.sqlite").read_bytes() == (tmp_path / "work" / "shop.sqlite").read_bytes()
    assert sorted(path.name for path in out.iterdir()) == ["shop.sqlite", "shop.toml"]


def test_no_flipped_bit_of_a_packed_backup_goes_unseen(packed: Path, tmp_path: Path) -> None:
    whole, chance, seen = packed.read_bytes(), random.Random(11), 0
    reference = tmp_path / "reference"
    reference.mkdir()
    unpack(packed, reference, ALLOWED)
    for n in range(60):
        spoiled, place = bytearray(whole), chance.randrange(len(whole))
        spoiled[place] ^= 1 << chance.randrange(8)
        packed.write_bytes(spoiled)
        out = tmp_path / f"out{n}"
        out.mkdir()
        try:
            unpack(packed, out, ALLOWED)
        except BrokenCopy:
            seen += 1
            continue
        for path in reference.iterdir():  # a bit in the filling of the tar changes nothing
            assert (out / path.name).read_bytes() == path.read_bytes()
    assert seen > 20


def test_a_member_that_leads_elsewhere_is_refused(packed: Path, tmp_path: Path) -> None:
    packed.write_bytes(packed.read_bytes().replace(b"shop.toml", b"../op.tml"))
    (tmp_path / "out").mkdir()

    with pytest.raises(BrokenCopy):
        unpack(packed, tmp_path / "out", ALLOWED)
