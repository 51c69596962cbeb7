"""The head file survives torn lines, full disks and restores, and remembers what the database may have lost."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from core.database import db, transaction
from core.journal.chain import head, next_seq
from core.journal.export import sealed_rows
from core.journal.head import Head, append_head, read_heads, valid_heads
from core.journal.record import NotCanonical
from core.journal.seal import current_terminal
from core.journal.verify import walk
from tests.core.journal.story import is_whole, tell, write

A, B, C = "a" * 64, "b" * 64, "c" * 64


def test_each_commit_leaves_one_line(core_app: Flask, tmp_path: Path) -> None:
    tell(10)

    newest = head()
    assert newest is not None
    lines = (tmp_path / "head.log").read_text(encoding="ascii").splitlines()
    assert lines[-1] == f"0 9 {newest.hash}"
    assert [int(line.split()[1]) for line in lines] == sorted({int(line.split()[1]) for line in lines})


def test_a_transaction_that_failed_or_wrote_nothing_leaves_none(core_app: Flask, tmp_path: Path) -> None:
    write(n=1)
    before = (tmp_path / "head.log").read_text(encoding="ascii")

    with transaction():
        next_seq()
    with pytest.raises(NotCanonical):
        write(price=1.5)

    assert (tmp_path / "head.log").read_text(encoding="ascii") == before


def test_a_line_torn_by_a_power_cut_does_not_swallow_the_next(tmp_path: Path) -> None:
    path = tmp_path / "head.log"
    append_head(path, Head(0, 1, A))
    with path.open("ab") as file:
        file.write(b"0 2 bbbb")

    append_head(path, Head(0, 3, C))

    assert list(read_heads(path)) == [Head(0, 1, A), Head(0, 3, C)]


def test_only_the_shops_user_may_read_it(tmp_path: Path) -> None:
    append_head(tmp_path / "head.log", Head(0, 1, A))

    assert (tmp_path / "head.log").stat().st_mode & 0o077 == 0


def test_a_head_file_that_cannot_be_written_is_told_and_stops_no_sale(
    core_app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(n=1)
    terminal = current_terminal()
    good, terminal.head_path = terminal.head_path, tmp_path / "no such folder" / "head.log"
    with caplog.at_level(logging.ERROR):
        write(n=2)
    trouble = terminal.head_trouble
    terminal.head_path = good
    write(n=3)

    assert "No such file" in trouble
    assert "head file" in caplog.text
    assert terminal.head_trouble == ""
    assert is_whole()
    assert good is not None
    assert walk(sealed_rows(db.session()), heads=valid_heads(good)).fault is None


def test_a_tail_cut_off_the_database_is_missed(core_app: Flask, tmp_path: Path) -> None:
    tell(20)
    with db.engine.begin() as past_the_shop:
        past_the_shop.execute(text("DROP TRIGGER journal_records_no_delete"))
        past_the_shop.execute(text("DELETE FROM journal_records WHERE seq >= 17"))

    assert is_whole()  # without the head file nothing is seen
    assert str(walk(sealed_rows(db.session()), heads=valid_heads(tmp_path / "head.log")).fault) == "cut@17"


def lines(path: Path, *heads: Head) -> Path:
    for one in heads:
        assert append_head(path, one) == ""
    return path


def test_a_restore_passes_over_the_branch_it_left(tmp_path: Path) -> None:
    path = lines(tmp_path / "h", Head(0, 4, A), Head(0, 9, A), Head(1, 5, B), Head(1, 7, B))

    assert list(valid_heads(path)) == [Head(0, 4, A), Head(1, 5, B), Head(1, 7, B)]


def test_two_restores_pass_over_both_branches(tmp_path: Path) -> None:
    path = lines(tmp_path / "h", Head(0, 4, A), Head(0, 9, A), Head(1, 7, B), Head(1, 8, B), Head(2, 5, C))

    assert list(valid_heads(path)) == [Head(0, 4, A), Head(2, 5, C)]


def test_going_back_without_a_restore_is_no_branch(tmp_path: Path) -> None:
    path = lines(tmp_path / "h", Head(0, 4, A), Head(0, 9, A), Head(0, 5, B))

    assert list(valid_heads(path)) == [Head(0, 4, A), Head(0, 9, A), Head(0, 5, B)]


def test_an_older_copy_of_the_database_that_goes_on_by_itself_is_a_fork(core_app: Flask, tmp_path: Path) -> None:
    tell(12)
    write(n=13)
    path = tmp_path / "head.log"
    newest = list(read_heads(path))[-1]
    append_head(path, Head(0, newest.seq, B))

    assert str(walk(sealed_rows(db.session()), heads=valid_heads(path)).fault) == f"fork@{newest.seq}"


def test_no_head_file_knows_nothing(tmp_path: Path) -> None:
    assert list(valid_heads(tmp_path / "head.log")) == []
