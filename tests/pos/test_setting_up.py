"""A shop comes into being by `shop init`: whole or not at all, with what it needs and nothing else."""

from __future__ import annotations

import itertools
import os
import signal
import sys
from contextlib import closing

import pytest
from click.testing import CliRunner
from pysqlite3 import dbapi2 as sqlite

from config.settings import Settings, load_settings
from core.current_settings import current_settings
from core.database import db
from pos.app import create_shop_app
from pos.cli import main
from pos.data_folder import DataFolder, FolderInUse, ShopThere
from pos.founding.new_shop import NewShop
from pos.founding.setting_up import new_terminal_id, set_up_shop
from pos.founding.whole_folder import MADE, FolderClosed, FolderNotEmpty, finish_making, made_whole
from pos.settings.in_force import put_changes_in_force

PIN = "246813"
MAU_SON = NewShop(
    name="HTX Nông sản Mẫu Sơn",
    owner_kind="cooperative",
    tax_method="deduction",
    locality="c0712",
    person="Lý Thị Sao",
    pin=PIN,
    registers=2,
)
OPTIONS = {
    "--name": "HTX Nông sản Mẫu Sơn",
    "--address": "Thôn Khuổi Tẳng",
    "--locality": "Mẫu Sơn, Lạng Sơn",
    "--owner-kind": "cooperative",
    "--tax-method": "deduction",
    "--registers": "2",
    "--person": "Lý Thị Sao",
}


@pytest.fixture
def folder(tmp_path) -> DataFolder:
    return DataFolder(tmp_path / "mau-son")


def init(folder: DataFolder, *more: str, pin: str = PIN, **changed: str | None):
    options = {**OPTIONS, **{f"--{name.replace('_', '-')}": value for name, value in changed.items()}}
    words = [word for name, value in options.items() if value is not None for word in (name, value)]
    return CliRunner().invoke(
        main, ["--data", str(folder.path), "init", *words, *more], env={"SHOP_FIRST_PIN": pin} if pin else {}
    )


def ask(folder: DataFolder, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite.connect(folder.database)) as database:
        return database.execute(question).fetchall()


def in_force(folder: DataFolder) -> Settings:
    """The settings as the running shop has them."""
    app = create_shop_app(load_settings(folder.path), folder)
    with app.app_context():
        put_changes_in_force()
        settings = current_settings()
        db.session.remove()
        db.engine.dispose()
    return settings


def verified(folder: DataFolder) -> bool:
    return CliRunner().invoke(main, ["--data", str(folder.path), "verify"]).exit_code == 0


def test_a_shop_is_made_by_one_command(folder):
    said = init(folder)

    assert said.exit_code == 0, said.output
    assert not load_settings(folder.path).demo
    assert ask(folder, "SELECT source, count(*) FROM settings_changes GROUP BY 1") == [("page", 2)]
    assert in_force(folder).shop.name == "HTX Nông sản Mẫu Sơn"
    assert in_force(folder).shop.locality == "c0712"
    assert ask(folder, "SELECT name, role FROM staff") == [("Lý Thị Sao", "owner")]
    assert ask(folder, "SELECT code, name FROM registers ORDER BY code") == [("1", "Quầy 1"), ("2", "Quầy 2")]
    assert ask(folder, "SELECT count(*) FROM locations") == [(9,)]
    assert ask(folder, "SELECT count(*) FROM products") == [(0,)]
    assert verified(folder)


def test_what_was_made_is_closed_to_other_users(folder):
    set_up_shop(folder, MAU_SON)

    assert folder.path.stat().st_mode & 0o077 == 0
    for file in (folder.terminal_key, folder.secret_key, folder.settings):
        assert file.stat().st_mode & 0o077 == 0


def test_the_pin_is_nowhere_in_the_folder(folder):
    set_up_shop(folder, MAU_SON)

    assert all(PIN.encode() not in file.read_bytes() for file in folder.path.iterdir())


