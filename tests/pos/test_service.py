"""The shop as a service: a unit that systemd understands, waits for nothing, and may write its own folder only."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from pos.cli import main
from pos.service import installing
from pos.service.installing import NeedsRoot, NoSuchUser, RootRunsNoShop, install, plan, remove
from pos.service.unit import UNIT_FILE, Unit, known_groups

SOMEBODY = "daemon"  # every Linux has this user


@pytest.fixture
def unit(tmp_path) -> Unit:
    return Unit(program=Path("/bin/true"), data=tmp_path / "mẫu sơn", user=SOMEBODY)


def parsed(text: str) -> RawConfigParser:
    """The unit as sections of single values; a key given twice is an error."""
    parser = RawConfigParser(delimiters=("=",), comment_prefixes=("#",), interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # systemd tells small letters from capitals
    parser.read_string(text)
    return parser


def test_it_begins_at_boot_is_begun_again_and_waits_for_nothing(unit):
    told = parsed(unit.text)

    assert told["Install"]["WantedBy"] == "multi-user.target"
    assert told["Service"]["Restart"] == "always"
    assert told["Unit"]["StartLimitIntervalSec"] == "0"
    assert not {"After", "Wants", "Requires", "BindsTo"} & set(told["Unit"])


def test_it_may_write_its_own_folder_and_plugged_in_disks_only(unit):
    told = parsed(unit.text)["Service"]

    assert told["ProtectSystem"] == "strict"
    assert told["ReadWritePaths"] == f'"{unit.data}" -/media -/run/media -/mnt -/srv'
    assert (told["NoNewPrivileges"], told["CapabilityBoundingSet"]) == ("yes", "")
    assert told["User"] == SOMEBODY


@pytest.mark.parametrize(
    ("name", "in_command", "in_path"),
    [
        ("mẫu sơn", '"/x/mẫu sơn"', '"/x/mẫu sơn"'),
        ("100%", '"/x/100%%"', '"/x/100%%"'),
        ("a$HOME", '"/x/a$$HOME"', '"/x/a$HOME"'),  # a command line knows variables, a list of paths does not
        ('a"b', '"/x/a\\"b"', '"/x/a\\"b"'),
    ],
)
def test_odd_names_reach_systemd_as_they_are(name, in_command, in_path):
    told = parsed(Unit(program=Path("/bin/true"), data=Path("/x") / name, user=SOMEBODY).text)["Service"]

    assert told["ExecStart"] == f'"/bin/true" --data {in_command} run'
    assert told["ReadWritePaths"].startswith(in_path + " -/media")


def test_systemd_finds_nothing_wrong_with_it(unit, tmp_path):
    """Asked of systemd itself where it is installed; else the test above has read every line."""
    if shutil.which("systemd-analyze") is None:
        assert set(parsed(unit.text).sections()) == {"Unit", "Service", "Install"}
        return
    file = tmp_path / UNIT_FILE
    file.write_text(unit.text, encoding="utf-8")

    said = subprocess.run(["systemd-analyze", "verify", str(file)], check=False, capture_output=True, text=True)

    assert (said.returncode, said.stderr.strip()) == (0, "")


def test_only_groups_that_the_machine_has_are_named(unit):
    assert parsed(unit.text)["Service"]["SupplementaryGroups"] == " ".join(known_groups())


def test_a_folder_is_served_by_its_owner(tmp_path):
    owner = getpass.getuser()
    if owner == "root":
        shutil.chown(tmp_path, SOMEBODY)

    assert plan(tmp_path).user == (SOMEBODY if owner == "root" else owner)


def test_a_folder_that_is_not_there_gets_a_user_of_its_own(tmp_path):
    assert plan(tmp_path / "later").user == "ocop-shop"


def test_the_shop_never_runs_as_root(tmp_path):
    with pytest.raises(RootRunsNoShop):
        plan(tmp_path, "root")


def test_the_unit_can_be_looked_at_first(tmp_path):
    said = CliRunner().invoke(main, ["--data", str(tmp_path), "service", "show", "--user", SOMEBODY])

    assert said.exit_code == 0
    assert parsed(said.output)["Service"]["User"] == SOMEBODY


def test_without_the_administrator_nothing_is_installed(unit, tmp_path, monkeypatch):
    monkeypatch.setattr(installing.os, "geteuid", lambda: 1000)

    with pytest.raises(NeedsRoot):
        install(unit, tmp_path)
    with pytest.raises(NeedsRoot):
        remove(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0 or Path("/run/systemd/system").is_dir(), reason="changes the machine's services")
class TestAsRoot:
    """On a machine that systemd does not run, such as a container: everything but the starting itself."""

    def test_the_folder_is_handed_over_and_the_unit_written(self, unit, tmp_path):
        tmp_path.chmod(0o755)
        unit.data.mkdir()
        (unit.data / "shop.toml").write_text("")

        assert install(unit, tmp_path) is False

        assert (unit.data / "shop.toml").owner() == unit.data.owner() == SOMEBODY
        assert (tmp_path / UNIT_FILE).read_text(encoding="utf-8") == unit.text
        assert remove(tmp_path)
        assert unit.data.is_dir()
        assert not remove(tmp_path)

    def test_an_unknown_user_is_named(self, unit, tmp_path):
        with pytest.raises(NoSuchUser, match="so_and_so"):
            install(Unit(unit.program, unit.data, "so_and_so"), tmp_path)

    def test_a_program_that_the_user_cannot_start_is_named(self, unit, tmp_path):
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        program = Path(shutil.copy("/bin/true", closed))

        with pytest.raises(installing.ProgramUnreachable, match="closed"):
            install(Unit(program, unit.data, SOMEBODY), tmp_path)
