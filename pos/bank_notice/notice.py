"""One notice from the bank, whatever it looked like on its way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from config.bank_settings import BankNoticeSettings
from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money


@dataclass(frozen=True, slots=True)
class BankNotice:
    """Money that has come to an account. `reference` is the bank's own number of the transfer, the same if told again.

    Who sent it is left out: the shop sells to whoever pays, and keeps nobody's account number.
    """

    reference: str
    amount: Money
    account: str
    words: str
    booked_at: datetime | None = None


class Adapter(Protocol):
    """Reads one bank's kind of message. None: it tells of money that left, which is nothing to the till."""

    def __call__(self, content: bytes, settings: BankNoticeSettings, /) -> BankNotice | None: ...


class UnreadableNotice(RuleBroken):
    """A message that no notice can be read from; `why` is for whoever sets the relay up."""

    message = N_("This is no notice from the bank that the shop can read: %(why)s.")
