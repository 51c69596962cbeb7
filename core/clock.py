"""The shop's clock: instants in UTC, days in Viet Nam, periods of reports. Nobody else asks for the time."""

from __future__ import annotations

import calendar
import functools
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_CUT_OFF = 15


class _Source:
    """Where the instant comes from: the machine, unless a block has set the clock.

    It belongs to the process, not to a thread or a context: a server's threads and the print worker
    must see the same time as the test or the seeding that set it. So only one block can set it at a time.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.read: Callable[[], datetime] = _machine_time
        self.count: Callable[[], int] = _machine_ms
        self.run: str | None = None

    @contextmanager
    def replaced_by(self, read: Callable[[], datetime], count: Callable[[], int]) -> Iterator[None]:
        with self.lock:
            before = self.read, self.count, self.run
            self.read, self.count, self.run = read, count, str(uuid.uuid4())
        try:
            yield
        finally:
            with self.lock:
                self.read, self.count, self.run = before


def _machine_time() -> datetime:
    return datetime.now(UTC)


def _machine_ms() -> int:
    # Time spent asleep counts where the system can tell: a till that slept overnight has not had its clock turned.
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    return time.monotonic_ns() // 1_000_000


_source = _Source()


class Hand:
    """The hand of a stopped clock; moves only when told to. Put forward, time passed; put back, it was turned."""

    def __init__(self, instant: datetime) -> None:
        self.instant = _in_utc(instant)
        self.passed_ms = 0

    def move(self, step: timedelta) -> None:
        """Put the clock forward, or back with a negative step."""
        self.set(self.instant + step)

    def set(self, instant: datetime) -> None:
        """Put the clock on another instant."""
        before, self.instant = self.instant, _in_utc(instant)
        self.passed_ms += max(0, (self.instant - before) // timedelta(milliseconds=1))


def now() -> datetime:
    """The instant in UTC, to the millisecond, as the journal writes it."""
    instant = _source.read()
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def today() -> date:
    """The business day in Viet Nam."""
    return business_day(now())


def business_day(instant: datetime) -> date:
    """The day in Viet Nam on which an instant falls."""
    return _in_utc(instant).astimezone(VIETNAM).date()


@contextmanager
def stopped_at(instant: datetime) -> Iterator[Hand]:
    """Stop the clock of the whole process, for tests, seeding and replay; it moves only by the hand given."""
    hand = Hand(instant)
    with _source.replaced_by(lambda: hand.instant, lambda: hand.passed_ms):
        yield hand


@contextmanager
def ticking_from(instant: datetime) -> Iterator[None]:
    """Let the clock of the whole process run on from another instant."""
    start, began = _in_utc(instant), _machine_ms()
    with _source.replaced_by(lambda: start + timedelta(milliseconds=_machine_ms() - began), _machine_ms):
        yield


def boot_id() -> str:
    """Names this run of the machine. A block that sets the clock is a run of its own: inside it no time is lost."""
    return _source.run or _machine_boot()


@functools.cache
def _machine_boot() -> str:
    """Where the system gives its run no name, this run of the process gets one."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())


def monotonic_ms() -> int:
    """Milliseconds of this run that only ever grow, however the clock is turned."""
    return _source.count()


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"An instant needs its time zone: {instant!r}")
    return instant.astimezone(UTC)


class Period(NamedTuple):
    """A stretch of business days; both ends belong to it."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day falls in it."""
        return self.first <= day <= self.last


# Periodic reports of state bodies close on the 14th (NĐ 09/2019/NĐ-CP; QĐ 01/2023/QĐ-UBND of Khánh Hòa, Điều 4):
# a month runs from the 15th of the one before, a year from 15 December.


def state_month(day: date) -> Period:
    """The reporting month that a day falls in: 15th to 14th."""
    year, month = _state_month_of(day)
    return _state_months(year, month, month)


def state_quarter(day: date) -> Period:
    """The reporting quarter: from the 15th of the month before it to the 14th of its last month."""
    year, month = _state_month_of(day)
    last = _last_of(month, 3)
    return _state_months(year, last - 2, last)


def state_half_year(day: date) -> Period:
    """The reporting half-year: 15/12 to 14/6, or 15/6 to 14/12."""
    year, month = _state_month_of(day)
    last = _last_of(month, 6)
    return _state_months(year, last - 5, last)


def state_nine_months(day: date) -> Period:
    """The nine months of the reporting year that a day falls in: 15/12 to 14/9, also asked in its last quarter."""
    year, _ = _state_month_of(day)
    return _state_months(year, 1, 9)


def state_year(day: date) -> Period:
    """The reporting year: 15/12 to 14/12."""
    year, _ = _state_month_of(day)
    return _state_months(year, 1, 12)


def calendar_month(day: date) -> Period:
    """The calendar month that a day falls in."""
    return _calendar_months(day.year, day.month, day.month)


def calendar_quarter(day: date) -> Period:
    """The calendar quarter that a day falls in."""
    last = _last_of(day.month, 3)
    return _calendar_months(day.year, last - 2, last)


def calendar_half_year(day: date) -> Period:
    """The calendar half-year that a day falls in."""
    last = _last_of(day.month, 6)
    return _calendar_months(day.year, last - 5, last)


def calendar_nine_months(day: date) -> Period:
    """The first nine months of the calendar year that a day falls in."""
    return _calendar_months(day.year, 1, 9)


def calendar_year(day: date) -> Period:
    """The calendar year that a day falls in."""
    return _calendar_months(day.year, 1, 12)


def _state_month_of(day: date) -> tuple[int, int]:
    """Year and month whose reporting month holds the day."""
    if day.day < _CUT_OFF:
        return day.year, day.month
    return (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)


def _last_of(month: int, months: int) -> int:
    """The last month of the quarter or half-year that a month belongs to."""
    return -(-month // months) * months


def _state_months(year: int, first: int, last: int) -> Period:
    before = date(year - 1, 12, _CUT_OFF) if first == 1 else date(year, first - 1, _CUT_OFF)
    return Period(before, date(year, last, _CUT_OFF - 1))


def _calendar_months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
