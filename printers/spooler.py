"""The print worker: takes queued jobs, draws and sends them outside any transaction, writes down how it went.

One thread a printer, so that a label printer without paper does not hold up receipts. The till never
waits for it. What must hold: a job of which a byte may have gone out is never sent again by itself.
Printers come and go while it works (`take_up`): a job that names none goes to the first one of its role,
a job whose printer is gone waits until somebody sends it to another.
"""

import logging
import threading
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Protocol

from core.clock import now
from core.database import db
from printers.device import Device
from printers.escpos_writer import PULSE_NOW, encode_drawer_pulse, flush_half_a_picture
from printers.job_list import Lane, jobs_in, meant_for, taken_by_none_of, unanswered
from printers.job_steps import (
    Parcel,
    claim_pulses,
    drawer_due,
    end_job,
    mark_sent,
    put_back,
    settle_interrupted,
)
from printers.packing import pack
from printers.spool import (
    DRAWER_PULSE,
    ONE_WAY,
    JobState,
    PrintJob,
    make_paper,
    on_new_job,
)
from printers.status import Trouble, ask_status, wait_until_worked_through
from printers.transports import Broken, Connection, NotReachable

log = logging.getLogger(__name__)

NO_PRINTER = "no_printer"
NOT_DRAWN = "not_drawn"
TOO_LATE = "too_late"
NOBODYS = ""
"""The key of the jobs for which there is no printer."""
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


class Turn(Enum):
    """What one look at the queue came to."""

    IDLE = "nothing to print"
    WAITING = "the printer is not ready"
    DONE = "a job came to an end"


