"""Without its key the shop goes on selling; the records say so, and a signed one closes the range."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db
from core.journal.chain import JournalRecord
from core.journal.seal import KeyUnreadable, SigningKey, current_terminal
from tests.core.journal.story import is_whole, kinds, records, write


def test_without_its_key_the_shop_goes_on_and_an_outage_closes_the_range(core_app: Flask, tmp_path: Path) -> None:
    write(n=1)
    terminal, key_path = current_terminal(), tmp_path / "terminal.key"
    key_path.rename(tmp_path / "away")
    terminal.key = None
    for n in range(2, 32):
        write(n=n)
    why = terminal.trouble
    (tmp_path / "away").rename(key_path)
    write(n=32)

    signatures = list(db.session.scalars(select(JournalRecord.sig).order_by(JournalRecord.seq)))
    assert [place for place, signature in enumerate(signatures) if signature is None] == list(range(2, 32))
    assert records()[32]["typ"] == "OUTAGE"
    assert records()[32]["body"] == {"first": 2, "last": 31}
    assert "terminal.key" in why
    assert terminal.trouble == ""
    assert is_whole()


def test_another_key_in_the_file_signs_nothing(core_app: Flask) -> None:
    write(n=1)
    terminal = current_terminal()
    right, terminal.key = terminal.key, SigningKey.from_seed(b"?" * 32)
    unsigned = write(n=2)
    why = terminal.trouble
    terminal.key = right
    write(n=3)

    assert unsigned.sig is None
    assert "another key" in why
    assert kinds() == ["GENESIS", "VISITOR", "VISITOR", "OUTAGE", "VISITOR"]
    assert is_whole()


def test_a_restarted_shop_finds_the_name_of_its_key_in_the_journal(core_app: Flask) -> None:
    write(n=1)
    current_terminal().known = None

    again = write(n=2)

    assert again.sig is not None
    assert is_whole()


def test_a_journal_does_not_begin_without_a_key(core_app: Flask, tmp_path: Path) -> None:
    (tmp_path / "terminal.key").write_text("hỏng", encoding="utf-8")
    current_terminal().key = None

    with pytest.raises(KeyUnreadable, match="begins with its terminal's key"):
        write(n=1)

    assert records() == []
