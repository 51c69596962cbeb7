"""Settings of goods that are moved inside the shop."""

from dataclasses import dataclass

from config.settings_file import WrongValue


@dataclass(frozen=True)
class MovingSettings:
    """How much the shelf should have while the stockroom has more."""

    shelf_days: int
    """So many days of selling are brought out at a time."""

    def __post_init__(self) -> None:
        if not 1 <= self.shelf_days <= 60:
            raise WrongValue("shelf_days", "must be from 1 to 60.")
