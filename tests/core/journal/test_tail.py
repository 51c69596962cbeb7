"""The newest records walked alone see what a whole walk sees there, and read nothing of what lies before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from core.database import db
from core.journal.chain import head
from core.journal.export import sealed_rows
from core.journal.head import Head, append_head, valid_heads
from core.journal.seal import current_terminal
from core.journal.tail import check_tail
from core.journal.verify import Report, walk
from tests.core.journal.story import tell, write


def looked_at(folder: Path, records: int = 40) -> Report:
    heads = list(valid_heads(folder / "head.log", last_bytes=1 << 18))
    db.session.rollback()
    report = check_tail(db.session(), heads=heads, records=records)
    db.session.rollback()
    return report


@contextmanager
def past_the_shop() -> Iterator[None]:
    """Let the block's SQL pass the guard of what is append-only."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for act in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER journal_records_no_{act}"))
    yield
    db.session.rollback()


def do(statement: str, **values: object) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(statement), values)


@pytest.mark.parametrize("length", [2, 39, 40, 41, 42, 130])
def test_a_whole_journal_passes_and_ends_as_the_whole_walk_says(core_app: Flask, tmp_path: Path, length: int) -> None:
    tell(length)

    report, whole = looked_at(tmp_path), walk(sealed_rows(db.session()))

    assert report.fault is None
    assert (report.records, report.newest_hash, report.totals) == (whole.records, whole.newest_hash, whole.totals)


def test_an_empty_journal_is_whole_unless_the_head_file_knows_better(core_app: Flask, tmp_path: Path) -> None:
    assert looked_at(tmp_path).fault is None

    append_head(tmp_path / "head.log", Head(0, 5, "a" * 64))

    assert str(looked_at(tmp_path).fault) == "cut@0"


@pytest.mark.parametrize("first", [89, 90, 91, 100, 120, 129])
def test_a_change_in_each_of_the_newest_is_found_where_the_whole_walk_finds_it(
    core_app: Flask, tmp_path: Path, first: int
) -> None:
    tell(130)
    chance = random.Random(first)
    with past_the_shop():
        old = db.session.scalar(text("SELECT record FROM journal_records WHERE seq = :seq"), {"seq": first})
        place = chance.randrange(len(old))
        new = old[:place] + chr(ord(old[place]) ^ 1) + old[place + 1 :]
        db.session.rollback()
        do("UPDATE journal_records SET record = :new WHERE seq = :seq", new=new, seq=first)

        report, whole = looked_at(tmp_path), walk(sealed_rows(db.session()))

    assert report.fault is not None
    assert report.fault == whole.fault


@pytest.mark.parametrize(
    ("column", "value"),
    [("hash", "'x'"), ("gross", "gross + 1"), ("sales", "sales + 1"), ("mono", "mono + 1"), ("sig", "'AAAA'")],
)
def test_a_column_that_does_not_repeat_its_record_is_found(
    core_app: Flask, tmp_path: Path, column: str, value: str
) -> None:
    tell(130)
    with past_the_shop():
        do(f"UPDATE journal_records SET {column} = {value} WHERE seq = 89")

        assert str(looked_at(tmp_path).fault) in ("columns@89", "signature@89")


def test_a_hole_and_a_cut_tail_are_found(core_app: Flask, tmp_path: Path) -> None:
    tell(130)
    with past_the_shop():
        do("DELETE FROM journal_records WHERE seq = 89")
        hole = str(looked_at(tmp_path, records=40).fault)
        do("DELETE FROM journal_records WHERE seq >= 128")
        cut = str(looked_at(tmp_path, records=20).fault)

    assert (hole, cut) == ("gap@89", "cut@128")


def test_a_head_of_another_branch_is_found(core_app: Flask, tmp_path: Path) -> None:
    tell(60)
    newest = head()
    assert newest is not None

    append_head(tmp_path / "head.log", Head(0, newest.seq, "b" * 64))

    assert str(looked_at(tmp_path).fault) == f"fork@{newest.seq}"


def test_a_time_without_key_may_begin_before_the_newest_records(core_app: Flask, tmp_path: Path) -> None:
    tell(20)
    terminal, key = current_terminal(), tmp_path / "terminal.key"
    key.rename(tmp_path / "away")
    terminal.key = None
    for n in range(30):
        write(n=n)

    still_away = looked_at(tmp_path, records=10)
    (tmp_path / "away").rename(key)
    write(n=31)
    closed = looked_at(tmp_path, records=10)

    assert (still_away.fault, still_away.outage_open, still_away.unsigned) == (None, True, [(20, 49)])
    assert (closed.fault, closed.unsigned) == (None, [(20, 49)])


def test_the_beginning_of_the_head_file_is_not_read(core_app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "head.log"
    path.write_bytes(b"12 345 " + b"a" * 64 + b"\n" + b"7 346 " + b"b" * 64 + b"\n")

    lines = [list(valid_heads(path, last_bytes=size)) for size in (10_000, 143, 142, 71, 70, 10)]

    assert [len(found) for found in lines] == [2, 2, 1, 0, 0, 0]
