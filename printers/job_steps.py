"""The steps of a print job, each a transaction of its own: taken, put back, ended, opened the drawer."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from core.clock import now
from core.database import transaction
from printers.device import Device
from printers.job_list import Lane, jobs_in
from printers.spool import DRAWER_PULSE, ONE_WAY, JobState, PrintJob, write_outcome

INTERRUPTED = "interrupted"
# A drawer that opens later opens when nobody stands before it any more.
DRAWER_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job drawn and ready to go: its row's number, the printer it names, its bytes, whether they open the drawer."""

    number: int
    printer: str | None
    data: bytes
    pulse: bool
    in_doubt: bool


def settle_interrupted(printer: str | None = None) -> int:
    """Jobs that were on their way when the shop's computer stopped: nobody knows; gives how many.

    With a printer only its own: how they went could not be written down, for the disk was full.
    """
    sent = select(PrintJob).where(PrintJob.state == JobState.SENT)
    with transaction() as session:
        jobs = list(session.scalars(sent if printer is None else sent.where(PrintJob.printer == printer)))
        for job in jobs:
            write_outcome(job, JobState.UNKNOWN, INTERRUPTED)
    return len(jobs)


def drawer_due(job: PrintJob) -> bool:
    """Whether a drawer still waits for this job."""
    return job.open_drawer and not job.pulsed and job.queued_at >= now() - timedelta(seconds=DRAWER_SECONDS)


def claim_pulses(lane: Lane) -> bool:
    """Whether a drawer waits for a printer that cannot print; it is opened once, without paper."""
    with transaction():
        due = [job for job in jobs_in([JobState.QUEUED], lane=lane) if drawer_due(job)]
        for job in due:
            job.pulsed = True
            if job.kind == DRAWER_PULSE:
                job.tries += 1
                write_outcome(job, JobState.UNKNOWN, ONE_WAY)
    return bool(due)


def mark_sent(parcel: Parcel, device: Device) -> bool:
    """Before the first byte: from here on a crash leaves the job in doubt. False when it is no longer queued here."""
    with transaction() as session:
        job = session.get(PrintJob, parcel.number)
        if job is None or job.state is not JobState.QUEUED or job.printer not in (None, device.key):
            return False
        job.printer = device.key
        job.pulsed = job.pulsed or parcel.pulse
        job.state, job.changed_at = JobState.SENT, now()
        job.tries += 1
        return True


def put_back(parcel: Parcel) -> None:
    """Certainly nothing arrived (CUPS took nothing): the job waits again as if it had not been tried."""
    with transaction() as session:
        job = session.get_one(PrintJob, parcel.number)
        job.state, job.printer, job.changed_at = JobState.QUEUED, parcel.printer, now()
        job.tries -= 1


def end_job(number: int, state: JobState, why: str) -> None:
    """Write down how a job ended."""
    with transaction() as session:
        write_outcome(session.get_one(PrintJob, number), state, why)
