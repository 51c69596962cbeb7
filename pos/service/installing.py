"""Installing the shop's service and taking it away; for root."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from core.backup import sync
from core.errors import RuleBroken
from core.i18n import N_
from pos.service.unit import NAME, UNIT_FILE, Unit

UNIT_FOLDER = Path("/etc/systemd/system")
_RUNNING_SYSTEMD = Path("/run/systemd/system")
_ROOT = "root"


class NeedsRoot(RuleBroken):
    """Only the machine's administrator decides what begins with it."""

    message = N_("This needs the machine's administrator. Type sudo before the command.")


class ProgramUnreachable(RuleBroken):
    """The user of the service cannot start the program where it lies, such as in another person's folder."""

    message = N_(
        "The user %(user)s cannot start %(program)s: %(trouble)s. Install the program for all users (bin/install), "
        "or name another user with --user."
    )


class NoSuchUser(RuleBroken):
    """A service needs a user of the machine."""

    message = N_("This machine has no user %(user)s. Choose another one, or leave --user out.")


class MachineRefused(RuleBroken):
    """One of the machine's own programs did not do its part."""

    message = N_("The machine answered “%(trouble)s” to %(command)s. The service was not installed.")


class RootRunsNoShop(RuleBroken):
    """A hole in the shop must not be one in the machine."""

    message = N_("The shop does not run as root. Name another user with --user, or leave it out.")


def plan(data: Path, user: str | None = None) -> Unit:
    """The service for a folder: by default as the folder's owner, else as a user that exists only for it."""
    data = data.resolve()
    owner = pwd.getpwuid(data.stat().st_uid).pw_name if data.exists() else _ROOT
    chosen = user or (owner if owner != _ROOT else NAME)
    if chosen == _ROOT:
        raise RootRunsNoShop()
    return Unit(program=Path(sys.executable).with_name("shop"), data=data, user=chosen)


def install(unit: Unit, into: Path = UNIT_FOLDER) -> bool:
    """Give the folder to the service's user, write the unit, begin; False where no systemd is at work to begin it."""
    if os.geteuid() != 0:
        raise NeedsRoot()
    _need_user(unit)
    _need_program(unit)
    unit.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    _hand_over(unit)
    _write(into / UNIT_FILE, unit.text)
    if not _RUNNING_SYSTEMD.is_dir():
        return False
    _machine("systemctl", "daemon-reload")
    _machine("systemctl", "enable", UNIT_FILE)
    _machine("systemctl", "restart", UNIT_FILE)
    return True


def remove(folder: Path = UNIT_FOLDER) -> bool:
    """End the service and forget it; the shop's folder stays. False where there was none."""
    if os.geteuid() != 0:
        raise NeedsRoot()
    file = folder / UNIT_FILE
    if not file.exists():
        return False
    if _RUNNING_SYSTEMD.is_dir():
        _machine("systemctl", "disable", "--now", UNIT_FILE)
    file.unlink()
    if _RUNNING_SYSTEMD.is_dir():
        _machine("systemctl", "daemon-reload")
    return True


def _need_user(unit: Unit) -> None:
    """Make the service's own user where it is missing; any other one must be there."""
    if _knows(unit.user):
        return
    if unit.user != NAME:
        raise NoSuchUser(user=unit.user)
    home = ("--no-create-home", "--home-dir", str(unit.data), "--shell", "/usr/sbin/nologin")
    _machine("useradd", "--system", "--user-group", *home, NAME)


def _knows(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _need_program(unit: Unit) -> None:
    try:
        _machine("runuser", "-u", unit.user, "--", str(unit.program), "--help")
    except MachineRefused as refused:
        raise ProgramUnreachable(user=unit.user, program=unit.program, trouble=refused.values["trouble"]) from refused


def _hand_over(unit: Unit) -> None:
    """A folder made by root, by `sudo shop init`, goes to the service's user with all that is in it."""
    if unit.data.stat().st_uid != 0:
        return
    for path in (unit.data, *unit.data.rglob("*")):
        shutil.chown(path, unit.user, pwd.getpwnam(unit.user).pw_gid)


def _write(file: Path, text: str) -> None:
    waiting = file.with_suffix(".new")
    waiting.write_text(text, encoding="utf-8")
    waiting.chmod(0o644)
    sync(waiting)
    waiting.rename(file)
    sync(file.parent)


def _machine(*command: str) -> None:
    """Have one of the machine's own programs do something; MachineRefused with its last words."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")  # noqa: S603  (no shell, our words)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise MachineRefused(command=" ".join(command[:2]), trouble=said[-1] if said else str(done.returncode))
