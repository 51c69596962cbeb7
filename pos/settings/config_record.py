"""CONFIG: the settings that give other records their meaning, written down whenever they change."""

from datetime import date
from typing import Any

from core.clock import today
from core.current_settings import current_settings
from core.database import db
from core.journal.chain import write_record
from core.journal.record import Kind, canonical
from core.staff import Staff
from pos.settings.change_table import SettingsChange, Source, all_changes
from pos.settings.topic import TOPICS, Topic, values_of


def note_settings() -> None:
    """At the start of a shop, inside a transaction: write down what shop.toml says now and did not say before."""
    settings, changes = current_settings(), all_changes()
    for topic in TOPICS.values():
        values = values_of(settings, topic)
        known = [
            change for change in changes if change.topic == topic.name and (change.first_day or today()) <= today()
        ]
        if not known or max(known, key=lambda change: change.order).values != values:
            write_change(topic, values, source=Source.FILE, first_day=today() if topic.dated else None, by=None)


def write_change(
    topic: Topic, values: dict[str, Any], *, source: Source, first_day: date | None, by: Staff | None
) -> SettingsChange:
    """Write the record of what a topic's values are from now on, and its row."""
    record = write_record(Kind.CONFIG, config_body(topic, values, source, first_day), by=by)
    change = SettingsChange(
        topic=topic.name,
        source=source,
        first_day=first_day,
        content=canonical(values).decode(),
        changed_at=record.ts,
        staff_id=by.id if by else None,
        record_seq=record.seq,
    )
    db.session.add(change)
    db.session.flush()
    return change


def config_body(topic: Topic, values: dict[str, Any], source: Source, first_day: date | None) -> dict[str, Any]:
    """What the journal keeps of a change (docs/journal.md, CONFIG)."""
    return {"topic": topic.name, "source": source.value, "from": first_day and first_day.isoformat(), **values}
