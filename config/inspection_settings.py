"""Settings of the inspector's view: from when on something is told, and which shares of articles are asked here."""

from dataclasses import dataclass
from datetime import date

from config.reference.share_rules import Counts, ShareRule
from config.settings_file import WrongValue


@dataclass(frozen=True)
class ShareRuleSettings:
    """A rule of the province that the program does not know: what counts, how much of it, where it is written."""

    name: str
    counts: Counts
    least_percent: int
    least_items: int
    source: str
    first_day: str
    last_day: str

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.source.strip():
            raise WrongValue("source", "and name must not be empty: an inspector asks where the rule is written.")
        if not 0 <= self.least_percent <= 100:
            raise WrongValue("least_percent", "must be from 0 to 100.")
        if not 0 <= self.least_items <= 100_000:
            raise WrongValue("least_items", "must be from 0 to 100000.")
        for name in ("first_day", "last_day"):
            try:
                _day(getattr(self, name))
            except ValueError:
                raise WrongValue(name, "must be a day such as 2026-12-05, or empty.") from None

    def rule(self) -> ShareRule:
        """The same as a rule of the reference tables."""
        days = _day(self.first_day), _day(self.last_day)
        return ShareRule(
            self.counts, self.least_percent, self.least_items, self.name, self.name, self.source, days[0], days[1]
        )


@dataclass(frozen=True)
class InspectionSettings:
    """What the inspector's view points at."""

    paper_days: int
    lot_days: int
    share_rules: tuple[ShareRuleSettings, ...]

    def __post_init__(self) -> None:
        for name in ("paper_days", "lot_days"):
            if not 0 <= getattr(self, name) <= 3650:
                raise WrongValue(name, "must be from 0 to 3650.")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
