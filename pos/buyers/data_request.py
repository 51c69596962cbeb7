"""What buyers ask about their data, and until when the shop answers: within two working days.

NĐ 356/2025/NĐ-CP (31/12/2025) on Luật 91/2025/QH15: the controller replies within two working days of the request.
Saturdays and Sundays do not count. Holidays are counted as working days: the shop is early then, never late.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from core.clock import VIETNAM, today
from core.database import db
from core.staff import Staff
from pos.buyers.consent import record_consent
from pos.buyers.customer_table import Consent, ConsentAct, Customer

WORKING_DAYS = 2
_SUNDAY, _SATURDAY = 6, 5
_ANSWERS = (
    ConsentAct.EXPORTED,
    ConsentAct.CORRECTED,
    ConsentAct.WITHDRAWN,
    ConsentAct.ERASED,
    ConsentAct.KEPT,
    ConsentAct.ANSWERED,
)


class Wish(enum.StrEnum):
    """What a buyer asks for."""

    SEE = "see"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    ERASE = "erase"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A wish that nobody has answered yet."""

    customer: Customer
    wish: Wish
    asked_on: date
    due: date

    @property
    def is_late(self) -> bool:
        """Whether the law's days have passed."""
        return self.due < today()


def ask(customer: Customer, wish: Wish, *, by: Staff) -> None:
    """Write down that a buyer asks for something; the days run from now."""
    record_consent(customer, ConsentAct.ASKED, why=wish.value, by=by)


def answer(customer: Customer, *, by: Staff) -> None:
    """Write down that a buyer was answered in some other way than by doing it here."""
    record_consent(customer, ConsentAct.ANSWERED, by=by)


def open_requests() -> list[OpenRequest]:
    """Wishes without an answer, the most urgent first."""
    waiting: dict[str, Consent] = {}
    for act in _asked_and_answered():
        if act.act is ConsentAct.ASKED:
            waiting.setdefault(act.who, act)
        else:
            waiting.pop(act.who, None)
    customers = {one.who: one for one in db.session.scalars(select(Customer).where(Customer.who.in_(waiting)))}
    found = [
        OpenRequest(customers[who], Wish(act.why), day, due_day(day))
        for who, act in waiting.items()
        if (day := act.at.astimezone(VIETNAM).date())
    ]
    return sorted(found, key=lambda one: one.due)


def _asked_and_answered() -> Sequence[Consent]:
    """Of buyers who are still known: whoever was erased has been answered."""
    acts = select(Consent).join(Customer, Customer.who == Consent.who).order_by(Consent.record_seq)
    return db.session.scalars(acts.where(Consent.act.in_([ConsentAct.ASKED, *_ANSWERS]))).all()


def due_day(asked: date) -> date:
    """The last day to answer: two working days on.

    >>> due_day(date(2026, 11, 20))  # a Friday
    datetime.date(2026, 11, 24)
    """
    day, left = asked, WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() not in (_SATURDAY, _SUNDAY)
    return day
