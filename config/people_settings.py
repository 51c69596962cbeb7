"""Settings of the people at the till: when the screen locks, and what a clerk does only when a manager stands by."""

from dataclasses import dataclass

from config.settings_file import WrongValue


@dataclass(frozen=True)
class PeopleSettings:
    """Signing in."""

    idle_minutes: int

    def __post_init__(self) -> None:
        if not 1 <= self.idle_minutes <= 30:
            raise WrongValue("idle_minutes", "must be from 1 to 30.")


@dataclass(frozen=True)
class ApprovalSettings:
    """Which acts of a clerk need a manager's PIN; managers and the owner need nobody's."""

    expected_cash: bool
    empty_lot: bool
    open_drawer: bool
    money_back: bool
    discount: bool
    set_price: bool
    return_without_receipt: bool
    return_late: bool
    other_tender: bool
    cash_out: bool
    wrong_sticker: bool
