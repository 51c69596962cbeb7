"""One writer at a time in this process, so that SQLite's own lock is hardly ever waited for."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

_PATIENCE_SECONDS = 10
_locks: dict[str, "_WriterLock"] = {}
_making = threading.Lock()


class NestedWriter(RuntimeError):
    """Our own mistake: a thread that writes asked to write again, through another session."""


class _WriterLock:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.owner: int | None = None


@contextmanager
def lock_for(engine: Engine) -> Iterator[bool]:
    """Hold the write lock of a database; False when another writer held it for ten seconds.

    PostgreSQL has row locks and several processes, so there everybody gets it at once.
    """
    if engine.dialect.name != "sqlite":
        yield True
        return
    lock = _lock_of(engine)
    me = threading.get_ident()
    if lock.owner == me:
        raise NestedWriter("This thread is inside transaction() already, in another app context")
    got = lock.lock.acquire(timeout=_PATIENCE_SECONDS)
    try:
        if got:
            lock.owner = me
        yield got
    finally:
        if got:
            lock.owner = None
            lock.lock.release()


def _lock_of(engine: Engine) -> _WriterLock:
    """Files are known by their name: two apps on one file share its lock. A database in memory has its own."""
    name = engine.url.database
    key = name if name and name != ":memory:" else f"memory {id(engine)}"
    with _making:
        return _locks.setdefault(key, _WriterLock())
