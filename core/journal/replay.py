"""Replay the journal and compare what it tells with what the tables hold.

Each package says how its kinds of records become rows (a `Replay` of its own), the app puts them together
(`merge`), and `compare` walks records and tables side by side, so that its memory does not grow with the shop.

    REPLAY = Replay()
    REPLAY.mirror(Mirror("visits", select(Visit.day, Visit.n, Visit.record_seq), key=("record_seq",)))

    @REPLAY.kind(Kind.VISITOR)
    def _visit(record: Replayed) -> Iterator[Told]:
        yield "visits", {"day": record.body["day"], "n": record.body["n"]}
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.journal.chain import JournalRecord
from core.journal.mirror import ROWS_AT_ONCE, Book, Difference, Mirror, book_of
from core.journal.record import Kind

__all__ = ["Difference", "Handler", "Mirror", "Replay", "Replayed", "Told", "compare", "merge"]

Told = tuple[str, dict[str, Any]]


class Replayed(NamedTuple):
    """A record as a handler reads it."""

    seq: int
    typ: Kind
    ts: str
    tid: str
    usr: str | None
    shift: int | None
    body: dict[str, Any]
    hash: str


Handler = Callable[[Replayed], Iterable[Told]]


@dataclass
class Replay:
    """What one package, or the whole app, knows of replaying."""

    mirrors: dict[str, Mirror] = field(default_factory=dict)
    handlers: dict[Kind, list[Callable[[], Handler]]] = field(default_factory=dict)
    checks: list[Callable[[Session], Iterable[Difference]]] = field(default_factory=list)

    def mirror(self, mirror: Mirror) -> Mirror:
        """Make a table known under its name."""
        assert mirror.name not in self.mirrors, f"Two mirrors are named {mirror.name}"
        self.mirrors[mirror.name] = mirror
        return mirror

    def kind(self, *kinds: Kind) -> Callable[[Handler], Handler]:
        """Decorates a function from a record of these kinds to the rows that it made or changed."""

        def register(handler: Handler) -> Handler:
            for kind in kinds:
                self.handlers.setdefault(kind, []).append(lambda: handler)
            return handler

        return register

    def reader(self, *kinds: Kind) -> Callable[[Callable[[], Handler]], Callable[[], Handler]]:
        """Decorates what makes a handler that remembers earlier records; made anew for each comparison."""

        def register(make: Callable[[], Handler]) -> Callable[[], Handler]:
            for kind in kinds:
                self.handlers.setdefault(kind, []).append(make)
            return make

        return register

    def check(self, check: Callable[[Session], Iterable[Difference]]) -> Callable[[Session], Iterable[Difference]]:
        """Decorates a look at the tables for what no record can tell."""
        self.checks.append(check)
        return check


def merge(*replays: Replay) -> Replay:
    """All of them as one."""
    merged = Replay()
    for replay in replays:
        for mirror in replay.mirrors.values():
            merged.mirror(mirror)
        for kind, handlers in replay.handlers.items():
            merged.handlers.setdefault(kind, []).extend(handlers)
        merged.checks.extend(replay.checks)
    return merged


def compare(replay: Replay, session: Session, *, limit: int = 100) -> list[Difference]:
    """Where the tables differ from the journal, by record; at most about `limit` differences, the first ones first.

    Also named: rows that no record tells of, and kinds of records that nothing replays.
    """
    books = {name: book_of(mirror, session) for name, mirror in replay.mirrors.items()}
    made: dict[Callable[[], Handler], Handler] = {}
    unknown: set[Kind] = set()
    found: list[Difference] = []
    for record in _records(session):
        if record.typ not in replay.handlers and record.typ not in unknown:
            unknown.add(record.typ)
            found.append(Difference(record.seq, "journal_records", (record.typ.value,), None, "a record", "no replay"))
        found.extend(_take(books, record.seq, _tell(replay, made, record, found)))
        if len(found) >= limit:
            break
    else:
        for book in books.values():
            found.extend(book.end())
        for check in replay.checks:
            found.extend(check(session))
    return sorted(found, key=lambda difference: difference.seq)[:limit]


def _take(books: dict[str, Book], seq: int, told: dict[str, list[dict[str, Any]]]) -> Iterator[Difference]:
    """Compare what a record tells, and the rows that name it though it tells of none."""
    for name, rows in told.items():
        yield from books[name].take(seq, rows)
    for name, book in books.items():
        if book.next_seq <= seq and name not in told:
            yield from book.take(seq, [])


def _records(session: Session) -> Iterator[Replayed]:
    columns: Any = JournalRecord.__table__.c
    query = select(columns.seq, columns.typ, columns.hash, columns.record).order_by(columns.seq)
    with session.execute(query.execution_options(yield_per=ROWS_AT_ONCE)) as rows:
        for seq, typ, hash_, text in rows:
            told = json.loads(text)
            yield Replayed(seq, typ, told["ts"], told["tid"], told["usr"], told["shift"], told["body"], hash_)


def _tell(
    replay: Replay, made: dict[Callable[[], Handler], Handler], record: Replayed, found: list[Difference]
) -> dict[str, list[dict[str, Any]]]:
    """The rows that a record tells of, by mirror."""
    told: dict[str, list[dict[str, Any]]] = {}
    for make in replay.handlers.get(record.typ, []):
        if make not in made:
            made[make] = make()
        try:
            for name, row in made[make](record):
                told.setdefault(name, []).append({"record_seq": record.seq, **row})
        except (KeyError, TypeError, ValueError, AttributeError) as trouble:
            what = f"{type(trouble).__name__}: {trouble}"
            found.append(Difference(record.seq, "journal_records", (record.typ.value,), "body", "to be replayed", what))
    assert told.keys() <= replay.mirrors.keys(), f"No mirror is named {told.keys() - replay.mirrors.keys()}"
    return told
