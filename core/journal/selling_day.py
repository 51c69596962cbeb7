"""The day that last days and prices are judged by: a clock that was set back makes no old goods fresh again.

It is the day of the clock, unless the journal knows that the clock was set back, or months ahead, and has not come
right since. Then it is the day it would be had nobody touched the clock, so that selling goes on as before. A jump of
days ahead is believed: the later day is the safer one. Where the clock was wrong before and is right now, a manager
says so.
"""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from core import clock
from core.clock import business_day
from core.columns import iso_instant, read_instant
from core.database import db
from core.journal.chain import CLOCK_TOLERANCE, JournalRecord, turned_clock, write_record
from core.journal.record import Kind, parse
from core.staff import Staff

_TABLE: Any = JournalRecord.__table__
BELIEVED_AHEAD = timedelta(days=31)
_LOOKED_AT = 50
"""Older turns of the clock than so many are forgotten: a till whose clock jumps daily is told so all the time."""
_TOLD = (
    select(_TABLE.c.record)
    .where(_TABLE.c.typ.in_([Kind.CLOCK_ADJ, Kind.CLOCK_RIGHT]))
    .order_by(_TABLE.c.seq.desc())
    .limit(_LOOKED_AT)
)


class Doubt(NamedTuple):
    """The clock shows another time than it should: `found` where `expected` was due, in one run of the machine."""

    expected: datetime
    found: datetime
    run: str

    @property
    def is_ahead(self) -> bool:
        """Whether it jumped forward, further than anybody would leave a till's clock behind."""
        return self.found > self.expected

    def is_over(self, showing: datetime, run: str) -> bool:
        """Whether a machine that was started anew since then had been set right meanwhile."""
        right = showing < self.found if self.is_ahead else showing >= self.expected
        return self.run != run and right

    def judged(self, now: datetime) -> datetime:
        """The instant it would be had nobody touched the clock."""
        return self.expected + max(now - self.found, timedelta(0))


def selling_day() -> date:
    """The business day that what is sold now is judged by."""
    doubt, now = clock_in_doubt(), clock.now()
    return business_day(doubt.judged(now) if doubt else now)


def clock_in_doubt() -> Doubt | None:
    """How the clock was turned, as long as it has neither come right again nor been called right by a manager."""
    doubt, ahead = None, timedelta(0)
    for turn in [*_turns_told(), *_turn_not_yet_told()]:
        doubt, ahead = _after(doubt, ahead, turn) if turn else (None, timedelta(0))
    return doubt if doubt is not None and not doubt.is_over(clock.now(), clock.boot_id()) else None


def call_clock_right(*, by: Staff) -> None:
    """A manager has looked: the clock is right as it is now, whatever it showed before."""
    write_record(Kind.CLOCK_RIGHT, {"now": iso_instant(clock.now())}, by=by)


class _Turn(NamedTuple):
    by: timedelta
    found: datetime
    run: str


def _turns_told() -> list[_Turn | None]:
    """The newest turns in order; None where a manager called the clock right."""
    records = [parse(text) for text in db.session.connection().execute(_TOLD).scalars()]
    return [_turn(one["body"], one["boot"]) if one["typ"] == Kind.CLOCK_ADJ else None for one in reversed(records)]


def _turn_not_yet_told() -> list[_Turn]:
    """The turn that the next record will have to tell first."""
    turned = turned_clock()
    return [_turn(turned, clock.boot_id())] if turned else []


def _turn(body: dict[str, Any], run: str) -> _Turn:
    return _Turn(timedelta(milliseconds=body["ms"]), read_instant(body["found"]), run)


def _after(doubt: Doubt | None, ahead: timedelta, turn: _Turn) -> tuple[Doubt | None, timedelta]:
    """What is left of earlier turns after one more; `ahead` is how far it has jumped forward and was believed."""
    before = turn.found - turn.by
    if doubt is not None and doubt.is_over(before, turn.run):
        doubt = None
    should_show = doubt.judged(before) if doubt else before - ahead
    off = turn.found - should_show
    if -CLOCK_TOLERANCE <= off <= BELIEVED_AHEAD:
        return None, max(off, timedelta(0))
    return Doubt(should_show, turn.found, turn.run), timedelta(0)
