"""The day that last days and prices are judged by: a clock that was set back makes no old goods fresh again.

It is the day of the clock, unless the journal knows that the clock was set back and has not caught up since. Then it is
the day it would be had nobody touched the clock. A jump ahead that was taken back again within reach of the machine's
own count leaves nothing behind. Where the clock had been wrong before and is right now, a manager says so.
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
_LOOKED_AT = 50
"""Older turns of the clock than so many are forgotten: a till whose clock jumps daily is told so all the time."""
_TOLD = (
    select(_TABLE.c.record)
    .where(_TABLE.c.typ.in_([Kind.CLOCK_ADJ, Kind.CLOCK_RIGHT]))
    .order_by(_TABLE.c.seq.desc())
    .limit(_LOOKED_AT)
)


class SetBack(NamedTuple):
    """The clock showed `found` where it should have shown `expected`, in one run of the machine."""

    expected: datetime
    found: datetime
    run: str

    def is_over(self, showing: datetime, run: str) -> bool:
        """Whether a machine that was started anew since then had been set right meanwhile."""
        return self.run != run and showing >= self.expected

    def judged(self, now: datetime) -> datetime:
        """The instant it would be had nobody touched the clock."""
        return self.expected + max(now - self.found, timedelta(0))


def selling_day() -> date:
    """The business day that what is sold now is judged by."""
    back, now = clock_set_back(), clock.now()
    return business_day(back.judged(now) if back else now)


def clock_set_back() -> SetBack | None:
    """How the clock was set back, as long as it has neither caught up nor been called right by a manager."""
    back, ahead = None, timedelta(0)
    for turn in [*_turns_told(), *_turn_not_yet_told()]:
        back, ahead = _after(back, ahead, turn) if turn else (None, timedelta(0))
    return back if back is not None and not back.is_over(clock.now(), clock.boot_id()) else None


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


def _after(back: SetBack | None, ahead: timedelta, turn: _Turn) -> tuple[SetBack | None, timedelta]:
    """What is left of earlier turns after one more; `ahead` is how far the clock had jumped forward."""
    before = turn.found - turn.by
    if back is not None and back.is_over(before, turn.run):
        back = None
    if turn.by > timedelta(0):
        if back is None:
            return None, ahead + turn.by
        should_show = back.judged(before)
        return (None, timedelta(0)) if turn.found >= should_show - CLOCK_TOLERANCE else (back, ahead)
    left = -turn.by - ahead
    if left <= CLOCK_TOLERANCE:
        return back, max(-left, timedelta(0))
    should_show = back.judged(before) if back else turn.found + left
    return SetBack(should_show, turn.found, turn.run), timedelta(0)
