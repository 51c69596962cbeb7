"""Print jobs: a row left in the transaction of what is to be printed; the spooler prints it afterwards.

States: queued (nothing sent), sent (bytes may be on their way), confirmed (the printer said so, or a
person did), failed (certainly nothing came out), unknown (bytes went out and nobody answered).
A job that may have come out is never sent again by itself: a person is asked.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, insert, select
from sqlalchemy.orm import Mapped, make_transient_to_detached, mapped_column

from core.clock import now
from core.database import Base, after_commit, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind, uuid7
from core.practice import NotWhilePractising, is_practising
from core.staff import Staff
from printers.blocks import Block
from printers.documents import CopyMark
from printers.labels.print_run import LabelPaper

RECEIPT_PRINTER = "receipt"
DRAWER_PULSE = "drawer"
"""The kind of a job without paper: only the drawer opens."""
ONE_WAY = "one_way"
"""Reason of a job on a printer that cannot answer at all (a file, CUPS): unknown, but not worth a question."""

Maker = Callable[[int, int, bool], list[Block] | LabelPaper]
"""(number, copy, again) to the blocks or labels of the paper; reads what is frozen, writes nothing."""
WIDE_COLUMNS = 48
_COLUMNS: ContextVar[int] = ContextVar("paper_columns", default=WIDE_COLUMNS)

_MAKERS: dict[str, Maker] = {}
_FOR_PRACTICE: set[str] = set()
_LISTENERS: list[Callable[[], None]] = []


class JobState(StrEnum):
    """Where a print job stands."""

    QUEUED = "queued"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """What a person said about a job that needed a person."""

    PRINTED = "printed"
    NOT_PRINTED = "not_printed"
    AGAIN = "again"


class NothingToAsk(RuleBroken):
    message = N_("Print job %(job)s has been settled already. Look at the list again.")


class AlreadyOnItsWay(RuleBroken):
    message = N_("The paper %(job)s does not wait any more. Look at the list again.")


class NoSuchPaper(RuleBroken):
    message = N_("Nobody knows how to draw a paper of the kind “%(kind)s”. Update the shop's software.")


class PrintJob(Base):
    """One paper to be printed: which document, which copy, on which printer, and how it went."""

    __tablename__ = "print_jobs"
    __table_args__ = (
        CheckConstraint("copy >= 0", "copy_not_negative"),
        CheckConstraint("tries >= 0", "tries_not_negative"),
        Index("ix_print_jobs_open", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    number: Mapped[int]
    copy: Mapped[int]
    again: Mapped[bool]
    role: Mapped[str]
    printer: Mapped[str | None]
    open_drawer: Mapped[bool]
    pulsed: Mapped[bool]
    state: Mapped[JobState]
    why: Mapped[str]
    tries: Mapped[int]
    queued_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    asked_by: Mapped[str | None]
    follows: Mapped[str | None]
    answer: Mapped[Answer | None]
    record_seq: Mapped[int | None]

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody must say what came out, or that it shall be printed."""
        open_question = self.answer is None and self.state in (JobState.UNKNOWN, JobState.FAILED)
        return open_question and self.why != ONE_WAY and self.kind != DRAWER_PULSE


_JOBS: Any = PrintJob.__table__
_INSERT = insert(_JOBS)


def register_maker(kind: str, maker: Maker, *, for_practice: bool = False) -> None:
    """Say how papers of a kind are drawn, at start; who practises prints only those that are made `for_practice`."""
    _MAKERS[kind] = maker
    if for_practice:
        _FOR_PRACTICE.add(kind)


def make_paper(job: PrintJob, columns: int = WIDE_COLUMNS) -> list[Block] | LabelPaper:
    """What the job's paper says, for a width of paper; NoSuchPaper when no package registered its kind."""
    maker = _MAKERS.get(job.kind)
    if maker is None:
        raise NoSuchPaper(kind=job.kind)
    before = _COLUMNS.set(columns)
    try:
        return maker(job.number, job.copy, job.again)
    finally:
        _COLUMNS.reset(before)


def paper_columns() -> int:
    """How many columns the paper has that is being drawn: 48 on 80 mm, 32 on 58 mm, and 48 for the screen."""
    return _COLUMNS.get()


def enqueue(
    kind: str,
    number: int,
    *,
    copy: int = 0,
    open_drawer: bool = False,
    role: str = RECEIPT_PRINTER,
    printer: str | None = None,
    by: Staff | None = None,
) -> PrintJob:
    """Leave a paper to be printed, inside the transaction of what it shows; the till does not wait for it.

    `open_drawer` only where cash changes hands. `by` is who asked for a copy, printed on it. `printer` is the code of
    the one printer that it is for; without it, it goes to the first one of the role.
    """
    return _as_written(_add_job(kind, number, copy, role, printer=printer, by=by, open_drawer=open_drawer))


