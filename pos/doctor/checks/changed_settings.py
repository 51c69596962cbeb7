"""Which settings of shop.toml no longer count, because they were changed on a page?"""

import json
import tomllib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import inspect, text

from core.clock import today
from core.i18n import gettext
from pos.doctor.doctor import Finding, Patient, ok
from pos.settings.names import NAMES
from pos.settings.topic import TOPICS, Topic

_NEWEST = text("""
SELECT topic, content FROM settings_changes
WHERE source = 'page' AND (first_day IS NULL OR first_day <= :today) ORDER BY first_day, record_seq
""")


def pages_stand_above_the_file(patient: Patient) -> Iterator[Finding]:
    """Whoever edits shop.toml must know what it does not decide any more."""
    if patient.settings is None or not patient.folder.holds_a_shop:
        return
    with patient.database() as session:
        if not inspect(session.connection()).has_table("settings_changes"):
            return
        rows = session.execute(_NEWEST, {"today": today().isoformat()})
        changed = {topic: json.loads(content) for topic, content in rows}
        printers = session.scalar(text("SELECT count(*) FROM printers"))
    written = _written(patient)
    names = [name for topic in TOPICS.values() for name in _outdone(topic, changed.get(topic.name, {}), written)]
    if names:
        yield ok(
            gettext(
                "Changed on the settings pages, so that shop.toml no longer decides: %(names)s.",
                names=", ".join(gettext(NAMES[name]) for name in names),
            )
        )
    if printers and "printers" in written:
        yield ok(gettext("Printers are changed on their page; those in shop.toml no longer count."))


def _written(patient: Patient) -> dict[str, Any]:
    file = patient.folder.settings
    return tomllib.loads(file.read_text(encoding="utf-8-sig")) if file.exists() else {}


def _outdone(topic: Topic, changed: dict[str, Any], written: dict[str, Any]) -> list[str]:
    """Fields of a topic of which the file says something else than the page."""
    section = written.get(topic.section, {}) if topic.section else written
    return [name for name in topic.fields if name in changed and name in section and section[name] != changed[name]]
