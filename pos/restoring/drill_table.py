"""Restore drills as the shop keeps them: one row each, good or bad, never edited."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.journal.record import Kind
from core.journal.replay import Mirror, Replay, Replayed, Told
from core.money import Money
from core.staff import Staff


class Drill(AppendOnly, Base):
    """A restore tried beside the running shop: which backup, how far it reached, what was wrong (nothing: good)."""

    __tablename__ = "drills"
    __table_args__ = (CheckConstraint("took_ms >= 0", "took_time"), CheckConstraint("compared >= 0", "compared_rows"))

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    drilled_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    backup: Mapped[str | None]
    backup_made_at: Mapped[datetime | None]
    seq: Mapped[int | None]
    hash: Mapped[str | None]
    gross: Mapped[Money | None]
    refunded: Mapped[Money | None]
    sales: Mapped[int | None]
    compared: Mapped[int]
    took_ms: Mapped[int]
    trouble: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)

    staff: Mapped[Staff] = relationship(viewonly=True)

    @property
    def is_good(self) -> bool:
        """Whether the copy restored whole and agreed with the shop."""
        return not self.trouble


def next_drill_number() -> int:
    """One more than the last drill's."""
    return (db.session.scalar(select(func.max(Drill.number))) or 0) + 1


def latest_drills(limit: int = 12) -> list[Drill]:
    """The newest drills first."""
    return list(db.session.scalars(select(Drill).order_by(Drill.number.desc()).limit(limit)))


def last_good_drill() -> Drill | None:
    """The newest drill that found nothing wrong."""
    return db.session.scalar(select(Drill).where(Drill.trouble == "").order_by(Drill.number.desc()).limit(1))


_TABLE: Any = Drill.__table__
_NAMES = ("number", "drilled_at", "backup", "backup_made_at", "seq", "hash", "gross", "refunded", "sales")
DRILLS = Replay()
DRILLS.mirror(
    Mirror(
        "drills",
        select(
            *(_TABLE.c[name] for name in (*_NAMES, "compared", "took_ms", "trouble", "record_seq")),
            Staff.code.label("staff"),
        ).join(Staff, Staff.id == _TABLE.c.staff_id),
        key=("number",),
    )
)


@DRILLS.kind(Kind.DRILL)
def _drill(record: Replayed) -> Iterator[Told]:
    body = record.body
    yield (
        "drills",
        {
            "number": body["no"],
            "drilled_at": record.ts,
            "staff": record.usr,
            "backup": body["backup"],
            "backup_made_at": body["made"],
            "seq": body["seq"],
            "hash": body["hash"],
            "gross": body["gross"],
            "refunded": body["ref"],
            "sales": body["n"],
            "compared": body["rows"],
            "took_ms": body["ms"],
            "trouble": body["trouble"],
        },
    )
