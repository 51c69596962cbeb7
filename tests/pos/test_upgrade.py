"""Upgrading a shop that has sold: the new form or the old one, whole, wherever it is cut off; the way back (F19)."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from core.clock import stopped_at
from core.migrate import current, scripts_of
from pos.app import MIGRATIONS
from pos.cli import main
from pos.data_folder import DataFolder, FolderInUse
from pos.replay import verify_shop
from pos.sale import Sale
from pos.upgrading import NothingToGoBackTo, WrittenSince, go_back, newest_of, upgrade_shop
from tests.factories import MORNING, Shop, count_of, open_shift, opened, receive, sell, shop_settings

SALES = 6
OLD = scripts_of(MIGRATIONS).get_current_head()
NEXT_FORM = """
import sqlalchemy as sa
from alembic import op

from core.append_only import append_only_ddl

revision = "next_form"
down_revision = "{before}"


def upgrade() -> None:
    op.create_table("till_notes", sa.Column("id", sa.BigInteger(), primary_key=True), sqlite_strict=True)
    with op.batch_alter_table("sales", recreate="always", table_kwargs={{"sqlite_strict": True}}) as table:
        table.add_column(sa.Column("till_note", sa.Text(), nullable=True))
    for statement in append_only_ddl("sales", op.get_context().dialect.name):
        op.execute(statement)
    op.execute("INSERT INTO till_notes (id) SELECT record_seq FROM sales")
    {more}
"""


@pytest.fixture
def next_form(tmp_path) -> Path:
    """The history of a program that is newer by one step, which rebuilds the table of sales."""
    return history(tmp_path / "history")


def history(path: Path, more: str = "") -> Path:
    shutil.copytree(MIGRATIONS, path, ignore=shutil.ignore_patterns("__pycache__"))
    (path / "2099_01_01_next_form.py").write_text(NEXT_FORM.format(before=OLD, more=more), encoding="utf-8")
    return path


@pytest.fixture
def sold(folder: DataFolder) -> DataFolder:
    """A shop that has sold and was closed."""
    with stopped_at(MORNING) as hand, opened(folder, shop_settings()) as app:
        shop = Shop(app, folder, hand)
        receive(shop, "mật ong", 100)
        open_shift(shop)
        for _ in range(SALES):
            sell(shop, "mật ong")
    return folder


def form(folder: DataFolder) -> str | None:
    return current(folder.database_url)


def is_whole(folder: DataFolder) -> bool:
    """Every sale is there once, and the books agree with the journal."""
    with opened(folder, shop_settings()):
        return count_of(Sale) == SALES and verify_shop().clean


def shop(folder: DataFolder, *words: str):
    return CliRunner().invoke(main, ["--data", str(folder.path), *words])


def killed_at(place: int, folder: DataFolder, act: Callable[[DataFolder], object]) -> bool:
    """Do something in a process that dies before its nth statement or step on a file; False when it got through."""
    child = os.fork()
    if child == 0:
        steps = itertools.count(1)

        def step(*_: object) -> None:
            if next(steps) == place:
                os.kill(os.getpid(), signal.SIGKILL)

        def file_step(name: str, args: tuple[object, ...]) -> None:
            if name in ("os.rename", "os.remove", "open", "sqlite3.connect") and str(folder.path) in str(args[:2]):
                step()

        event.listen(Engine, "before_cursor_execute", step)
        event.listen(Engine, "commit", step)
        sys.addaudithook(file_step)
        act(folder)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_an_upgrade_keeps_every_sale_and_the_copy_it_made(sold, next_form):
    before = newest_of(sold.database)

    done = upgrade_shop(sold, next_form)

    assert (form(sold), done.steps) == ("next_form", ["next_form"])
    assert newest_of(sold.database) == newest_of(done.backup) == before
    assert is_whole(sold)


@pytest.mark.slow
def test_killed_at_any_step_of_an_upgrade_the_shop_is_in_the_old_form_or_the_new_one(sold, next_form, tmp_path):
    forms = set()
    for place in itertools.count(1, 7):
        folder = DataFolder(tmp_path / f"at{place}")
        shutil.copytree(sold.path, folder.path)
        if not killed_at(place, folder, partial(upgrade_shop, migrations=next_form)):
            break
        forms.add(form(folder))
        assert is_whole(folder)
        upgrade_shop(folder, next_form)
        assert form(folder) == "next_form"
    assert forms == {OLD, "next_form"}


@pytest.mark.slow
def test_killed_at_any_step_of_the_way_back_the_shop_is_in_the_new_form_or_the_old_one(sold, next_form, tmp_path):
    upgrade_shop(sold, next_form)
    forms = set()
    for place in itertools.count(1):
        folder = DataFolder(tmp_path / f"at{place}")
        shutil.copytree(sold.path, folder.path)
        if not killed_at(place, folder, go_back):
            break
        forms.add(form(folder))
        assert is_whole(folder)
        if form(folder) != OLD:
            go_back(folder)
        assert form(folder) == OLD
    assert forms == {"next_form", OLD}


def test_a_migration_that_fails_changes_nothing(sold, tmp_path):
    broken = history(tmp_path / "history", more="op.execute('INSERT INTO no_such_table VALUES (1)')")

    with pytest.raises(OperationalError):
        upgrade_shop(sold, broken)

    assert form(sold) == OLD
    assert is_whole(sold)


def test_the_way_back_is_open_while_nothing_was_written_since(sold, next_form):
    upgrade_shop(sold, next_form)

    said = shop(sold, "upgrade", "--back", "--english")

    assert said.exit_code == 0, said.output
    assert "earlier version of the program" in said.output
    assert form(sold) == OLD
    assert is_whole(sold)
    assert len(list(sold.set_aside.glob("upgraded-*"))) == 1


def test_after_a_sale_there_is_no_way_back(sold, next_form):
    upgrade_shop(sold, next_form)
    with stopped_at(MORNING) as hand, opened(sold, shop_settings()) as app:
        sell(Shop(app, sold, hand), "mật ong")

    with pytest.raises(WrittenSince):
        go_back(sold)
    said = shop(sold, "upgrade", "--back")

    assert said.exit_code == 1
    assert "1 bản ghi" in said.output
    assert form(sold) == "next_form"


def test_without_an_upgrade_there_is_nothing_to_go_back_to(sold):
    with pytest.raises(NothingToGoBackTo):
        go_back(sold)


def test_a_running_shop_is_not_upgraded(sold, next_form):
    with sold.claimed(), pytest.raises(FolderInUse):
        upgrade_shop(sold, next_form)

    assert form(sold) == OLD


def test_a_shop_opened_by_a_newer_program_is_left_alone(sold, next_form):
    upgrade_shop(sold, next_form)

    said = shop(sold, "upgrade")

    assert said.exit_code == 1
    assert "newer version" in said.output
    assert form(sold) == "next_form"
