"""Which settings hold: what the files say, and above it what was changed while the shop ran; today or on a past day."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from config.settings import Settings
from core.clock import today
from core.current_settings import put_in_force, settings_of_the_start
from core.database import after_commit
from pos.settings.change_table import SettingsChange, Source, all_changes
from pos.settings.printer_table import all_printers
from pos.settings.topic import TOPICS, Topic, laid_over

DATABASE = "the shop's database"


def put_changes_in_force() -> None:
    """Let the app follow what was changed on its pages; at its start, and after each change."""
    changes, day = all_changes(), today()
    days = sorted({change.first_day for change in changes if change.first_day and change.first_day > day})
    put_in_force(settings_on(day, changes), *((later, settings_on(later, changes)) for later in days))


def put_changes_in_force_after_commit() -> None:
    """Inside transaction(): the running app follows as soon as what was changed is in the database."""
    after_commit(put_changes_in_force)


def settings_on(day: date, changes: Sequence[SettingsChange]) -> Settings:
    """The settings of today or of a day to come, as far as they are decided."""
    settings = settings_of_the_start()
    for topic in TOPICS.values():
        decided = [change for change in _of(topic, changes) if change.source is Source.PAGE and _has_begun(change, day)]
        settings = _with_newest(settings, topic, decided)
    printers = all_printers()
    if not printers:
        return settings
    return replace(settings, printers=tuple(printer.as_settings() for printer in printers if printer.is_in_use))


def settings_as_of(record_seq: int, day: date) -> Settings:
    """The settings that held when a record was written: a copy of an old paper says what the first one said.

    What nobody had written down by then is taken as it was first written down afterwards.
    """
    settings, changes = settings_of_the_start(), all_changes()
    for topic in TOPICS.values():
        of_topic = _of(topic, changes)
        known = [change for change in of_topic if change.record_seq <= record_seq and _has_begun(change, day)]
        settings = _with_newest(settings, topic, known or of_topic[:1])
    return settings


def _of(topic: Topic, changes: Collection[SettingsChange]) -> list[SettingsChange]:
    return [change for change in changes if change.topic == topic.name]


def _has_begun(change: SettingsChange, day: date) -> bool:
    return change.first_day is None or change.first_day <= day


def _with_newest(settings: Settings, topic: Topic, changes: Collection[SettingsChange]) -> Settings:
    if not changes:
        return settings
    newest = max(changes, key=lambda change: change.order)
    return laid_over(settings, topic, newest.values, source=DATABASE)
