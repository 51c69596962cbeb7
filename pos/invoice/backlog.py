"""What the tax office has not accepted yet, and how urgent it is: for the foot bar, the page and the day's close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from config.reference.invoice_codes import invoice_code
from core.clock import VIETNAM, now
from core.current_settings import current_settings
from core.database import db
from core.journal.selling_day import selling_day
from pos.invoice.block import numbers_left
from pos.invoice.invoice_table import Standing, UnsettledInvoice
from pos.invoice.sending import is_silent

NEAR = timedelta(hours=3)
"""So long before the deadline somebody should look."""
_TABLE: Any = UnsettledInvoice.__table__


@dataclass(frozen=True, slots=True)
class Backlog:
    """Invoices by how they stand; those of earlier days; whether the line is dead; codes left."""

    counts: dict[Standing, int]
    of_earlier_days: int
    is_near: bool
    is_silent: bool
    left: int
    few_left: bool

    @property
    def count(self) -> int:
        """All that is not accepted."""
        return sum(self.counts.values())

    @property
    def needs_somebody(self) -> bool:
        """Whether a person must act: a rejection, a missing block, a day that is over or nearly so."""
        by_hand = self.counts.get(Standing.REJECTED, 0) + self.counts.get(Standing.WAITING, 0)
        return bool(by_hand or self.of_earlier_days or (self.count and self.is_near))


def backlog() -> Backlog:
    """How things stand now; a few short queries on a short list."""
    day = selling_day()
    rows = db.session.execute(select(_TABLE.c.standing, func.count()).group_by(_TABLE.c.standing))
    earlier = db.session.scalar(select(func.count()).select_from(_TABLE).where(_TABLE.c.day < day)) or 0
    left = numbers_left()
    return Backlog(
        counts=dict(rows.all()),
        of_earlier_days=earlier,
        is_near=now() >= deadline() - NEAR,
        is_silent=is_silent(),
        left=left,
        few_left=left < current_settings().invoice.few_left,
    )


def deadline() -> datetime:
    """Until when what was made today must have been sent."""
    day = selling_day()
    hours, minutes = invoice_code("deadline", "same_day", day).value.split(":")
    return datetime.combine(day, time(), VIETNAM) + timedelta(hours=int(hours), minutes=int(minutes))


def is_any_unsettled() -> bool:
    """One look, for whoever asks often."""
    return db.session.scalar(select(UnsettledInvoice.id).limit(1)) is not None
