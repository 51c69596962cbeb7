"""The settings of the app that is running, for verbs that no request hands them to.

What a manager changes while the shop runs stands above what the app was started with (`put_in_force`). A package that
must know at once appends a function to `app.extensions["settings_changed"]`; it gets the new settings.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

from flask import Flask, current_app

from config.settings import Settings
from core.clock import today

Listener = Callable[[Settings], None]
Stretch = tuple[date, Settings]
"""Settings, and the first day on which they are in force."""

THEN = "settings_as_of"
"""Under this name an app may leave what finds the settings of a past record (see `settings_then`)."""
_START, _STRETCHES, _LISTENERS = "settings_of_the_start", "settings", "settings_changed"


def install_settings(app: Flask, settings: Settings) -> None:
    """Give an app the settings it was started with."""
    app.extensions[_START] = settings
    app.extensions[_STRETCHES] = ((date.min, settings),)
    app.extensions.setdefault(_LISTENERS, [])


def has_settings() -> bool:
    """Whether the app whose context this is has settings at all."""
    return _STRETCHES in current_app.extensions


def current_settings() -> Settings:
    """The settings of the shop whose app context this is, as of today."""
    return settings_for()


def settings_for(day: date | None = None) -> Settings:
    """The settings as of a day, today or later; goods are taxed by those of the selling day, like their rates."""
    stretches = cast(Sequence[Stretch], current_app.extensions[_STRETCHES])
    if len(stretches) == 1:
        return stretches[0][1]
    day = day or today()
    return [settings for first_day, settings in stretches if first_day <= day][-1]


def settings_then(record_seq: int, day: date) -> Settings:
    """The settings that held when a record was written, where the app remembers: a copy says what the first said."""
    remember = current_app.extensions.get(THEN)
    return cast(Settings, remember(record_seq, day)) if remember is not None else current_settings()


def settings_of_the_start() -> Settings:
    """The settings as the files gave them, with nothing above."""
    return cast(Settings, current_app.extensions[_START])


def put_in_force(settings: Settings, *later: Stretch) -> None:
    """From now on these settings hold, and later ones from their days on, in the order of the days."""
    current_app.extensions[_STRETCHES] = ((date.min, settings), *later)
    for listener in cast(Sequence[Listener], current_app.extensions[_LISTENERS]):
        listener(settings)
