"""A broken rule of the shop, told in one sentence that names the next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import ClassVar

from core.i18n import N_, written_day, written_instant


def _as_said(value: object) -> object:
    if isinstance(value, datetime):
        return written_instant(value)
    if isinstance(value, date):
        return written_day(value)
    return value


class RuleBroken(Exception):
    """Someone asked for what the shop does not do; the page shows the sentence, status 422.

    A subclass has one `message` with named places and is raised with a value for each of them.
    """

    message: ClassVar[str] = N_("This cannot be done here.")

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """What happened and what to do next, in the language that `translate` gives."""
        return translate(self.message) % self.shown()

    def shown(self) -> dict[str, object]:
        """The values of the sentence's places, days and times as people write them."""
        return {name: _as_said(value) for name, value in self.values.items()}

    def __str__(self) -> str:
        return self.sentence()
