"""The shop's own look, once a day, at buyers' data whose months are over; and the log that is emptied after erasing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from core.clock import today
from core.database import db
from core.errors import RuleBroken
from pos.buyers.retention import empty_log, sweep

FIRST_LOOK_SECONDS = 300
PAUSE_SECONDS = 60
_log = logging.getLogger(__name__)


def start_retention(app: Any) -> Callable[[], None]:
    """Begin looking; gives what ends it. `app.extensions["erased"]` is set by whoever erases something."""
    stopped, erased = threading.Event(), threading.Event()
    app.extensions["erased"] = erased
    thread = threading.Thread(target=_look, args=(app, stopped, erased), name="retention", daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        erased.set()
        thread.join()

    return stop


def _look(app: Any, stopped: threading.Event, erased: threading.Event) -> None:
    swept_on: date | None = None
    pause = FIRST_LOOK_SECONDS
    while True:
        woken = erased.wait(pause)
        erased.clear()
        if stopped.is_set():
            return
        with app.app_context():
            try:
                if not woken and swept_on != today():
                    sweep()
                    swept_on = today()
                elif woken and not empty_log():
                    erased.set()  # somebody still reads the old pages: once more in a moment
                    stopped.wait(1)
            except (RuleBroken, SQLAlchemyError) as trouble:
                _log.warning("buyers' data was not looked at: %s", type(trouble).__name__)
            finally:
                db.session.remove()
        pause = PAUSE_SECONDS
