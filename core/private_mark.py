"""A mark that tells whether a private text changed, without telling the text: what the journal keeps instead of it.

A record cannot be erased, so telephone numbers, addresses and personal numbers never stand in it. Their mark lies in
the table beside them: a salt and the fingerprint of salt and text; the record holds the fingerprint alone. A new text
gets a new salt and the old one is forgotten: what once stood there cannot be guessed even by who has both.
"""

import os

from core.journal.seal import digest

_SALT = 32


def mark_of(text: str, before: str | None = None) -> str:
    """The mark of a text; the one it had when the text is the same, nothing for no text."""
    if before is not None and fits(before, text):
        return before
    salt = os.urandom(_SALT // 2).hex()
    return salt + digest(f"{salt}{text}".encode()) if text else ""


def fits(mark: str, text: str) -> bool:
    """Whether a mark is that of a text."""
    salt = mark[:_SALT]
    return mark == (salt + digest(f"{salt}{text}".encode()) if text else "")


def fingerprint(mark: str) -> str:
    """What a record says of the text: nothing when there is none."""
    return mark[_SALT:]


FINGERPRINT_FROM = _SALT + 1
"""Where it begins in the column, for a query that shows what the record says."""
