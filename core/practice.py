"""Practice (tập sự): somebody tries the till out, and nothing of it may reach the books.

Whether the work in hand is practice is known here for as long as a request lasts. So the journal's only writer can
refuse, for every verb that exists and every one to come, what practice may not write; the verb's rows are taken back
with its record. A verb that wants to be practised has a path of its own that writes a TRAINING record.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from core.errors import RuleBroken
from core.i18n import N_

_practising: ContextVar[bool] = ContextVar("practising", default=False)


class NotWhilePractising(RuleBroken):
    """What was asked for would stand in the shop's books."""

    message = N_(
        "You are practising, so nothing was done: this would go into the shop's books. Leave practice first (Alt+S)."
    )


def is_practising() -> bool:
    """Whether the work in hand is practice."""
    return _practising.get()


def practise(on: bool) -> None:
    """Practise, or work, for the rest of this request or thread."""
    _practising.set(on)


@contextmanager
def practice() -> Iterator[None]:
    """Practise inside the block."""
    before = _practising.set(True)
    try:
        yield
    finally:
        _practising.reset(before)
