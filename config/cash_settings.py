"""Settings of the cash in the drawer."""

from dataclasses import dataclass

from config.settings_file import WrongValue


@dataclass(frozen=True)
class CashSettings:
    """How much of it moves without a manager."""

    clerk_takes_out: int
    """Dong that may go out of a drawer in one shift before a clerk needs a manager for more."""

    def __post_init__(self) -> None:
        if not 0 <= self.clerk_takes_out <= 1_000_000_000:
            raise WrongValue("clerk_takes_out", "must be from 0 to 1000000000.")
