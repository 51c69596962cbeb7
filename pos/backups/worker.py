"""The backups of a running shop: when one is due, a child process makes it, and its outcome is kept.

The thread here only waits and looks; the till shares nothing with the child but the disk.
"""

import json
import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from config.settings import Settings
from core import clock
from core.backup_folder import KeepRules
from core.backup_key import NoBackupKey, read_key
from core.current_settings import current_settings
from core.database import db
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from core.journal.seal import current_terminal
from pos.backups.backup import Order, Outcome, PlaceTrouble, Trouble, need_place
from pos.backups.child import as_line, read_outcome
from pos.backups.state import BackupState, read_state, write_state
from pos.backups.words import greeting
from pos.child_process import ask_child
from pos.data_folder import DataFolder

EXTENSION = "backups"
FIRST_AFTER_MS = 30_000  # a shop that opens has other things to do
LOOK_SECONDS = 5
STILL_GOOD_MS = 6 * 3_600_000  # while nothing is written, a backup says the same as the next one would
_log = logging.getLogger(__name__)


class App(Protocol):
    """What the worker needs of an app: its context, for the database and the settings."""

    extensions: dict[str, Any]

    def app_context(self) -> AbstractContextManager[object]: ...


class Backups:
    """What an app knows of its backups, and the thread that makes them once it is started."""

    def __init__(self, app: App, folder: DataFolder) -> None:
        self.app, self.folder = app, folder
        self.is_working = False
        self._path = folder.backups / "state.json"
        self._state: BackupState | None = None
        self._read_at = 0
        self._wanted = self._stop = False
        self._wake = threading.Event()
        self._written: sqlite.Connection | None = None
        self._version = -1
        self._next_ms = self._last_ms = 0
        self._after_z = -1

    @property
    def state(self) -> BackupState:
        """How the backups stand."""
        written = self._path.stat().st_mtime_ns if self._path.exists() else 0
        if self._state is None or written != self._read_at:  # a command may have written it
            self._state, self._read_at = read_state(self._path), written
        return self._state

    def make_now(self) -> None:
        """Somebody asked for one."""
        self._wanted = True
        self._wake.set()

    def start(self) -> Callable[[], None]:
        """Begin to look; gives what ends it."""
        self._next_ms = clock.monotonic_ms() + FIRST_AFTER_MS
        thread = threading.Thread(target=self._work, name="backups", daemon=True)
        thread.start()

        def stop() -> None:
            self._stop = True
            self._wake.set()
            thread.join()

        return stop

    def _work(self) -> None:
        while not self._stop:
            try:
                with self.app.app_context():
                    due = self._is_due()
                    order = order_of(current_settings(), self.folder, self.state) if due else None
                if order is not None:
                    self._make(order)
            except (OSError, ValueError, SQLAlchemyError, sqlite.Error, NoBackupKey):
                _log.exception("the backup of this time failed; the next one is tried")
            self._wake.wait(LOOK_SECONDS)
            self._wake.clear()

    def _is_due(self) -> bool:
        """By the clock, after a Z, when the second place is back, or because somebody asked."""
        if self._wanted:
            return True
        if clock.monotonic_ms() >= self._next_ms:
            return self._is_new() or clock.monotonic_ms() >= self._last_ms + STILL_GOOD_MS
        place = current_settings().backup.place
        if place != self.state.place and self.state.tried_at:
            return True
        if place and self.state.last.trouble is Trouble.PLACE_MISSING:
            return is_there(Path(place), current_terminal().tid)
        return self._z_since_last()

    def _is_new(self) -> bool:
        """Whether anything was written since the last backup; a connection of our own is told by SQLite."""
        if self._written is None:
            address = f"{self.folder.database.resolve().as_uri()}?mode=ro"
            self._written = sqlite.connect(address, uri=True, check_same_thread=False)
        version = int(self._written.execute("PRAGMA data_version").fetchone()[0])
        before, self._version = self._version, version
        return version != before

    def _z_since_last(self) -> bool:
        newest = db.session.scalar(_NEWEST_Z) or -1
        made = self.state.last.made
        if newest == self._after_z or (made and made.seq >= newest):
            return False
        self._after_z = newest
        return newest >= 0

    def _make(self, order: Order) -> None:
        self._wanted, self.is_working = False, True
        every = current_minutes(self.app)
        try:
            self.folder.backups.mkdir(mode=0o700, exist_ok=True)
            outcome = run_child(order, is_stopping=lambda: self._stop)
            if outcome is not None:
                self.note(outcome, order.place)
        finally:
            self.is_working = False
            self._last_ms = clock.monotonic_ms()
            self._next_ms = self._last_ms + every * 60_000

    def note(self, outcome: Outcome, place: Path | None) -> None:
        """Keep what came of a try."""
        if outcome.trouble:
            _log.warning("backup: %s %s", outcome.trouble, outcome.detail)
        write_state(self._path, self.state.after(outcome, str(place or "")))


_NEWEST_Z = select(func.max(JournalRecord.seq)).where(JournalRecord.typ == Kind.SHIFT_CLOSE)


def current_minutes(app: App) -> int:
    """How often, by the settings of now."""
    with app.app_context():
        return current_settings().backup.every_minutes


def is_there(place: Path, tid: str) -> bool:
    """Whether the second place can be reached."""
    try:
        need_place(place, tid)
    except PlaceTrouble:
        return False
    return True


def order_of(settings: Settings, folder: DataFolder, state: BackupState) -> Order:
    """What the settings of now ask for, in an app context. A place that was just chosen is marked as the shop's."""
    rules, terminal = settings.backup, current_terminal()
    key = terminal.find_key()
    return Order(
        folder=folder,
        tid=terminal.tid,
        holder=key.public if key else None,
        place=Path(rules.place) if rules.place else None,
        key=read_key(folder.backup_key),
        rules=KeepRules(rules.keep_hours, rules.keep_days, rules.keep_weeks, rules.keep_months),
        greeting=greeting(settings) if rules.place != state.place else "",
    )


def run_child(order: Order, *, is_stopping: Callable[[], bool] = lambda: False) -> Outcome | None:
    """Have a child process make the backup; None while another one is at it, or when the shop stops."""
    said = ask_child("pos.backups.child", as_line(order), is_stopping=is_stopping)
    if said:
        return read_outcome(json.loads(said))
    return Outcome(trouble=Trouble.STOPPED) if said is None and not is_stopping() else None


def install_backups(app: App, folder: DataFolder) -> None:
    """Let an app say how its backups stand; `start_backups` has them made."""
    app.extensions[EXTENSION] = Backups(app, folder)


def backups_of(app: App) -> Backups:
    """What an app knows of its backups."""
    found = app.extensions[EXTENSION]
    assert isinstance(found, Backups)
    return found


def start_backups(app: App) -> Callable[[], None]:
    """Make backups from now on; gives what ends it."""
    return backups_of(app).start()
