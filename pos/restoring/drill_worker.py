"""A restore drill asked for at a running shop: a child process tries, the page looks in now and then."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from core.backup_key import NoBackupKey
from core.columns import read_instant
from core.database import transaction
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Staff
from pos.backups.worker import App
from pos.data_folder import DataFolder
from pos.restoring.drill_certificate import write_drill
from pos.restoring.drill_result import DrillResult
from pos.restoring.opened_backup import PassphraseNeeded, WrongPassphrase

EXTENSION = "drills"


class DrillRefused(RuleBroken):
    """Nothing could be tried at all; nothing is written down either."""

    message = N_("The drill could not be done. Try again, or look into the log of the shop.")


_REFUSALS: dict[str, type[RuleBroken]] = {
    kind.__name__: kind for kind in (WrongPassphrase, PassphraseNeeded, NoBackupKey)
}


class NoBackupYet(RuleBroken):
    message = N_("There is no backup to try yet. Make one first.")


class DrillRunning(RuleBroken):
    message = N_("A drill is running already. Wait until it is done.")


class Drills:
    """The drill of an app that runs now, and why the last one was refused."""

    def __init__(self, app: App, folder: DataFolder) -> None:
        self.app, self.folder = app, folder
        self.refused: RuleBroken | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_working(self) -> bool:
        """Whether one runs."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self, backup: Path, *, passphrase: str, by: Staff) -> None:
        """Try a backup in the background; the row and its certificate come when it is done."""
        if self.is_working:
            raise DrillRunning()
        self.refused = None
        arguments = (backup, passphrase, by.code, by.id)
        self._thread = threading.Thread(target=self._run, args=arguments, name="drill", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Until it is done."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, backup: Path, passphrase: str, code: str, staff_id: int) -> None:
        try:
            result = drill_in_child(self.folder, backup, passphrase=passphrase, by=code)
        except RuleBroken as refused:
            self.refused = refused
            return
        with self.app.app_context(), transaction() as session:
            write_drill(result, by=session.get_one(Staff, staff_id))


def drill_in_child(folder: DataFolder, backup: Path, *, passphrase: str, by: str) -> DrillResult:
    """Have a child process try a backup; DrillRefused says why it could not even begin."""
    order = {"folder": str(folder.path.resolve()), "backup": str(backup), "passphrase": passphrase, "by": by}
    command = [sys.executable, "-m", "pos.restoring.drill_child"]
    done = subprocess.run(  # noqa: S603 (ours, no shell)
        command, input=json.dumps(order) + "\n", stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode or not done.stdout:
        raise DrillRefused()
    said = json.loads(done.stdout)
    if "refused" in said:
        raise _REFUSALS.get(said["refused"], DrillRefused)(**said["values"])
    made_at = said.pop("made_at")
    return DrillResult(**said, made_at=read_instant(made_at) if made_at else None)


def install_drills(app: App, folder: DataFolder) -> None:
    """Let an app do restore drills."""
    app.extensions[EXTENSION] = Drills(app, folder)


def drills_of(app: App) -> Drills:
    """What an app knows of its drills."""
    found = app.extensions[EXTENSION]
    assert isinstance(found, Drills)
    return found


def stop_drills(app: App) -> Callable[[], None]:
    """A shop that stops lets a drill end first."""
    return drills_of(app).wait
