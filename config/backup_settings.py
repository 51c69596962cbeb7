"""Settings of the backups: where the second place is, how often one is made, and which stay."""

from dataclasses import dataclass

from config.settings_file import WrongValue


@dataclass(frozen=True)
class BackupSettings:
    """Backups are made every so many minutes and after each Z; the keep rules count what there is, not its age."""

    place: str
    every_minutes: int
    keep_hours: int
    keep_days: int
    keep_weeks: int
    keep_months: int

    def __post_init__(self) -> None:
        if self.place and not self.place.startswith("/"):
            raise WrongValue("place", "must be a whole path such as /media/backup, or empty.")
        if not 5 <= self.every_minutes <= 240:
            raise WrongValue("every_minutes", "must be from 5 to 240.")
        for name in ("keep_hours", "keep_days", "keep_weeks", "keep_months"):
            if not 1 <= getattr(self, name) <= 1_000:
                raise WrongValue(name, "must be from 1 to 1000.")
