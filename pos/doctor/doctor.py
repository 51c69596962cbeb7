"""The doctor of a shop: what is wrong with its machine or its folder, and what to do. It looks and changes nothing.

A check is a small function in `pos/doctor/checks/`, listed in its `CHECKS`. It gets the patient and yields findings
whose sentences are in the language spoken now. It must also work on a broken shop: no settings, no database, no key.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from config.settings import Settings, SettingsError, load_settings
from core.errors import RuleBroken
from core.i18n import gettext
from core.read_only import read_only
from pos.data_folder import DataFolder, FolderInUse


class Level(StrEnum):
    """How a thing stands. What cannot be asked is unknown, never fine."""

    OK = "ok"
    UNKNOWN = "unknown"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what was seen, and what the person should do about it."""

    level: Level
    said: str
    todo: str = ""


@dataclass(frozen=True)
class Patient:
    """A shop as it was found: its folder, its settings where they can be read, else why not, whether it runs."""

    folder: DataFolder
    settings: Settings | None
    settings_trouble: str = ""
    is_running: bool = False

    def database(self) -> AbstractContextManager[Session]:
        """A session that can only look at the shop's database; SQLAlchemyError when not even that can be done."""
        return read_only(self.folder.database)


Check = Callable[[Patient], Iterable[Finding]]


def ok(said: str) -> Finding:
    """All is well here."""
    return Finding(Level.OK, said)


def unknown(said: str, todo: str = "") -> Finding:
    """This could not be asked."""
    return Finding(Level.UNKNOWN, said, todo)


def warn(said: str, todo: str) -> Finding:
    """The shop sells, but someone should see to this."""
    return Finding(Level.WARN, said, todo)


def bad(said: str, todo: str) -> Finding:
    """The shop cannot sell, or may lose something."""
    return Finding(Level.BAD, said, todo)


def admit(folder: DataFolder) -> Patient:
    """Take a shop in as it is; settings that cannot be read are one of its troubles, not ours."""
    try:
        return Patient(folder, load_settings(folder.path), is_running=_is_running(folder))
    except (SettingsError, OSError) as trouble:
        return Patient(folder, None, str(trouble), is_running=_is_running(folder))


def _is_running(folder: DataFolder) -> bool:
    try:
        with folder.claimed():
            return False
    except FolderInUse:
        return True
    except OSError:  # there is no such folder, or it is closed to us
        return False


def examine(patient: Patient, checks: Iterable[Check]) -> Iterator[Finding]:
    """What each check finds. A file that one of them cannot read ends that check, not the visit."""
    for check in checks:
        try:
            yield from check(patient)
        except (OSError, SQLAlchemyError, RuleBroken) as trouble:
            name = getattr(check, "__name__", "?").replace("_", " ")
            yield bad(
                gettext("The check “%(check)s” could not be finished: %(trouble)s", check=name, trouble=trouble),
                gettext("Repair what is named above or below first, then ask the doctor again."),
            )