def leave_paper(kind: str, number: int, *, open_drawer: bool = False, printer: str | None = None) -> None:
    """As `enqueue`, for whoever has no use for the job: the till, where a customer waits."""
    _add_job(kind, number, 0, RECEIPT_PRINTER, printer=printer, by=None, open_drawer=open_drawer)


def print_again(job: PrintJob, by: Staff, *, printer: str | None = None) -> PrintJob:
    """Print a paper anew because the first may not have come out; says IN LẠI once bytes had gone out.

    The drawer stays shut: the cash event is over. Raises NothingToAsk when the job is still on its way
    or somebody answered already; a copy of a paper that did come out is asked for at the document.
    """
    _refuse_settled(job)
    _answer(job, Answer.AGAIN, job.state, by)
    return _as_written(_add_job(job.kind, job.number, job.copy, job.role, printer=printer, by=by, follows=job))


def send_to_printer(job: PrintJob, printer: str) -> None:
    """Let a paper that waits come out of another printer; AlreadyOnItsWay once it no longer waits.

    The drawer is not opened: it hangs on the printer that the paper was meant for.
    """
    if job.state is not JobState.QUEUED:
        raise AlreadyOnItsWay(job=job.number)
    job.printer, job.open_drawer = printer, False
    after_commit(_tell_listeners)


def settle_unknown(job: PrintJob, *, printed: bool, by: Staff) -> None:
    """Write down what a person saw: the paper came out, or it did not (and nobody wants it any more)."""
    _refuse_settled(job)
    if printed:
        _answer(job, Answer.PRINTED, JobState.CONFIRMED, by)
    else:
        _answer(job, Answer.NOT_PRINTED, JobState.FAILED, by)


def mark_of(kind: str, number: int, copy: int, again: bool) -> CopyMark:
    """The copy mark of a paper about to be drawn: who asked for this copy, and when."""
    if not copy and not again:
        return CopyMark()
    job = db.session.scalars(
        select(PrintJob)
        .where(PrintJob.kind == kind, PrintJob.number == number, PrintJob.copy == copy, PrintJob.again == again)
        .order_by(PrintJob.id.desc())
        .limit(1)
    ).first()
    if job is None:
        return CopyMark(copy=copy, again=again)
    name = db.session.scalars(select(Staff.name).where(Staff.code == job.asked_by)).first()
    return CopyMark(copy=copy, again=again, at=job.queued_at, by=name or "")


def write_outcome(job: PrintJob, state: JobState, why: str = "", *, by: Staff | None = None) -> None:
    """Put how a job ended into its row and into the journal, inside a transaction."""
    job.state = state
    job.why = why
    job.changed_at = now()
    body = {
        "job": job.uid,
        "doc": job.kind,
        "no": job.number,
        "copy": job.copy,
        "again": job.again,
        "role": job.role,
        "printer": job.printer,
        "drawer": job.pulsed,
        "state": state.value,
        "why": why,
        "asked": job.asked_by,
        "follows": job.follows,
        "answer": job.answer.value if job.answer else None,
    }
    job.record_seq = write_record(Kind.PRINT, body, by=by).seq


def on_new_job(listener: Callable[[], None]) -> Callable[[], None]:
    """Call `listener` after each commit that left a job; returns what takes it off again."""
    _LISTENERS.append(listener)
    return lambda: _LISTENERS.remove(listener)


def _add_job(
    kind: str,
    number: int,
    copy: int,
    role: str,
    *,
    by: Staff | None,
    printer: str | None = None,
    open_drawer: bool = False,
    follows: PrintJob | None = None,
) -> int:
    if is_practising() and (open_drawer or kind not in _FOR_PRACTICE):
        raise NotWhilePractising()
    moment = now()
    job = {
        "uid": uuid7(),
        "kind": kind,
        "number": number,
        "copy": copy,
        "again": follows is not None and (follows.again or follows.tries > 0),
        "role": role,
        "printer": printer,
        "open_drawer": open_drawer,
        "pulsed": False,
        "state": JobState.QUEUED,
        "why": "",
        "tries": 0,
        "queued_at": moment,
        "changed_at": moment,
        "asked_by": by.code if by else None,
        "follows": follows.uid if follows else None,
        "answer": None,
        "record_seq": None,
    }
    # Straight to the table: at the till a customer waits.
    written = db.session.connection().execute(_INSERT, job).inserted_primary_key
    assert written is not None
    after_commit(_tell_listeners)
    return int(written[0])


def _as_written(number: int) -> PrintJob:
    """The job whose row was just written; the rest of it is read when somebody asks for it."""
    job = PrintJob(id=number)
    make_transient_to_detached(job)
    db.session.add(job)
    return job


def _tell_listeners() -> None:
    for listener in list(_LISTENERS):
        listener()


def _refuse_settled(job: PrintJob) -> None:
    if job.answer is not None or job.state not in (JobState.UNKNOWN, JobState.FAILED):
        raise NothingToAsk(job=job.number)


def _answer(job: PrintJob, answer: Answer, state: JobState, by: Staff) -> None:
    job.answer = answer
    write_outcome(job, state, job.why, by=by)
