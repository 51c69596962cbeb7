"""Looks at the printed QR that stands at the counter: right, wrong, skipped, or a wrong one that a manager has seen."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.staff import Staff
from pos.register import Register
from pos.shifts.shift_table import Shift


class Look(enum.StrEnum):
    """What a look at the sticker brought."""

    RIGHT = "right"
    WRONG = "wrong"
    SKIPPED = "skipped"
    SEEN = "seen"
    """A manager has seen the wrong one."""


class StickerLook(AppendOnly, Base):
    """One look at the sticker of a register; accounts stand in it masked."""

    __tablename__ = "sticker_looks"
    __table_args__ = (Index("ix_sticker_looks_register", "register_id", "record_seq"),)

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[Look]
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"))
    day: Mapped[date]
    looked_at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    found: Mapped[str]
    expected: Mapped[str]
    reason: Mapped[str]

    staff: Mapped[Staff] = relationship(viewonly=True)


def looks_since_last_opening(register: Register) -> list[StickerLook]:
    """The looks at a register's sticker since its last shift was opened, the oldest first: they count for the next."""
    opened = select(Shift.record_seq).where(Shift.register_id == register.id).order_by(Shift.record_seq.desc()).limit(1)
    since = db.session.scalar(opened) or 0
    looks = select(StickerLook).where(StickerLook.register_id == register.id, StickerLook.record_seq > since)
    return list(db.session.scalars(looks.order_by(StickerLook.record_seq)))
