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
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.columns import iso_instant
from core.journal.chain import JournalRecord
from core.journal.record import Kind
from core.money import Money
from core.quantity import Quantity

_AT_ONCE = 500
Told = tuple[str, dict[str, Any]]
_NOTHING: dict[str, Any] = {}


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


class Difference(NamedTuple):
    """One place where a table does not hold what the journal tells; `seq` is the record that speaks of it last."""

    seq: int
    table: str
    key: tuple[Any, ...]
    column: str | None
    journal: Any
    found: Any

    def __str__(self) -> str:
        place = f"{self.table} {self.key}" + (f", {self.column}" if self.column else "")
        return f"record {self.seq}: {place}: the journal says {self.journal!r}, the table holds {self.found!r}"


@dataclass(frozen=True)
class Mirror:
    """A table as the journal sees it: a query with labelled columns, `record_seq` among them.

    `appended`: rows are added by the record `record_seq` and stay. Otherwise rows change: later records
    speak of the same key again, and what the last of them said of a column is what the table must hold.
    """

    name: str
    rows: Select[*tuple[Any, ...]]
    key: tuple[str, ...]
    appended: bool = True


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
    books = {name: _book(mirror, session) for name, mirror in replay.mirrors.items()}
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


def _take(
    books: "dict[str, _Appended | _Changing]", seq: int, told: dict[str, list[dict[str, Any]]]
) -> Iterator[Difference]:
    """Compare what a record tells, and the rows that name it though it tells of none."""
    for name, rows in told.items():
        yield from books[name].take(seq, rows)
    for name, book in books.items():
        if book.next_seq <= seq and name not in told:
            yield from book.take(seq, [])


def _records(session: Session) -> Iterator[Replayed]:
    columns: Any = JournalRecord.__table__.c
    query = select(columns.seq, columns.typ, columns.hash, columns.record).order_by(columns.seq)
    with session.execute(query.execution_options(yield_per=_AT_ONCE)) as rows:
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


_AS_IT_IS = frozenset({int, str, bool, type(None)})


def plain(value: Any) -> Any:
    """A value as a record would write it."""
    if type(value) in _AS_IT_IS:  # first: most are, and a shop of some years has millions
        return value
    if isinstance(value, Money):
        return value.dong
    if isinstance(value, Quantity):
        return value.thousandths
    if isinstance(value, datetime):
        return iso_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _plain_rows(mirror: Mirror, session: Session) -> Iterator[dict[str, Any]]:
    seq = mirror.rows.selected_columns["record_seq"]
    query = mirror.rows.order_by(None).order_by(seq).execution_options(yield_per=_AT_ONCE)
    with session.execute(query) as rows:  # closed also when the comparison ends early
        names = tuple(rows.keys())
        for row in rows:
            yield dict(zip(names, map(plain, row), strict=True))


def _key(mirror: Mirror, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in mirror.key)


def _differ(mirror: Mirror, seq: int, key: tuple[Any, ...], told: Any, row: Any) -> Iterator[Difference]:
    """Differences of one row; either side may be missing."""
    if not told or not row:
        yield Difference(seq, mirror.name, key, None, told or "no such row", row or "no such row")
        return
    if told == row:
        return
    for column in [*row, *(name for name in told if name not in row)]:
        says, holds = told.get(column, "nothing"), row.get(column, "no such column")
        if plain(says) != holds:
            yield Difference(seq, mirror.name, key, column, says, holds)


class _Appended:
    """Walks the rows in the order of the records that made them."""

    def __init__(self, mirror: Mirror, session: Session) -> None:
        self.mirror = mirror
        self.rows = _plain_rows(mirror, session)
        self._step()

    def _step(self) -> None:
        self.row = next(self.rows, None)
        self.next_seq = self.row["record_seq"] if self.row else math.inf

    def take(self, seq: int, told: list[dict[str, Any]]) -> Iterator[Difference]:
        """Compare what a record tells with the rows that name it."""
        rows: dict[tuple[Any, ...], dict[str, Any]] = {}
        while self.row and self.next_seq <= seq:
            key = _key(self.mirror, self.row)
            if self.next_seq < seq or key in rows:
                yield from _differ(self.mirror, self.row["record_seq"], key, _NOTHING, self.row)
            else:
                rows[key] = self.row
            self._step()
        for row in told:
            key = tuple(plain(part) for part in _key(self.mirror, row))
            yield from _differ(self.mirror, seq, key, row, rows.pop(key, _NOTHING))
        for key, left in rows.items():
            yield from _differ(self.mirror, seq, key, _NOTHING, left)

    def end(self) -> Iterator[Difference]:
        """Rows of records that are not there."""
        while self.row:
            yield from _differ(self.mirror, self.row["record_seq"], _key(self.mirror, self.row), _NOTHING, self.row)
            self._step()


class _Changing:
    """Gathers what the records say of each key; memory grows with the table, not with the journal."""

    next_seq = math.inf  # its rows are only looked at in the end

    def __init__(self, mirror: Mirror, session: Session) -> None:
        self.mirror, self.session = mirror, session
        self.said: dict[tuple[Any, ...], dict[str, Any]] = {}

    def take(self, seq: int, told: list[dict[str, Any]]) -> Iterable[Difference]:
        """Remember the newest word on each column."""
        for row in told:
            key = tuple(plain(part) for part in _key(self.mirror, row))
            self.said[key] = {**self.said.get(key, _NOTHING), **row}
        return ()

    def end(self) -> Iterator[Difference]:
        """Compare the table as it stands with the last word on each of its rows."""
        for row in _plain_rows(self.mirror, self.session):
            key = _key(self.mirror, row)
            told = self.said.pop(key, _NOTHING)
            seq = told["record_seq"] if told else row["record_seq"]
            yield from _differ(self.mirror, seq, key, told, row)
        for key, told in self.said.items():
            yield from _differ(self.mirror, told["record_seq"], key, told, _NOTHING)


def _book(mirror: Mirror, session: Session) -> _Appended | _Changing:
    return _Appended(mirror, session) if mirror.appended else _Changing(mirror, session)
