"""The doctor: says in plain words what is wrong, works on whatever it finds, and changes nothing."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from config.settings import load_settings
from core import clock
from core.clock import stopped_at
from core.database import db, transaction
from core.free_space import MEGABYTE
from core.journal.restore import declare_restore
from core.journal.seal import make_key
from core.migrate import scripts_of
from core.staff import Staff
from pos.app import MIGRATIONS, create_shop_app
from pos.cli import main
from pos.data_folder import DataFolder
from pos.doctor.checks import CHECKS, disk
from pos.doctor.checks.backup import backups_are_young
from pos.doctor.checks.clock import clock_is_right
from pos.doctor.checks.database import database_answers
from pos.doctor.checks.disk import disk_has_room
from pos.doctor.checks.folder import folder_is_closed
from pos.doctor.checks.key import key_seals
from pos.doctor.checks.printer import printers_answer
from pos.doctor.checks.settings import settings_can_be_read
from pos.doctor.doctor import Finding, Level, admit, examine
from pos.founding.setting_up import set_up_shop
from printers.virtual_mechanism import Fault
from printers.virtual_printer import start_virtual_printer
from tests.factories import MORNING
from tests.pos.test_setting_up import MAU_SON


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> DataFolder:
    folder = DataFolder(tmp_path_factory.mktemp("made") / "shop")
    set_up_shop(folder, MAU_SON)
    return folder


@pytest.fixture
def folder(made, tmp_path) -> DataFolder:
    """A shop as `shop init` makes it, to be broken."""
    shutil.copytree(made.path, tmp_path / "shop")
    (tmp_path / "shop").chmod(0o700)
    return DataFolder(tmp_path / "shop")


def found(folder: DataFolder, *checks) -> list[Finding]:
    return list(examine(admit(folder), checks or CHECKS))


def worst(folder: DataFolder, *checks) -> Finding:
    """The finding that matters most."""
    return max(found(folder, *checks), key=lambda finding: list(Level).index(finding.level))


def doctor(folder: DataFolder, *words: str):
    return CliRunner().invoke(main, ["--data", str(folder.path), "doctor", *words])


def test_a_new_shop_has_nothing_bad_but_the_copies_it_does_not_have_yet(folder):
    without_copies = [check for check in CHECKS if check is not backups_are_young]

    assert not [finding for finding in found(folder, *without_copies) if finding.level is Level.BAD]


def test_it_says_what_to_do_and_fails_when_something_is_bad(folder):
    folder.database.unlink()

    said = doctor(folder)

    assert said.exit_code == 1
    assert "✗" in said.output
    assert "→" in said.output
    assert "Hỏng: " in said.output


def test_it_speaks_english_when_asked(folder):
    assert "The clock says" in doctor(folder, "--english").output


def test_nothing_is_changed_by_looking(folder):
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.path.iterdir()}

    doctor(folder)

    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.path.iterdir()} == before


def test_every_bad_finding_says_what_to_do(folder):
    folder.database.write_bytes(b"no database at all" * 1000)
    folder.terminal_key.write_text("no key")
    folder.settings.write_text("no settings")
    folder.path.chmod(0o755)

    findings = found(folder)

    assert sum(finding.level is Level.BAD for finding in findings) >= 3
    assert all(finding.todo for finding in findings if finding.level in (Level.BAD, Level.WARN))


def test_a_folder_that_is_not_there_is_said_and_not_made(tmp_path):
    nowhere = DataFolder(tmp_path / "nowhere")

    assert doctor(nowhere).exit_code == 1
    assert not nowhere.path.exists()


def spoil_page(folder: DataFolder) -> None:
    data = bytearray(folder.database.read_bytes())
    data[4096:8192] = os.urandom(4096)
    folder.database.write_bytes(data)


def no_settings(folder: DataFolder) -> None:
    folder.settings.write_text("[shop]\nnmae = 'x'\n")


def test_the_key_that_a_restore_brought_along_is_the_journals(folder):
    folder.terminal_key.unlink()
    new = make_key(folder.terminal_key)
    app = create_shop_app(load_settings(folder.path), folder)
    with app.app_context():
        with transaction() as session:
            owner = session.scalars(select(Staff)).one()
            declare_restore(made_at=clock.now(), fingerprint="", old=None, reason="fire", by=owner, new_key=new)
        db.session.remove()
        db.engine.dispose()

    assert worst(folder, key_seals).level is Level.OK


def open_authority(folder: DataFolder) -> None:
    (folder.path / "network").mkdir()
    (folder.path / "network" / "authority.pem").write_text("a private key", encoding="ascii")
    (folder.path / "network" / "authority.pem").chmod(0o644)


def other_key(folder: DataFolder) -> None:
    folder.terminal_key.unlink()
    make_key(folder.terminal_key)


def cut_tail(folder: DataFolder) -> None:
    with folder.head_log.open("a", encoding="ascii") as file:
        file.write(f"0 999 {'a' * 64}\n")


BROKEN = [
    (spoil_page, database_answers, ""),
    (cut_tail, database_answers, "cut@"),
    (lambda folder: folder.database.unlink(), database_answers, ""),
    (no_settings, settings_can_be_read, "nmae"),
    (lambda folder: folder.terminal_key.unlink(), key_seals, "terminal.key"),
    (lambda folder: folder.terminal_key.write_bytes(b"torn"), key_seals, "terminal.key"),
    (other_key, key_seals, "cửa hàng khác"),
    (lambda folder: folder.terminal_key.chmod(0o644), folder_is_closed, "terminal.key"),
    (open_authority, folder_is_closed, "authority.pem"),
]


@pytest.mark.parametrize(("break_", "check", "says"), BROKEN)
def test_what_is_broken_is_named(folder, break_, check, says):
    break_(folder)

    finding = worst(folder, check)

    assert finding.level is Level.BAD
    assert says in finding.said + finding.todo


def test_a_folder_open_to_others_is_a_warning(folder):
    folder.path.chmod(0o755)

    finding = worst(folder, folder_is_closed)

    assert (finding.level, f"chmod 700 '{folder.path}'" in finding.todo) == (Level.WARN, True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_named(folder):
    os.chown(folder.head_log, 1, 1)

    assert "head.log" in worst(folder, folder_is_closed).said


def test_an_older_database_asks_for_the_upgrade(folder, monkeypatch, tmp_path):
    history = tmp_path / "history"
    shutil.copytree(MIGRATIONS, history, ignore=shutil.ignore_patterns("__pycache__"))
    before = scripts_of(MIGRATIONS).get_current_head()
    (history / "later.py").write_text(f"revision = 'later'\ndown_revision = '{before}'\n\ndef upgrade(): ...\n")
    monkeypatch.setattr("pos.doctor.checks.database.MIGRATIONS", history)

    assert "shop upgrade" in worst(folder, database_answers).todo


def test_a_clock_before_the_newest_record_is_bad(folder):
    with stopped_at(clock.now() - timedelta(days=2)):
        finding = found(folder, clock_is_right)[0]

    assert finding.level is Level.BAD


def test_a_clock_of_another_century_is_bad(folder):
    with stopped_at(MORNING.replace(year=1970)):
        assert found(folder, clock_is_right)[0].level is Level.BAD


@pytest.mark.parametrize(
    ("megabytes", "level"), [(99, Level.BAD), (100, Level.WARN), (499, Level.WARN), (500, Level.OK)]
)
def test_the_disk_is_short_below_500_mb_and_bad_below_100(folder, monkeypatch, megabytes, level):
    monkeypatch.setattr(disk, "free_bytes", lambda path: megabytes * MEGABYTE)

    assert worst(folder, disk_has_room).level is level


PRINTER = """
[[printers]]
name = "quầy"
role = "receipt"
kind = "{kind}"
address = "{address}"
dots = 576
drawer = true
cut = true
"""


def with_printer(folder: DataFolder, kind: str, address: str) -> DataFolder:
    folder.settings.write_text(folder.settings.read_text(encoding="utf-8") + PRINTER.format(kind=kind, address=address))
    return folder


def test_a_printer_is_asked_itself(folder):
    with start_virtual_printer(0) as printer:
        with_printer(folder, "virtual", printer.address)
        assert [finding.level for finding in found(folder, printers_answer)] == [Level.OK]

        printer.fail(Fault.PAPER_END)
        assert worst(folder, printers_answer).level is Level.BAD

    gone = worst(folder, printers_answer)
    assert (gone.level, bool(gone.todo)) == (Level.BAD, True)


def test_a_printer_that_cannot_be_asked_is_unknown(folder):
    with_printer(folder, "cups", "receipts")

    assert worst(folder, printers_answer).level is Level.UNKNOWN


def test_a_printer_of_the_running_shop_is_left_to_it(folder):
    with_printer(folder, "virtual", "127.0.0.1:9")
    with folder.claimed():
        finding = worst(folder, printers_answer)

    assert finding.level is Level.UNKNOWN
    assert "đang chạy" in finding.said


def test_a_check_that_trips_ends_itself_only(folder):
    def trips(patient):
        raise PermissionError("closed")

    findings = found(folder, trips, settings_can_be_read)

    assert [finding.level for finding in findings] == [Level.BAD, Level.OK]
