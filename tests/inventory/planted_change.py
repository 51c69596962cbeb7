"""A change behind the shop's back, past its triggers, and what the journal says of it."""

from __future__ import annotations

from core.database import db
from core.journal.replay import Difference, compare
from inventory.replay import REPLAY

_ELSEWHERE = {"GENESIS", "STAFF", "CLOCK_ADJ"}


def differences() -> list[Difference]:
    """Where the tables of goods differ from the journal; kinds of other packages are left out."""
    found = compare(REPLAY, db.session)
    db.session.rollback()
    return [one for one in found if not (one.table == "journal_records" and one.key[0] in _ELSEWHERE)]


def plant(change: str) -> str:
    """Do what somebody with the file could do; gives the table that was changed."""
    table = change.split(" ")[2 if change.startswith(("DELETE", "INSERT")) else 1]
    connection = db.engine.raw_connection()
    connection.isolation_level = None
    for trigger in (f"{table}_no_update", f"{table}_no_delete"):
        connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    connection.execute("PRAGMA foreign_keys = OFF")
    changed = connection.execute(change).rowcount
    assert changed >= 1, f"{change} changed nothing"
    return table
