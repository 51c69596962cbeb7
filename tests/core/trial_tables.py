"""Tables for tests of the ground: a shelf that changes and a ledger that does not, apart from the shop's own."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, MetaData, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.money import Money
from core.quantity import Quantity


class Trial(Base):
    __abstract__ = True
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)


class Colour(StrEnum):
    GOLD = "vàng"
    DARK = "sẫm"


class Jar(Trial):
    __tablename__ = "jars"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    price: Mapped[Money | None]
    left: Mapped[Quantity | None]
    packed_on: Mapped[date | None]
    seen_at: Mapped[datetime | None]
    sealed: Mapped[bool | None]
    colour: Mapped[Colour | None]


class Posting(AppendOnly, Trial):
    __tablename__ = "postings"
    __table_args__ = (CheckConstraint("amount > 0", "amount_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    jar_id: Mapped[int | None] = mapped_column(ForeignKey("jars.id"))
    amount: Mapped[Money]


def names() -> list[str]:
    """The names of all jars as they are saved now."""
    db.session.rollback()
    return list(db.session.scalars(select(Jar.name).order_by(Jar.id)))
