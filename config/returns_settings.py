"""Settings of goods brought back: how long the shop takes them back, and when it sells at a fair."""

from dataclasses import dataclass
from datetime import date

from config.settings_file import WrongValue


@dataclass(frozen=True)
class ReturnsSettings:
    """What the shop grants by itself, and the days of a fair, on which the law grants more."""

    days: int
    fair_from: str
    fair_until: str
    fair_registers: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.days <= 3650:
            raise WrongValue("days", "must be from 0 to 3650.")
        for name in ("fair_from", "fair_until"):
            try:
                _day(getattr(self, name))
            except ValueError:
                raise WrongValue(name, "must be a day such as 2026-12-05, or empty.") from None
        if self.fair_until and self.fair_until < self.fair_from:
            raise WrongValue("fair_until", "must not come before fair_from.")

    def is_fair(self, register: str, day: date) -> bool:
        """Whether a register stands at a fair on a day."""
        first, last = _day(self.fair_from), _day(self.fair_until)
        here = not self.fair_registers or register in self.fair_registers
        return here and first is not None and first <= day and (last is None or day <= last)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
