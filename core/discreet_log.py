"""What the log may hold: where something happened and of what kind, never a PIN, a token, a cookie or a phone number.

A log is copied, sent to helpers by mail and kept for years. So every record passes here, whoever wrote it and wherever
it goes: values of exceptions are left out (a database's name all parameters), what looks like a secret is struck out.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

STRUCK_OUT = "[…]"

_NAMED = re.compile(
    r"(?i)\b([\w-]*(?:pin|token|secret|password|passphrase|cookie|session|authorization|csrf)[\w-]*)(['\"]?\s*[=:]\s*)"
    r"(?:\"[^\"]*\"|'[^']*'|[^\s,;&\"']+)"
)
_SIX_DIGITS = re.compile(r"(?<![\w.:-])[0-9]{6}(?![\w:-]|\.[0-9])")
_PHONE = re.compile(r"(?<![\w.:-])(?:\+?84|0)(?:[ .-]?[0-9]){8,10}(?![\w-])")
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"  # names of papers and forms; opens nothing
# What is long and looks drawn by lot: letters and digits mixed, without a blank. Paths and dotted names are not.
_DRAWN_BY_LOT = re.compile(
    rf"(?<![\w/.-])(?!{_UUID}(?![\w-]))(?=[\w-]*[0-9])(?=[\w-]*[A-Za-z])[\w-]{{24,}}(?:\.[\w-]{{6,}})*"
)


def discreet(text: str) -> str:
    """A text for the log, with what looks like a secret struck out.

    >>> discreet("sign-in of 0912 345 678 with pin=135790")
    'sign-in of […] with pin=[…]'
    """
    text = _NAMED.sub(rf"\1\2{STRUCK_OUT}", text)
    for pattern in (_PHONE, _SIX_DIGITS, _DRAWN_BY_LOT):
        text = pattern.sub(STRUCK_OUT, text)
    return text


def where_it_happened(error: BaseException) -> str:
    """The traceback of an exception and of those that led to it: places and kinds, no values."""
    lines: list[str] = []
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        frames = traceback.format_list(traceback.extract_tb(step.__traceback__))
        lines = [*frames, f"{type(step).__module__}.{type(step).__qualname__}\n", *lines]
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)
    return "".join(lines).rstrip()


class DiscreetRecord(logging.LogRecord):
    """A record of the log as it may be kept."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        try:
            said = self.getMessage()
        except (TypeError, ValueError, KeyError):  # a slip in our own call must not lose the record
            said = str(self.msg)
        self.msg, self.args = discreet(said), ()
        error = self.exc_info[1] if self.exc_info else None
        if error is not None:
            self.exc_text = where_it_happened(error)
        self.exc_info = None


def keep_secrets_out_of_the_log() -> None:
    """From here on every record of this process is written discreetly."""
    logging.setLogRecordFactory(DiscreetRecord)


def log_the_uncaught() -> None:
    """What stops the program or one of its threads goes to the log, too, instead of being printed with its values."""
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _uncaught(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(__name__).critical("stopped by a mistake", exc_info=error)


def _uncaught_in_thread(stopped: threading.ExceptHookArgs) -> None:
    name = stopped.thread.name if stopped.thread else "?"
    if stopped.exc_value is not None and not issubclass(stopped.exc_type, SystemExit):
        logging.getLogger(__name__).critical("thread %s stopped by a mistake", name, exc_info=stopped.exc_value)
