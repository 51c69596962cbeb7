"""What a manager types into the forms of the settings, read into values of a topic."""

from typing import Any

from core.web.forms import Form, read_text, read_whole
from core.web.history import refuse_stale
from pos.settings.change import LONGEST, LONGEST_OTHER
from pos.settings.change_table import newest_change
from pos.settings.names import NAMES
from pos.settings.topic import TOPICS
from pos.web.settings_words import WORDS, history_of_topics

MOST_LAYOUTS = 10


def seen_of(topic: str) -> int:
    """The record that a form about a topic was drawn from; 0 before there is one."""
    newest = newest_change(TOPICS[topic])
    return newest.record_seq if newest is not None else 0


def refuse_overwriting(topic: str, form: Form) -> None:
    """Refuse a form that somebody else's change has overtaken, and say what changed meanwhile."""
    refuse_stale(seen_of(topic), form, lambda: history_of_topics(topic), WORDS)


def read_texts(form: Form, *names: str) -> dict[str, str]:
    """Some settings that are text; whether they may be empty is decided where they are kept."""
    return {
        name: read_text(form, name, limit=LONGEST.get(name, LONGEST_OTHER), required=False, label=NAMES[name])
        for name in names
    }


def read_layouts(form: Form) -> list[dict[str, Any]]:
    """The scale's labels, a row each; a row without its first digits is left out."""
    layouts = []
    for n in range(MOST_LAYOUTS):
        prefix = read_text(form, f"prefix_{n}", required=False, limit=10, label=NAMES["prefix"])
        if prefix:
            digits = {
                name: read_whole(form, f"{name}_{n}", most=20, label=NAMES[name])
                for name in ("item_digits", "value_digits")
            }
            layouts.append({"prefix": prefix, **digits, "unit": read_text(form, f"unit_{n}", label=NAMES["unit"])})
    return layouts
