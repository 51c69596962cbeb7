"""Which records were written by the end of a day: what the shop knew then, and answers the same for ever.

A record's business day is the day in Viet Nam on which it was written. Between two records that tell of a turned clock
time only goes forward, so a day's last record is found by halving; where the clock was turned, several stretches of
records belong to a day and the days before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from core.clock import VIETNAM, today
from core.database import db
from core.journal.chain import JournalRecord
from core.journal.record import Kind

_TABLE: Any = JournalRecord.__table__
_TURNS = (Kind.CLOCK_ADJ, Kind.RESTORE)
# A clock put back by less than two minutes is not told of: around midnight records are looked at one by one. What came
# after the first record of the new day is of the new day.
_LOOKED_BACK = 64
_NEAR = timedelta(hours=1)


class Stretch(NamedTuple):
    """Records from one number to another; both belong to it. `last` is None for all that follow."""

    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Records:
    """Some records of the journal, by their numbers; `from_the_first`: all of them up to the end of a day."""

    stretches: tuple[Stretch, ...]
    from_the_first: bool = False

    def hold(self, seq: Any) -> ColumnElement[bool]:
        """The condition that a column names one of these records."""
        return or_(false(), *(_between(seq, stretch) for stretch in self.stretches))

    def __contains__(self, seq: int) -> bool:
        return any(first <= seq and (last is None or seq <= last) for first, last in self.stretches)


ALL = Records((Stretch(0, None),), from_the_first=True)


def _between(seq: Any, stretch: Stretch) -> ColumnElement[bool]:
    since = [seq >= stretch.first] if stretch.first else []
    until = [seq <= stretch.last] if stretch.last is not None else []
    return and_(true(), *since, *until)


def end_of(day: date) -> datetime:
    """The first instant after a day."""
    return datetime.combine(day + timedelta(days=1), time.min, VIETNAM).astimezone(UTC)


def records_until(day: date) -> Records:
    """Every record written up to the end of a day; for today, and days to come, every record there is."""
    return records_between(None, day)


def records_between(first: date | None, last: date) -> Records:
    """The records of the business days from one to another, both included; without a first, from the beginning on.

    What is recorded has happened: a last day that is not over yet leaves nothing out.
    """
    since = end_of(first - timedelta(days=1)) if first else None
    until = end_of(last) if last < today() else None
    if since is None and until is None:
        return ALL
    return Records(tuple(_joined(_cut(run, since, until) for run in _runs())), from_the_first=since is None)


class _Run(NamedTuple):
    """Records in which time only went forward, with the instants of its ends."""

    first: int
    last: int
    begun: datetime
    ended: datetime


def _runs() -> Iterator[_Run]:
    """The journal cut where its clock was turned."""
    newest = db.session.scalar(select(func.max(_TABLE.c.seq)))
    if newest is None:
        return
    turns = db.session.scalars(select(_TABLE.c.seq).where(_TABLE.c.typ.in_(_TURNS)).order_by(_TABLE.c.seq))
    begins = [0, *(seq for seq in turns if seq > 0)]
    ends = [*(begin - 1 for begin in begins[1:]), newest]
    wanted = select(_TABLE.c.seq, _TABLE.c.ts).where(_TABLE.c.seq.in_({*begins, *ends}))
    instants: dict[int, datetime] = dict(db.session.execute(wanted).all())
    for begin, end in zip(begins, ends, strict=True):
        yield _Run(begin, end, instants[begin], instants[end])


def _cut(run: _Run, since: datetime | None, until: datetime | None) -> Stretch | None:
    """What of a run was written from one instant on and before another."""
    first = run.first if since is None else _first_from(run, since)
    end = run.last + 1 if until is None else _first_from(run, until)
    return Stretch(first, end - 1) if first < end else None


def _first_from(run: _Run, instant: datetime) -> int:
    """The first record of a run that was not written before an instant; the one after its last when there is none."""
    if run.begun >= instant:
        return run.first
    if run.ended < instant - _NEAR:
        return run.last + 1
    found = bisect_left(range(run.last + 1), instant, lo=run.first, key=_written_at)
    before = select(func.min(_TABLE.c.seq)).where(
        _TABLE.c.seq.between(max(run.first, found - _LOOKED_BACK), found), _TABLE.c.ts >= instant
    )
    return db.session.scalar(before) or found


def _written_at(seq: int) -> datetime:
    instant: datetime = db.session.execute(select(_TABLE.c.ts).where(_TABLE.c.seq == seq)).scalar_one()
    return instant


def _joined(stretches: Iterable[Stretch | None]) -> Iterator[Stretch]:
    """Stretches that follow each other as one."""
    held: Stretch | None = None
    for stretch in stretches:
        if stretch is None:
            continue
        if held is not None and held.last is not None and held.last + 1 == stretch.first:
            held = Stretch(held.first, stretch.last)
            continue
        if held is not None:
            yield held
        held = stretch
    if held is not None:
        yield held
