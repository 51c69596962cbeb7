"""The table of what the settings were and are: one row for each change of a topic, never edited."""

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import AppendOnly, Base, db
from core.staff import Staff
from pos.settings.topic import TOPICS, Topic


class Source(StrEnum):
    """Where a setting came from."""

    FILE = "file"
    """shop.toml or the defaults, written down when the shop was started with them."""
    PAGE = "page"
    """Changed while the shop runs, or entered when it was set up; stands above the file."""


class SettingsChange(AppendOnly, Base):
    """All fields of a topic as they are from this change on; `content` is the journal's own writing of them."""

    __tablename__ = "settings_changes"
    __table_args__ = (Index("ix_settings_changes_topic", "topic", "record_seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str]
    source: Mapped[Source]
    first_day: Mapped[date | None]
    content: Mapped[str]
    changed_at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    record_seq: Mapped[int] = mapped_column(unique=True)

    staff: Mapped[Staff | None] = relationship(viewonly=True)

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the topic; those that this version of the shop no longer has are left out."""
        known = TOPICS[self.topic].fields
        return {name: value for name, value in json.loads(self.content).items() if name in known}

    @property
    def order(self) -> tuple[date, int]:
        """Of two changes the later one counts: by first day where there is one, then by record."""
        return self.first_day or date.min, self.record_seq


def all_changes() -> list[SettingsChange]:
    """Every change of a topic that this version knows, in the order in which they were recorded."""
    rows = db.session.scalars(select(SettingsChange).order_by(SettingsChange.record_seq))
    return [row for row in rows if row.topic in TOPICS]


def newest_change(topic: Topic) -> SettingsChange | None:
    """The last change of a topic that was recorded, whenever it counts from."""
    newest = select(SettingsChange).where(SettingsChange.topic == topic.name).order_by(SettingsChange.record_seq.desc())
    return db.session.scalars(newest.limit(1)).first()
