"""A new key for which the old one vouches, whenever the power fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

from core.database import db, transaction
from core.journal.export import sealed_rows
from core.journal.key_change import KeyNotThere, change_key
from core.journal.seal import Terminal, current_terminal, load_key, next_key_of
from core.journal.verify import Report, walk
from core.staff import Role, Staff, hire
from tests.core.journal.story import write


def owner() -> Staff:
    with transaction():
        return hire(name="Lan", role=Role.OWNER, pin="135790", by=None)


def walked(**more: str) -> Report:
    return walk(sealed_rows(db.session()), **more)


def test_the_new_key_seals_and_nobody_doubts_it(core_app: Flask) -> None:
    by, old = owner(), current_terminal().key.public

    with transaction():
        change_key(by=by)
    write(n=1)

    new = load_key(current_terminal().key_path).public
    report = walked(public=old, holder=new)
    assert new != old
    assert (report.fault, list(report.keys), report.unvouched, report.unsigned) == (None, ["k1", "k2"], [], [])


def test_a_power_cut_before_the_file_is_in_place_is_made_good(core_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    by, path = owner(), current_terminal().key_path
    monkeypatch.setattr(Terminal, "take_next_key", lambda self, public: None)
    with transaction():
        change_key(by=by)
    monkeypatch.undo()
    assert next_key_of(path).exists()
    fresh = Terminal.at(current_terminal().tid, key_path=path, head_path=current_terminal().head_path)
    core_app.extensions["journal_terminal"] = fresh

    assert write(n=1).sig is not None

    assert not next_key_of(path).exists()
    assert walked(holder=load_key(path).public).fault is None


def test_a_change_that_was_never_written_down_is_no_change(core_app: Flask) -> None:
    by, terminal = owner(), current_terminal()
    old = terminal.key.public

    with pytest.raises(ZeroDivisionError), transaction():  # noqa: PT012 (the change, then the failure)
        change_key(by=by)
        raise ZeroDivisionError

    assert write(n=1).sig is not None
    assert walked(public=old, holder=old).fault is None


def test_only_the_old_key_vouches(core_app: Flask, tmp_path: Path) -> None:
    by, terminal = owner(), current_terminal()
    shutil.move(terminal.key_path, tmp_path / "away")
    terminal.key = None

    with pytest.raises(KeyNotThere), transaction():
        change_key(by=by)
