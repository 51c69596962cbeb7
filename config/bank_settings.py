"""Settings of transfers: the shop's account, the sticker at the counter, and notices from the bank."""

import re
from dataclasses import dataclass

from config.settings_file import WrongValue

_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_FIELD = re.compile(r"[A-Za-z0-9_-]{1,60}(\.[A-Za-z0-9_-]{1,60}){0,4}")


@dataclass(frozen=True)
class BankSettings:
    """The account that transfers go to, and whether its printed sticker is looked at before a shift opens."""

    bin: str
    account: str
    holder: str
    sticker: bool

    def __post_init__(self) -> None:
        if self.bin and not _BIN.fullmatch(self.bin):
            raise WrongValue("bin", "must be six digits or empty.")
        if self.account and not _ACCOUNT.fullmatch(self.account):
            raise WrongValue("account", "must be 1 to 19 letters and digits or empty.")
        if (self.bin == "") != (self.account == ""):
            raise WrongValue("bin", "and account go together: give both or neither.")

    @property
    def takes_transfers(self) -> bool:
        """Whether the till can show a QR to pay by transfer."""
        return self.bin != ""


@dataclass(frozen=True)
class BankNoticeSettings:
    """What the bank, or a relay of it, sends when money has come: whether it is heard, and how its JSON is read."""

    enabled: bool
    complete_by_itself: bool
    id_field: str
    amount_field: str
    account_field: str
    words_field: str
    time_field: str
    direction_field: str
    incoming: str

    def __post_init__(self) -> None:
        for name in ("id_field", "amount_field", "account_field", "words_field"):
            if not _FIELD.fullmatch(getattr(self, name)):
                raise WrongValue(name, "must name a field, such as amount or data.amount.")
        for name in ("time_field", "direction_field"):
            if getattr(self, name) and not _FIELD.fullmatch(getattr(self, name)):
                raise WrongValue(name, "must name a field, such as time or data.time, or be empty.")
