"""How the backups of a shop stand: kept in a file beside them, for a row in the database would need a backup itself."""

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from core import clock
from core.backup_folder import Manifest, write_whole
from core.columns import iso_instant, read_instant
from pos.backups.backup import Outcome
from pos.backups.child import read_outcome, told

TOO_OLD = timedelta(days=1)


@dataclass(frozen=True)
class BackupState:
    """The newest good backups, and what became of the last try. `place` is where `placed` lies."""

    tried_at: datetime | None = None
    place: str = ""
    last: Outcome = dataclasses.field(default_factory=Outcome)

    def after(self, outcome: Outcome, place: str) -> "BackupState":
        """The state once a try has ended: good backups stay known when a later try fails."""
        placed = outcome.placed or (self.last.placed if place == self.place else None)
        last = dataclasses.replace(outcome, made=outcome.made or self.last.made, placed=placed)
        return BackupState(clock.now(), place, last)

    @property
    def newest(self) -> Manifest | None:
        """The newest good backup: on the second place where there is one, else in the shop's own folder."""
        return self.last.placed if self.place else self.last.made

    @property
    def age(self) -> timedelta | None:
        """How old the newest good backup is; None when there is none. A clock put back makes none younger than new."""
        return max(clock.now() - self.newest.made_at, timedelta(0)) if self.newest else None

    @property
    def is_too_old(self) -> bool:
        """Whether somebody must act: no good backup is younger than a day."""
        return self.age is None or self.age > TOO_OLD


def read_state(path: Path) -> BackupState:
    """What the file tells; nothing is known where it is missing or damaged."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return BackupState(read_instant(plain["tried_at"]), plain["place"], read_outcome(plain["last"]))
    except (OSError, ValueError, KeyError, TypeError):
        return BackupState()


def write_state(path: Path, state: BackupState) -> None:
    """Keep it, whole or not at all."""
    assert state.tried_at is not None, "nothing to keep before the first try"
    plain = {"tried_at": iso_instant(state.tried_at), "place": state.place, "last": told(state.last)}
    write_whole(path, json.dumps(plain, indent=1).encode())
