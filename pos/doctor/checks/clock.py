"""Does the machine's clock tell the right time? Prices, certificates and tax go by the day."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import inspect, text

from core import clock
from core.columns import UtcInstant
from core.i18n import gettext, written_instant
from pos.doctor.doctor import Finding, Patient, bad, ok, unknown, warn

_SANE_YEARS = range(2026, 2076)
_TOLERANCE = timedelta(minutes=2)


def clock_is_right(patient: Patient) -> Iterator[Finding]:
    """A sensible year, not before what was written last, and set by time servers where the machine can tell."""
    now, newest = clock.now(), _newest_record(patient)
    todo = gettext("Put the clock right. On most machines: sudo timedatectl set-ntp true, with the network plugged in.")
    if now.year not in _SANE_YEARS:
        yield bad(gettext("The clock says %(time)s.", time=written_instant(now)), todo)
    elif newest is not None and newest > now + _TOLERANCE:
        times = {"time": written_instant(now), "newest": written_instant(newest)}
        yield bad(gettext("The clock says %(time)s, but the newest record is of %(newest)s.", **times), todo)
    else:
        yield ok(gettext("The clock says %(time)s.", time=written_instant(now)))
    yield _set_by_servers(todo)


def _newest_record(patient: Patient) -> datetime | None:
    if not patient.folder.holds_a_shop:
        return None
    with patient.database() as session:
        if not inspect(session.connection()).has_table("journal_records"):
            return None
        newest = text("SELECT ts FROM journal_records ORDER BY seq DESC LIMIT 1").columns(ts=UtcInstant())
        found: datetime | None = session.scalar(newest)
    return found


def _set_by_servers(todo: str) -> Finding:
    """What the machine says of time servers; where it cannot be asked that is not known."""
    program = shutil.which("timedatectl")
    if program:
        asked = subprocess.run(  # noqa: S603  (no shell, our words)
            [program, "show", "--property=NTPSynchronized", "--value"], check=False, capture_output=True, text=True
        )
        if asked.stdout.strip() == "yes":
            return ok(gettext("Time servers keep the clock right."))
        if asked.stdout.strip() == "no":
            return warn(gettext("No time server keeps the clock right just now."), todo)
    return unknown(
        gettext("This machine cannot say whether time servers keep its clock right."),
        gettext("Compare the time with a telephone."),
    )
