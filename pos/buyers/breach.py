"""A breach of personal data: when it was noticed, the two clocks that run from there, and what was done.

* 24 hours: when the shop's information system was attacked and consumers may be harmed, the authority for consumer
  protection is told (Luật 19/2023/QH15, Điều 19).
* 72 hours: when rules on personal data were broken, the body in charge of personal data at the Ministry of Public
  Security is told (Luật 91/2025/QH15, Điều 23; NĐ 356/2025/NĐ-CP). Households are not exempt from this one.

Both count from the minute in which somebody noticed. Records of a breach hold no personal data.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import iso_instant
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from core.staff import Staff
from core.text import clean

_LONG_NUMBER = re.compile(r"(?:[0-9][ .\-]?){8,}")
_LIMIT = 500


class BreachStep(enum.StrEnum):
    """What is done about a breach, in the order in which it helps."""

    CONTAINED = "contained"
    KEPT_TRACES = "kept_traces"
    TOLD_CONSUMER_BODY = "told_consumer_body"
    TOLD_DATA_BODY = "told_data_body"
    TOLD_BUYERS = "told_buyers"
    PUT_RIGHT = "put_right"
    CLOSED = "closed"
    NOTE = "note"


class PersonalDataInText(RuleBroken):
    """What stands in the journal stays for ever."""

    message = N_("This text holds a long number, such as a phone. Write it without names and numbers of people.")


class NothingSaid(RuleBroken):
    """A breach without a word says nothing to the authority."""

    message = N_("Write in a sentence what happened.")


class NoticedTomorrow(RuleBroken):
    """Nobody notices what is still to come."""

    message = N_("%(at)s is still to come. Type when it was noticed.")


class BreachClosed(RuleBroken):
    """Its book is shut."""

    message = N_("This breach is closed. Enter a new one if more is found.")


class Breach(AppendOnly, Base):
    """One breach, from the minute in which it was noticed."""

    __tablename__ = "breaches"
    __table_args__ = (CheckConstraint("what <> ''", "said"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    noticed_at: Mapped[datetime]
    what: Mapped[str]
    entered_at: Mapped[datetime]
    staff_code: Mapped[str | None]
    record_seq: Mapped[int] = mapped_column(unique=True)

    steps: Mapped[list[BreachStepTaken]] = relationship(order_by="BreachStepTaken.record_seq", viewonly=True)

    @property
    def is_closed(self) -> bool:
        """Whether everything was done."""
        return any(step.step is BreachStep.CLOSED for step in self.steps)


class BreachStepTaken(AppendOnly, Base):
    """Something that was done about a breach."""

    __tablename__ = "breach_steps"

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    breach_number: Mapped[int] = mapped_column(ForeignKey("breaches.number"), index=True)
    step: Mapped[BreachStep]
    note: Mapped[str]
    at: Mapped[datetime]
    staff_code: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline: what stops it, when it ends, and when it was stopped."""

    step: BreachStep
    hours: int
    ends: datetime
    stopped: datetime | None

    @property
    def minutes_left(self) -> int:
        """Minutes until it ends, or from its stop to its end; below 0 when it was, or is, too late."""
        return int((self.ends - (self.stopped or now())) // timedelta(minutes=1))


CLOCKS = ((BreachStep.TOLD_CONSUMER_BODY, 24), (BreachStep.TOLD_DATA_BODY, 72))


def notice_breach(*, noticed_at: datetime, what: str, by: Staff) -> Breach:
    """Write a breach down; both clocks run from the minute in which it was noticed."""
    if noticed_at > now():
        raise NoticedTomorrow(at=noticed_at)
    said = checked(what)
    if not said:
        raise NothingSaid()
    number = (db.session.scalar(select(func.max(Breach.number))) or 0) + 1
    body = {"act": "noticed", "no": number, "noticed": iso_instant(noticed_at), "what": said}
    record = write_record(Kind.BREACH, body, by=by)
    breach = Breach(
        number=number,
        noticed_at=noticed_at,
        what=said,
        entered_at=record.ts,
        staff_code=by.code,
        record_seq=record.seq,
    )
    db.session.add(breach)
    db.session.flush()
    return breach


def take_step(breach: Breach, step: BreachStep, *, note: str, by: Staff) -> BreachStepTaken:
    """Write down what was done about a breach."""
    if breach.is_closed:
        raise BreachClosed()
    said = checked(note)
    record = write_record(Kind.BREACH, {"act": "step", "no": breach.number, "step": step.value, "note": said}, by=by)
    taken = BreachStepTaken(
        record_seq=record.seq, breach_number=breach.number, step=step, note=said, at=record.ts, staff_code=by.code
    )
    db.session.add(taken)
    db.session.flush()
    db.session.expire(breach, ["steps"])
    return taken


def checked(text: str) -> str:
    """A text that may stand in the journal: no phone number, no personal number."""
    said = clean(text, limit=_LIMIT)
    if _LONG_NUMBER.search(said):
        raise PersonalDataInText()
    return said


def clocks_of(breach: Breach) -> list[Clock]:
    """The two deadlines, each with the moment that stopped it."""
    done = {step.step: step.at for step in reversed(breach.steps)}
    return [Clock(step, hours, breach.noticed_at + timedelta(hours=hours), done.get(step)) for step, hours in CLOCKS]


def breaches() -> Sequence[Breach]:
    """Every breach, the newest first."""
    return db.session.scalars(select(Breach).order_by(Breach.number.desc())).all()


BREACHES = Replay()
BREACHES.mirror(
    Mirror(
        "breaches",
        select(
            Breach.number,
            Breach.noticed_at,
            Breach.what,
            Breach.entered_at,
            Breach.staff_code.label("staff"),
            Breach.record_seq,
        ),
        key=("number",),
    )
)
BREACHES.mirror(
    Mirror(
        "breach_steps",
        select(
            BreachStepTaken.breach_number.label("number"),
            BreachStepTaken.step,
            BreachStepTaken.note,
            BreachStepTaken.at,
            BreachStepTaken.staff_code.label("staff"),
            BreachStepTaken.record_seq,
        ),
        key=("record_seq",),
    )
)


@BREACHES.kind(Kind.BREACH)
def _breach(record: Replayed) -> Iterator[Told]:
    body = record.body
    if body["act"] == "noticed":
        yield (
            "breaches",
            {
                "number": body["no"],
                "noticed_at": body["noticed"],
                "what": body["what"],
                "entered_at": record.ts,
                "staff": record.usr,
            },
        )
    else:
        yield (
            "breach_steps",
            {
                "number": body["no"],
                "step": body["step"],
                "note": body["note"],
                "at": record.ts,
                "staff": record.usr,
            },
        )