def test_no_two_terminals_share_a_name():
    names = {new_terminal_id("01") for _ in range(1000)}

    assert len(names) == 1000
    assert all(name.startswith("01-") and len(name) == 11 for name in names)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": "  "}, "in trên mọi"),
        ({"code": "A1"}, "1 đến 6 chữ số"),
        ({"tax_code": "0100109107"}, "mã số thuế"),  # the check digit is 6
        ({"locality": "Xã Không Có"}, "Xã, phường"),
        ({"locality": "Long Thành"}, "nhiều xã"),
        ({"owner_kind": "tập đoàn"}, "Ai "),
        ({"registers": "0"}, "từ 1 đến 20"),
        ({"person": ""}, "Thiếu tên"),
        ({"pin": "12345"}, "sáu chữ số"),
        ({"person": None, "locality": None}, "--locality, --person"),
        ({"pin": ""}, "SHOP_FIRST_PIN"),
    ],
)
def test_a_wrong_answer_is_said_and_makes_nothing(folder, changed, says):
    said = init(folder, **changed)

    assert said.exit_code != 0
    assert says in said.output
    assert not folder.path.exists()


def test_the_command_speaks_english_when_asked(folder):
    assert "Type a name" in init(folder, "--english", name=" ").output


def test_a_second_shop_never_replaces_the_first(folder):
    set_up_shop(folder, MAU_SON)
    key = folder.terminal_key.read_bytes()

    said = init(folder, name="Điểm khác")

    assert said.exit_code == 1
    assert "đã có" in said.output
    assert folder.terminal_key.read_bytes() == key
    with pytest.raises(ShopThere):
        set_up_shop(folder, MAU_SON)


def test_files_that_are_not_ours_are_left_alone(folder):
    folder.path.mkdir()
    (folder.path / "letter.txt").write_text("giữ lại")

    with pytest.raises(FolderNotEmpty, match=r"letter\.txt"):
        set_up_shop(folder, MAU_SON)
    assert [file.name for file in folder.path.iterdir()] == ["letter.txt"]


def test_an_empty_folder_given_is_taken_and_closed(folder):
    folder.path.mkdir(mode=0o755)
    (folder.path / "lost+found").mkdir()

    set_up_shop(folder, MAU_SON)

    assert folder.holds_a_shop
    assert folder.path.stat().st_mode & 0o077 == 0


def test_two_programs_do_not_set_up_one_folder_at_once(folder):
    with made_whole(folder), pytest.raises(FolderInUse):
        set_up_shop(folder, MAU_SON)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(FolderClosed, match="file"):
        set_up_shop(DataFolder(tmp_path / "file" / "shop"), MAU_SON)


def test_a_power_cut_after_it_was_made_loses_no_file(folder):
    """Between the step that makes the shop count and the last file in its place."""
    set_up_shop(folder, MAU_SON)
    made = folder.path / MADE
    made.mkdir()
    for file in (folder.database, folder.head_log):
        file.rename(made / file.name)

    finish_making(folder)

    assert folder.holds_a_shop
    assert not made.exists()
    assert verified(folder)


def killed_at(place: int, folder: DataFolder) -> bool:
    """Set the shop up in a process that dies before its nth step in the folder; False when it got through."""
    child = os.fork()
    if child == 0:
        steps = itertools.count(1)

        def die(event: str, args: tuple[object, ...]) -> None:
            touches = event in ("os.rename", "os.mkdir", "os.rmdir", "open") and str(args[0]).startswith(
                str(folder.path)
            )
            if touches and next(steps) == place:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        set_up_shop(folder, MAU_SON)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.slow
def test_killed_at_any_step_it_is_a_whole_shop_or_none(tmp_path):
    """At steps spread over all of them; afterwards the same verb ends in a whole shop."""
    outcomes = set()
    for place in itertools.count(1, 6):
        folder = DataFolder(tmp_path / f"at{place}")
        if not killed_at(place, folder):
            break
        finish_making(folder)
        outcomes.add(folder.holds_a_shop)
        if not folder.holds_a_shop:
            set_up_shop(folder, MAU_SON)
        assert verified(folder)
    assert outcomes == {True, False}