class Spooler:
    """The workers of an app; `trouble` says for each printer why it does not print now (None: no trouble)."""

    def __init__(self, app: App, devices: list[Device], *, patience: Patience | None = None) -> None:
        self.app = app
        self.devices: dict[str, Device] = {}
        self.patience = patience or Patience()
        self.trouble: dict[str, str | None] = {}
        self._doubtful: set[str] = set()
        self._stop = threading.Event()
        self._started = False
        self._lock = threading.RLock()
        self._wake: dict[str, threading.Event] = {}
        self._threads: dict[str, threading.Thread] = {}
        self._deaf = on_new_job(self.wake)
        self.take_up(devices)

    def start(self) -> None:
        """Look after what a crash left, then print whenever there is something to print."""
        with self.app.app_context():
            settle_interrupted()
        with self._lock:
            self._started = True
            self._begin_missing()

    def take_up(self, devices: Iterable[Device]) -> None:
        """Print on these printers from now on. Who is printing finishes the job in hand; no job goes out twice."""
        with self._lock:
            self.devices = {device.key: device for device in devices}
            self._begin_missing()
        self.wake()

    def stop(self) -> None:
        """Finish the job in hand and end the threads."""
        self._deaf()
        self._stop.set()
        self.wake()
        for thread in list(self._threads.values()):
            thread.join()

    def wake(self) -> None:
        """There is something new: a job, an answer, a printer that was put right."""
        for event in list(self._wake.values()):
            event.set()

    def waits_because(self, job: PrintJob) -> str | None:
        """Why a queued paper does not come out yet, as its printer said last; None while nothing stands in its way."""
        if job.state is not JobState.QUEUED:
            return None
        key = job.printer or self._first_of_role().get(job.role, NOBODYS)
        return self.trouble.get(key if key in self.devices else NOBODYS)

    def print_next(self, key: str) -> Turn:
        """Try the oldest queued job of a printer, in an app context; the worker's one step."""
        job = next(iter(jobs_in([JobState.QUEUED], lane=self._lane(key), limit=1)), None)
        if job is None:
            return self._idle(key)
        if why := self._given_up(job, key):
            return _end(job.id, JobState.FAILED, why)
        device = self.devices.get(key)
        if device is None:
            return self._wait(NOBODYS, NO_PRINTER)
        try:
            parcel = self._packed(job, device)
        except Exception:
            log.exception("print job %s: %s %s cannot be drawn", job.uid, job.kind, job.number)
            return _end(job.id, JobState.FAILED, NOT_DRAWN)
        db.session.rollback()  # no reading is left open while the printer takes its time
        return self._deliver(parcel, device)

    def _begin_missing(self) -> None:
        for key in (NOBODYS, *self.devices) if self._started else ():
            if key not in self._threads:
                self._wake.setdefault(key, threading.Event())
                self._threads[key] = threading.Thread(target=self._work, args=(key,), name=f"print-{key}", daemon=True)
                self._threads[key].start()

    def _work(self, key: str) -> None:
        stumbled = False
        while self._goes_on(key):
            self._wake[key].clear()
            if self._stop.is_set():  # looked at after clearing: whoever stops us says so first and wakes us then
                return
            turn = Turn.WAITING
            try:
                with self.app.app_context():
                    if stumbled:
                        settle_interrupted(key)
                    turn, stumbled = self.print_next(key), False
            except Exception:
                log.exception("the print worker of %s stumbled and goes on", key)
                stumbled = True
            if turn is not Turn.DONE:
                pause = self.patience.retry_ms if turn is Turn.WAITING else IDLE_MS
                self._wake[key].wait(timedelta(milliseconds=pause).total_seconds())

    def _goes_on(self, key: str) -> bool:
        """The worker of a printer that is gone ends; one that came back before that goes on."""
        with self._lock:
            if key == NOBODYS or key in self.devices:
                return True
            del self._threads[key]
            self.trouble.pop(key, None)
            return False

    def _lane(self, key: str) -> Lane:
        first = self._first_of_role()
        if key not in self.devices:
            return taken_by_none_of(self.devices, first)
        role = self.devices[key].role
        return meant_for(key, role if first[role] == key else None)

    def _first_of_role(self) -> dict[str, str]:
        return {device.role: device.key for device in reversed(self.devices.values())}

    def _idle(self, key: str) -> Turn:
        if key == NOBODYS:
            self.trouble.pop(NOBODYS, None)
        return Turn.IDLE

    def _given_up(self, job: PrintJob, key: str) -> str:
        """Why a job that waited too long is not printed any more; empty while it may wait on."""
        if job.kind == DRAWER_PULSE:
            return "" if drawer_due(job) else TOO_LATE
        limit = timedelta(minutes=self.patience.give_up_minutes)
        return "" if job.queued_at >= now() - limit else self.trouble.get(key) or TOO_LATE

    def _packed(self, job: PrintJob, device: Device) -> Parcel:
        pulse = device.drawer and drawer_due(job)
        if job.kind == DRAWER_PULSE:
            data = encode_drawer_pulse()
        else:
            before = flush_half_a_picture(device.dots) if device.key in self._doubtful else b""
            data = before + pack(make_paper(job, device.columns), device, open_drawer=pulse)
        return Parcel(job.id, job.printer, data, pulse=pulse, in_doubt=unanswered(self._lane(device.key)))

    def _deliver(self, parcel: Parcel, device: Device) -> Turn:
        sent = False
        try:
            with device.opened() as line:
                if trouble := self._trouble_before(line, device, in_doubt=parcel.in_doubt):
                    return self._wait(device.key, trouble)
                sent = self._is_here(device) and mark_sent(parcel, device)
                state, why = self._send(line, device, parcel.data) if sent else (JobState.SENT, "")
        except NotReachable:
            if sent:
                put_back(parcel)
            return self._wait(device.key, Trouble.UNREACHABLE)
        except Exception as broken:
            if not isinstance(broken, Broken):
                log.exception("printer %s", device.name)
            if not sent:
                return self._wait(device.key, Trouble.BROKEN)
            state, why = JobState.UNKNOWN, Trouble.BROKEN.value
        return self._note(parcel.number, device, state, why) if sent else Turn.DONE

    def _trouble_before(self, line: Connection, device: Device, *, in_doubt: bool) -> Trouble | None:
        """Why not to begin now. A printer that says nothing is tried, unless a job before is in doubt already."""
        if not device.answers:
            return None
        status = ask_status(line, self.patience.answer_ms)
        if status.known and status.trouble and device.drawer and claim_pulses(self._lane(device.key)):
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
        (self._doubtful.add if doubtful else self._doubtful.discard)(device.key)
        self.trouble[device.key] = why if doubtful else None
        return _end(number, state, why)

    def _is_here(self, device: Device) -> bool:
        """Whether the printer is still the one that the job was taken for."""
        with self._lock:
            return self.devices.get(device.key) is device

    def _wait(self, key: str, trouble: str) -> Turn:
        if self.trouble.get(key) != trouble:
            log.warning("papers for the printer “%s” wait: %s", key, trouble)
        self.trouble[key] = str(trouble)
        return Turn.WAITING


def _end(number: int, state: JobState, why: str) -> Turn:
    end_job(number, state, why)
    return Turn.DONE
