"""The command `shop`, on a demo shop made once."""

from __future__ import annotations

import json
import shutil
import threading
import urllib.request
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import select

from config.settings import load_settings
from core.clock import now, stopped_at
from core.database import db
from core.errors import RuleBroken
from core.journal.export import read_export
from core.journal.verify import walk
from core.pin_tries import prove
from core.staff import Staff
from pos.cli import main
from pos.commands.shop_folder import opened
from pos.data_folder import DataFolder
from pos.demo_shop import demo_log_ins, make_demo_shop
from pos.founding.whole_folder import FolderNotEmpty
from pos.running import running_shop

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> DataFolder:
    """The demo shop."""
    folder = DataFolder(tmp_path_factory.mktemp("demo") / "shop")
    make_demo_shop(folder)
    return folder


@pytest.fixture
def copy(demo, tmp_path) -> DataFolder:
    """A demo shop to spoil."""
    shutil.copytree(demo.path, tmp_path / "copy")
    return DataFolder(tmp_path / "copy")


def shop(folder: DataFolder, *words: str):
    return CliRunner().invoke(main, ["--data", str(folder.path), *words])


def test_the_demo_shop_verifies(demo):
    said = shop(demo, "verify")

    assert said.exit_code == 0
    assert "none missing, none changed" in said.output


def test_the_demo_shop_is_made_whole_or_not_at_all(tmp_path, monkeypatch):
    folder = DataFolder(tmp_path / "shop")

    def power_cut(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("pos.demo_shop.fill_demo_shop", power_cut)
    with pytest.raises(KeyboardInterrupt):
        make_demo_shop(folder)
    assert not folder.holds_a_shop

    monkeypatch.undo()
    make_demo_shop(folder)
    assert shop(folder, "verify").exit_code == 0


def test_the_demo_never_overwrites_other_files(tmp_path):
    (tmp_path / "letter.txt").write_text("giữ lại")

    with pytest.raises(FolderNotEmpty, match="empty or a new folder"):
        make_demo_shop(DataFolder(tmp_path))
    assert (tmp_path / "letter.txt").read_text() == "giữ lại"


def test_the_running_demo_shop_shows_its_people(copy):
    with running_shop(copy, load_settings(copy.path, {"server": {"port": 0}})) as running:
        thread = threading.Thread(target=running.server.serve)
        thread.start()
        with urllib.request.urlopen(running.address + "sign-in", timeout=20) as answer:
            page = answer.read().decode()
        running.server.stop()
        thread.join()

    assert all(person.name in page for person in demo_log_ins())
    assert shop(copy, "verify").exit_code == 0


def test_an_export_verifies_with_the_public_key_alone(demo, tmp_path):
    file = tmp_path / "records.jsonl"

    assert shop(demo, "journal", "export", str(file)).exit_code == 0
    public = shop(demo, "journal", "key").output.strip()

    lines = file.read_text(encoding="utf-8").splitlines()
    report = walk(read_export(lines), public=public)
    assert (report.fault, report.records) == (None, len(lines))
    assert json.loads(lines[0]).keys() == {"b", "s"}


def spoil(folder: DataFolder, statement: str) -> None:
    file = sqlite.connect(folder.database)
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f'DROP TRIGGER "{name}"')
    assert file.execute(statement).rowcount == 1
    file.commit()
    file.close()


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE prices SET amount = amount + 1 WHERE id = 1", "DIFFERENCE record"),
        (
            "UPDATE journal_records SET record = replace(record, 'SALE', 'SALE ') || ' ' WHERE seq = 7",
            "canonical@7",
        ),
        ("DELETE FROM journal_records WHERE seq = 7", "gap@7"),
        ("DELETE FROM journal_records WHERE seq = (SELECT max(seq) FROM journal_records)", "cut@"),
    ],
)
def test_verify_names_the_first_bad_record_and_fails(copy, statement, says):
    spoil(copy, statement)

    said = shop(copy, "verify")

    assert said.exit_code == 1
    assert says in said.output


@pytest.mark.parametrize("words", [("verify",), ("upgrade",), ("journal", "key"), ("journal", "export", "-")])
def test_without_a_shop_each_command_says_what_to_type(tmp_path, words):
    said = shop(DataFolder(tmp_path / "nowhere"), *words)

    assert said.exit_code == 1
    assert f"shop --data {tmp_path / 'nowhere'} demo" in said.output
    assert not (tmp_path / "nowhere").exists()


def test_a_wrong_setting_is_named(copy):
    text = copy.settings.read_text(encoding="utf-8")
    copy.settings.write_text(text.replace("[shop]", '[shop]\nnmae = "sai"', 1), encoding="utf-8")

    said = shop(copy, "verify")

    assert said.exit_code == 1
    assert "nmae" in said.output
    assert "shop.toml" in said.output


def test_upgrade_says_when_there_is_nothing_to_do(demo):
    assert "up to date" in shop(demo, "upgrade", "--english").output


def test_an_address_that_others_reach_is_refused_before_anything_starts(copy):
    text = copy.settings.read_text(encoding="utf-8")
    copy.settings.write_text(text + '\n[server]\nhost = "0.0.0.0"\n', encoding="utf-8")

    said = shop(copy, "run")

    assert said.exit_code == 1
    assert "https" in said.output


def commands(group: click.Group, before: str = "shop") -> list[tuple[str, click.Command]]:
    """Every command with the words that call it."""
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += commands(command, f"{before} {name}")
        else:
            found.append((f"{before} {name}", command))
    return found


@pytest.mark.parametrize(("words", "command"), commands(main))
def test_each_command_has_help_with_an_example(words, command):
    assert command.help is not None
    assert "Example: shop --data" in command.help
    assert words.removeprefix("shop ") in command.help


def test_the_folder_is_readable_by_its_owner_only(demo):
    assert demo.path.stat().st_mode & 0o077 == 0


def test_the_demo_says_in_every_paper_that_its_prices_are_invented(demo):
    assert load_settings(demo.path).demo


def test_no_money_can_reach_the_demo_account(demo):
    assert not load_settings(demo.path).bank.account.isdigit()


def test_the_command_is_installed_under_its_name():
    assert (Path(__file__).parents[2] / "pyproject.toml").read_text().count('shop = "pos.cli:main"') == 1


def test_whoever_holds_the_machine_gets_back_in_without_a_manager(copy):
    with opened(copy), stopped_at(now()) as hand:
        owner = db.session.scalars(select(Staff).where(Staff.code == "01")).one()
        for _ in range(10):
            with suppress(RuleBroken):
                prove(owner, "975312", device="00")
            hand.move(timedelta(seconds=80))
    assert "LOCKED OUT on this computer" in shop(copy, "people", "list").output

    assert "may try again" in shop(copy, "people", "unlock", "01").output
    assert "locked out nowhere" in shop(copy, "people", "unlock", "01").output
    assert (
        CliRunner().invoke(main, ["--data", str(copy.path), "people", "pin", "01"], "748291\n748291\n").exit_code == 0
    )
    easy = CliRunner().invoke(main, ["--data", str(copy.path), "people", "pin", "01"], "123456\n123456\n")

    assert (easy.exit_code, "748291" in easy.output) == (1, False)
    assert shop(copy, "people", "unlock", "77").exit_code == 1
    assert "none missing, none changed" in shop(copy, "verify").output
