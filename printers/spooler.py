"""The print worker: takes queued jobs, draws and sends them outside any transaction, writes down how it went.

One thread a printer, so that a label printer without paper does not hold up receipts. The till never
waits for it. What must hold: a job of which a byte may have gone out is never sent again by itself.
"""

import logging
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Protocol

from sqlalchemy import select

from core.clock import now
from core.database import db, transaction
from printers.device import Device
from printers.escpos_writer import PULSE_NOW, encode, encode_drawer_pulse, flush_half_a_picture
from printers.job_list import jobs_in, unanswered
from printers.raster import draw
from printers.spool import (
    DRAWER_PULSE,
    ONE_WAY,
    RECEIPT_PRINTER,
    JobState,
    PrintJob,
    make_paper,
    on_new_job,
    write_outcome,
)
from printers.status import Trouble, ask_status, wait_until_worked_through
from printers.transports import Broken, Connection, NotReachable

log = logging.getLogger(__name__)

NO_PRINTER = "no_printer"
NOT_DRAWN = "not_drawn"
INTERRUPTED = "interrupted"
TOO_LATE = "too_late"
# A drawer that opens later opens when nobody stands before it any more.
DRAWER_SECONDS = 30
IDLE_MS = 30_000


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the worker waits, and for what."""

    answer_ms: int = 1000
    worked_through_ms: int = 15_000
    retry_ms: int = 2000
    give_up_minutes: int = 30


class App(Protocol):
    """What the worker needs of an app: its context, for the database and the settings."""

    def app_context(self) -> AbstractContextManager[object]: ...


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A job drawn and ready to go: its row's number, its bytes, whether they open the drawer."""

    number: int
    data: bytes
    pulse: bool
    in_doubt: bool


class Turn(Enum):
    """What one look at the queue came to."""

    IDLE = "nothing to print"
    WAITING = "the printer is not ready"
    DONE = "a job came to an end"


