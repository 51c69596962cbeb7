"""Setting up on a bare machine: what is missing is installed where that is allowed, and named where it is not."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


class Machine:
    """A machine whose programs are scripts of ours, in front of the real ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"

    def has(self, program: str, script: str) -> None:
        """Put a program on the machine."""
        path = self.folder / program
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def runs(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one of our scripts there."""
        env = {"PATH": f"{self.folder}:/usr/bin:/bin", "LOG": str(self.log), **more}
        return subprocess.run(command, check=False, cwd=ROOT, env=env, text=True, capture_output=True, timeout=60)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    bare = Machine(tmp_path)
    bare.has("apt-get", 'echo "$@" >>"$LOG"')
    return bare


def test_root_installs_what_is_missing_without_being_asked(machine: Machine) -> None:
    machine.has("id", "echo 0")

    done = machine.runs("bin/need-packages", "the tests", "chromium", "postgresql")

    assert done.returncode == 0
    assert machine.log.read_text().splitlines()[-1].endswith("install -y --no-install-recommends chromium postgresql")


def test_sudo_without_a_password_is_enough(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("sudo", '[ "$1" != -n ] || shift; "$@"')

    done = machine.runs("bin/need-packages", "a Python environment", "python3-venv")

    assert done.returncode == 0
    assert "python3-venv" in machine.log.read_text()


def test_who_may_not_install_is_told_what_to_type(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("sudo", "exit 1")

    done = machine.runs("bin/need-packages", "the tests", "chromium", "postgresql")

    assert done.returncode == 1
    assert "sudo apt-get update && sudo apt-get install chromium postgresql" in done.stderr
    assert not machine.log.exists()


def test_a_failing_installation_shows_its_last_words(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get", "echo the disk is full; exit 100")

    done = machine.runs("bin/need-packages", "the tests", "chromium")

    assert done.returncode == 1
    assert "the disk is full" in done.stderr


def test_the_python_that_was_asked_for_is_taken(machine: Machine) -> None:
    done = machine.runs("bin/find-python", PYTHON=sys.executable)

    assert done.stdout.strip() == sys.executable


def test_a_python_too_old_is_passed_over_for_a_newer_one(machine: Machine) -> None:
    machine.has("python3", "exit 1")
    machine.has("python3.11", f'exec {sys.executable} "$@"')

    found = machine.runs("bin/find-python").stdout.strip()

    assert found != str(machine.folder / "python3")
    subprocess.run([found, "-c", "import sys; assert sys.version_info >= (3, 11)"], check=True)


def test_without_any_python_it_is_said_what_to_type(machine: Machine) -> None:
    script = (ROOT / "bin/find-python").read_text(encoding="utf-8").replace("/usr/bin/python3", "no-python")
    tools = machine.folder / "tools"
    tools.mkdir()
    machine.has("find-python", script)

    done = machine.runs("/bin/sh", str(machine.folder / "find-python"), PATH=str(tools))

    assert done.returncode == 1
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr
