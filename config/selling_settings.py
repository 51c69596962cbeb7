"""Settings of selling: habits of the till, and how cash is rounded."""

from dataclasses import dataclass

from config.settings_file import WrongValue

CASH_ROUNDINGS = (0, 100, 200, 500, 1_000, 2_000, 5_000)
MOST_ON_A_LINE = 1_000_000


@dataclass(frozen=True)
class SellingSettings:
    """Habits of the till."""

    max_quantity: int
    clerk_discount_percent: int
    cash_rounding: int

    def __post_init__(self) -> None:
        if not 1 <= self.max_quantity <= MOST_ON_A_LINE:
            raise WrongValue("max_quantity", f"must be from 1 to {MOST_ON_A_LINE}.")
        if not 0 <= self.clerk_discount_percent <= 100:
            raise WrongValue("clerk_discount_percent", "must be from 0 to 100.")
        if self.cash_rounding not in CASH_ROUNDINGS:
            raise WrongValue("cash_rounding", f"must be one of {', '.join(map(str, CASH_ROUNDINGS))}.")
