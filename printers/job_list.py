"""Looking at print jobs: what waits, what is in doubt, what was printed."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from core.database import db
from printers.spool import DRAWER_PULSE, ONE_WAY, JobState, PrintJob

Lane = ColumnElement[bool]
"""The jobs that go to one printer, or those that no printer takes."""


def meant_for(key: str, role: str | None) -> Lane:
    """Jobs of the printer of a key; with a role, whose first printer it is, also those that name no printer."""
    unnamed = and_(PrintJob.printer.is_(None), PrintJob.role == role) if role else false()
    return or_(PrintJob.printer == key, unnamed)


def taken_by_none_of(keys: Iterable[str], roles: Iterable[str]) -> Lane:
    """Jobs for which there is no printer: theirs is out of use, or the shop has none of the role."""
    unnamed = PrintJob.printer.is_(None)
    return or_(and_(unnamed, PrintJob.role.not_in(list(roles))), PrintJob.printer.not_in(list(keys)))


def jobs_in(states: Iterable[JobState], *, lane: Lane | None = None, limit: int = 200) -> list[PrintJob]:
    """Jobs in these states, oldest first."""
    query = select(PrintJob).where(PrintJob.state.in_(list(states))).order_by(PrintJob.id).limit(limit)
    if lane is not None:
        query = query.where(lane)
    return list(db.session.scalars(query))


def latest_jobs(limit: int = 50) -> list[PrintJob]:
    """The newest jobs first, whatever became of them."""
    return list(db.session.scalars(select(PrintJob).order_by(PrintJob.id.desc()).limit(limit)))


def job_called(uid: str) -> PrintJob:
    """The job with this name, as pages and other papers name it; NoResultFound when there is none."""
    return db.session.scalars(select(PrintJob).where(PrintJob.uid == uid)).one()


def open_questions(limit: int = 50) -> list[PrintJob]:
    """Jobs of which a person must say what came out, or what shall become of them; oldest first."""
    states = [JobState.UNKNOWN, JobState.FAILED]
    query = select(PrintJob).where(PrintJob.state.in_(states), *_asked_about()).order_by(PrintJob.id).limit(limit)
    return list(db.session.scalars(query))


def latest_of(printer: str) -> PrintJob | None:
    """The newest job that was sent to a printer, or waits for it."""
    newest = select(PrintJob).where(PrintJob.printer == printer).order_by(PrintJob.id.desc())
    return db.session.scalars(newest.limit(1)).first()


def unanswered(lane: Lane) -> bool:
    """Whether a job of this printer is in doubt and nobody has said yet what came out."""
    query = select(PrintJob.id).where(PrintJob.state == JobState.UNKNOWN, lane, *_asked_about())
    return db.session.scalars(query.limit(1)).first() is not None


def waiting_count() -> int:
    """How many jobs wait for a printer or are on their way to it."""
    states = [JobState.QUEUED, JobState.SENT]
    return db.session.scalar(select(func.count(PrintJob.id)).where(PrintJob.state.in_(states))) or 0


def _asked_about() -> tuple[ColumnElement[bool], ...]:
    """As `PrintJob.needs_a_person`: nobody answered, and an answer was worth asking for."""
    return (PrintJob.answer.is_(None), PrintJob.why != ONE_WAY, PrintJob.kind != DRAWER_PULSE)
