"""Taking a notice in: whose order is it, is it new, does it settle a request to the đồng?"""

import enum
import re

from sqlalchemy import select

from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from pos.bank_notice.notice import BankNotice
from pos.basket import check_digit
from pos.transfers.arrival import keep_words, write_arrival
from pos.transfers.arrival_table import Arrival, Outcome, Source, arrival_known_as
from pos.transfers.request_table import TransferRequest
from pos.transfers.sticker import masked

_DIGITS = re.compile(r"[0-9]+")
_LENGTHS = (10, 11)  # day, counter of three or four digits, check digit


class Taken(enum.StrEnum):
    """What became of a notice."""

    MATCHED = "matched"
    LISTED = "listed"
    KNOWN = "known"


class NotOurAccount(RuleBroken):
    """Money of somebody else is nothing to this shop."""

    message = N_("The notice is for the account %(account)s, which is not the shop's.")


class ToldOtherwise(RuleBroken):
    """The bank's number was used for another sum before: what was told first stands."""

    message = N_("Transfer %(reference)s was told of before, with another amount. What was told first stands.")


def take_in(notice: BankNotice, *, source: Source) -> Taken:
    """Write a notice down, once for each number of the bank, inside a transaction.

    It is matched when it names one order and exactly the amount that was asked for it; else it is listed for a manager.
    """
    settings = current_settings().bank
    if not settings.account or notice.account.upper() != settings.account.upper():
        raise NotOurAccount(account=masked("", notice.account).strip())
    before = arrival_known_as(notice.reference)
    if before is not None:
        _need_same(before, notice)
        return Taken.KNOWN
    arrival = write_arrival(
        notice.amount,
        source=source,
        order_code=order_in(notice.words),
        reference=notice.reference,
        booked_at=notice.booked_at,
    )
    keep_words(arrival, notice.words)
    matched = arrival.sorting is not None and arrival.sorting.outcome is Outcome.MATCHED
    return Taken.MATCHED if matched else Taken.LISTED


def order_in(words: str) -> str | None:
    """The order that a transfer's words name: the one code in them that was asked for; None for none, or for two.

    Banks put their own digits before and behind, some without a blank, so a code is looked for inside of longer runs;
    its check digit and the request of that order keep chance away.
    """
    found = set()
    for run in _DIGITS.findall(words):
        for length in _LENGTHS:
            found |= {run[at : at + length] for at in range(len(run) - length + 1)}
    likely = [digits for digits in found if str(check_digit(digits[:-1])) == digits[-1]]
    asked = select(TransferRequest.order_code).where(TransferRequest.order_code.in_(likely)).distinct()
    orders = list(db.session.scalars(asked))
    return orders[0] if len(orders) == 1 else None


def _need_same(before: Arrival, notice: BankNotice) -> None:
    if before.amount != notice.amount:
        raise ToldOtherwise(reference=notice.reference)
