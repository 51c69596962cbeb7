"""When somebody last touched a screen: kept in memory, so that no request writes for it.

After a restart the memory is empty; then only a sign-in younger than the allowed time needs no PIN. A page that asks
by itself (the foot bar, a paper on its way) says in `X-Idle` how many seconds ago somebody touched it: that is no act.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app, request

from core import clock
from core.current_settings import current_settings, has_settings

BY_ITSELF = "X-Idle"
_ACTS = "last_acts"
_MINUTES = 5  # of an app without settings


def is_idle(token: str, began_at: datetime) -> bool:
    """Whether nobody has touched the screen of this sign-in for longer than the shop allows."""
    last = _acts().get(token)
    if last is None:
        return not timedelta(0) <= clock.now() - began_at < timedelta(milliseconds=_allowed_ms())
    return clock.monotonic_ms() - last >= _allowed_ms()


def note_act(token: str) -> None:
    """Somebody is at the screen; or was, as a page that asks by itself tells."""
    now, ago_ms = clock.monotonic_ms(), _told_ms_ago()
    last = _acts().get(token)
    if ago_ms == 0 or last is None or now - ago_ms > last:
        _acts()[token] = now - ago_ms


def forget_acts(token: str) -> None:
    """The sign-in is over."""
    _acts().pop(token, None)


def _told_ms_ago() -> int:
    told = request.headers.get(BY_ITSELF) if request else None
    if told is None:
        return 0
    return int(told) * 1000 if told.isdecimal() and len(told) < 8 else _allowed_ms()


def _allowed_ms() -> int:
    minutes = current_settings().people.idle_minutes if has_settings() else _MINUTES
    return minutes * 60_000


def _acts() -> dict[str, int]:
    return current_app.extensions.setdefault(_ACTS, {})