class Spooler:
    """The workers of an app; `trouble` says for each role why its printer does not print now (None: no trouble)."""

    def __init__(self, app: App, devices: list[Device], *, patience: Patience | None = None) -> None:
        self.app = app
        self.devices = {device.role: device for device in reversed(devices)}
        self.patience = patience or Patience()
        self.trouble: dict[str, str | None] = {}
        self._doubtful: set[str] = set()
        self._stop = threading.Event()
        self._wake = {role: threading.Event() for role in self._roles()}
        self._threads: list[threading.Thread] = []
        self._deaf = on_new_job(self.wake)

    def start(self) -> None:
        """Look after what a crash left, then print whenever there is something to print."""
        with self.app.app_context():
            settle_interrupted()
        for role in self._roles():
            thread = threading.Thread(target=self._work, args=(role,), name=f"print-{role}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Finish the job in hand and end the threads."""
        self._deaf()
        self._stop.set()
        self.wake()
        for thread in self._threads:
            thread.join()

    def wake(self) -> None:
        """There is something new: a job, an answer, a printer that was put right."""
        for event in self._wake.values():
            event.set()

    def print_next(self, role: str) -> Turn:
        """Try the oldest queued job of a role, in an app context; the worker's one step."""
        job = _oldest(role)
        if job is None:
            return Turn.IDLE
        if why := self._given_up(job):
            return _end(job.id, JobState.FAILED, why)
        device = self.devices.get(role)
        if device is None:
            return self._wait(role, NO_PRINTER)
        try:
            parcel = self._packed(job, device)
        except Exception:
            log.exception("print job %s: %s %s cannot be drawn", job.uid, job.kind, job.number)
            return _end(job.id, JobState.FAILED, NOT_DRAWN)
        db.session.rollback()  # no reading is left open while the printer takes its time
        return self._deliver(parcel, device)

    def _roles(self) -> set[str]:
        return {RECEIPT_PRINTER, *self.devices}

    def _work(self, role: str) -> None:
        while not self._stop.is_set():
            self._wake[role].clear()
            turn = Turn.WAITING
            try:
                with self.app.app_context():
                    turn = self.print_next(role)
            except Exception:
                log.exception("the print worker of %s stumbled and goes on", role)
            if turn is not Turn.DONE:
                pause = self.patience.retry_ms if turn is Turn.WAITING else IDLE_MS
                self._wake[role].wait(timedelta(milliseconds=pause).total_seconds())

    def _given_up(self, job: PrintJob) -> str:
        """Why a job that waited too long is not printed any more; empty while it may wait on."""
        if job.kind == DRAWER_PULSE:
            return "" if _drawer_due(job) else TOO_LATE
        limit = timedelta(minutes=self.patience.give_up_minutes)
        return "" if job.queued_at >= now() - limit else self.trouble.get(job.role) or TOO_LATE

    def _packed(self, job: PrintJob, device: Device) -> "_Parcel":
        pulse = device.drawer and _drawer_due(job)
        if job.kind == DRAWER_PULSE:
            data = encode_drawer_pulse()
        else:
            before = flush_half_a_picture(device.dots) if device.role in self._doubtful else b""
            data = before + encode(draw(make_paper(job), device.dots), cut=device.cut, open_drawer=pulse)
        return _Parcel(job.id, data, pulse=pulse, in_doubt=unanswered(device.role))

    def _deliver(self, parcel: "_Parcel", device: Device) -> Turn:
        sent = False
        try:
            with device.opened() as line:
                if trouble := self._trouble_before(line, device, in_doubt=parcel.in_doubt):
                    return self._wait(device.role, trouble)
                sent = _mark_sent(parcel)
                state, why = self._send(line, device, parcel.data) if sent else (JobState.SENT, "")
        except NotReachable:
            if sent:
                _put_back(parcel.number)
            return self._wait(device.role, Trouble.UNREACHABLE)
        except Exception as broken:
            if not isinstance(broken, Broken):
                log.exception("printer %s", device.name)
            if not sent:
                return self._wait(device.role, Trouble.BROKEN)
            state, why = JobState.UNKNOWN, Trouble.BROKEN.value
        return self._note(parcel.number, device, state, why) if sent else Turn.DONE

    def _trouble_before(self, line: Connection, device: Device, *, in_doubt: bool) -> Trouble | None:
        """Why not to begin now. A printer that says nothing is tried, unless a job before is in doubt already."""
        if not device.answers:
            return None
        status = ask_status(line, self.patience.answer_ms)
        if status.known and status.trouble and device.drawer and _claim_pulses(device.role):
            line.send(PULSE_NOW)
        return status.trouble if status.known or in_doubt else None

    def _send(self, line: Connection, device: Device, data: bytes) -> tuple[JobState, str]:
        line.send(data)
        if not device.answers:
            return JobState.UNKNOWN, ONE_WAY
        proven = wait_until_worked_through(line, self.patience.worked_through_ms)
        after = ask_status(line, self.patience.answer_ms)
        if proven and after.known:
            return JobState.CONFIRMED, ""
        return JobState.UNKNOWN, (after.trouble or Trouble.SILENT).value

    def _note(self, number: int, device: Device, state: JobState, why: str) -> Turn:
        doubtful = state is JobState.UNKNOWN and why != ONE_WAY
        (self._doubtful.add if doubtful else self._doubtful.discard)(device.role)
        self.trouble[device.role] = why if doubtful else None
        return _end(number, state, why)

    def _wait(self, role: str, trouble: str) -> Turn:
        if self.trouble.get(role) != trouble:
            log.warning("papers for the printer “%s” wait: %s", role, trouble)
        self.trouble[role] = str(trouble)
        return Turn.WAITING


def settle_interrupted() -> int:
    """Jobs that were on their way when the shop's computer stopped: nobody knows; gives how many."""
    with transaction() as session:
        jobs = list(session.scalars(select(PrintJob).where(PrintJob.state == JobState.SENT)))
        for job in jobs:
            write_outcome(job, JobState.UNKNOWN, INTERRUPTED)
    return len(jobs)


def _oldest(role: str) -> PrintJob | None:
    return db.session.scalars(
        select(PrintJob).where(PrintJob.state == JobState.QUEUED, PrintJob.role == role).order_by(PrintJob.id).limit(1)
    ).first()


def _drawer_due(job: PrintJob) -> bool:
    return job.open_drawer and not job.pulsed and job.queued_at >= now() - timedelta(seconds=DRAWER_SECONDS)


def _claim_pulses(role: str) -> bool:
    """Whether a drawer waits for a printer that cannot print; it is opened once, without paper."""
    with transaction():
        due = [job for job in jobs_in([JobState.QUEUED], role=role) if _drawer_due(job)]
        for job in due:
            job.pulsed = True
            if job.kind == DRAWER_PULSE:
                job.tries += 1
                write_outcome(job, JobState.UNKNOWN, ONE_WAY)
    return bool(due)


def _mark_sent(parcel: _Parcel) -> bool:
    """Before the first byte: from here on a crash leaves the job in doubt. False when it is no longer queued."""
    with transaction() as session:
        job = session.get(PrintJob, parcel.number)
        if job is None or job.state is not JobState.QUEUED:
            return False
        job.pulsed = job.pulsed or parcel.pulse
        job.state, job.changed_at = JobState.SENT, now()
        job.tries += 1
        return True


def _put_back(number: int) -> None:
    """Certainly nothing arrived (CUPS took nothing): the job waits again as if it had not been tried."""
    with transaction() as session:
        job = session.get_one(PrintJob, number)
        job.state, job.changed_at = JobState.QUEUED, now()
        job.tries -= 1


def _end(number: int, state: JobState, why: str) -> Turn:
    with transaction() as session:
        write_outcome(session.get_one(PrintJob, number), state, why)
    return Turn.DONE
