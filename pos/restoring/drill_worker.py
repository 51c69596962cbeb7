"""A restore drill asked for at a running shop: a child process tries, the page looks in now and then."""

import json
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
from pos.child_process import ask_child
from pos.data_folder import DataFolder
from pos.restoring.drill_certificate import write_drill
from pos.restoring.drill_result import DrillResult
from pos.restoring.opened_backup import PassphraseNeeded, WrongPassphrase
from pos.restoring.trial_folder import sweep_trial

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
        self._one_begins = threading.Lock()
        self._stops = threading.Event()

    @property
    def is_working(self) -> bool:
        """Whether one runs."""
        return self._thread is not None and self._thread.is_alive()

    def begin(self, backup: Path, *, passphrase: str, by: Staff) -> None:
        """Try a backup in the background; the row and its certificate come when it is done."""
        arguments = (backup, passphrase, by.code, by.id)
        with self._one_begins:  # two may press at once
            if self.is_working:
                raise DrillRunning()
            self.refused = None
            self._thread = threading.Thread(target=self._run, args=arguments, name="drill", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Until it is done."""
        if self._thread is not None:
            self._thread.join()

    def stop(self) -> None:
        """End the one that runs: a shop that stops waits for none."""
        self._stops.set()
        self.wait()

    def _run(self, backup: Path, passphrase: str, code: str, staff_id: int) -> None:
        refused: RuleBroken | None = DrillRefused()  # also where something breaks that nobody foresaw
        try:
            result = drill_in_child(self.folder, backup, passphrase=passphrase, by=code, is_stopping=self._stops.is_set)
            with self.app.app_context(), transaction() as session:
                write_drill(result, by=session.get_one(Staff, staff_id))
            refused = None
        except RuleBroken as trouble:
            refused = trouble
        finally:
            self.refused = refused


def drill_in_child(
    folder: DataFolder, backup: Path, *, passphrase: str, by: str, is_stopping: Callable[[], bool] = lambda: False
) -> DrillResult:
    """Have a child process try a backup; DrillRefused when it could not, or when the shop stops."""
    order = {"folder": str(folder.path.resolve()), "backup": str(backup), "passphrase": passphrase, "by": by}
    answer = ask_child("pos.restoring.drill_child", json.dumps(order) + "\n", is_stopping=is_stopping)
    if not answer:
        sweep_trial(folder)  # a child that was ended swept nothing
        raise DrillRefused()
    said = json.loads(answer)
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
    """What ends a drill when the shop stops."""
    return drills_of(app).stop
