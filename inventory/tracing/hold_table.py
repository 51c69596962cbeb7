"""Holds as rows: a lot that the shop itself lays aside, and the end of that."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, exists, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from core.database import AppendOnly, Base


class LotHold(AppendOnly, Base):
    """From `since` on the lot is neither sold nor moved; it still may be given back or written off."""

    __tablename__ = "lot_holds"
    __table_args__ = (CheckConstraint("reason <> ''", "reasoned"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"), index=True)
    since: Mapped[datetime]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)


class LotRelease(AppendOnly, Base):
    """The end of a hold: the lot was found good."""

    __tablename__ = "lot_releases"
    __table_args__ = (CheckConstraint("reason <> ''", "reasoned"),)

    hold_id: Mapped[int] = mapped_column(ForeignKey("lot_holds.id"), primary_key=True, autoincrement=False)
    since: Mapped[datetime]
    reason: Mapped[str]
    record_seq: Mapped[int] = mapped_column(unique=True)


_RELEASED = exists().where(LotRelease.hold_id == LotHold.id)

# The holds in force: a lot is read together with its own, so that selling asks nothing more for it.
HOLD_IN_FORCE: Any = aliased(LotHold, select(LotHold).where(~_RELEASED).subquery("holds_in_force"))
