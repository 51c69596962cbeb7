"""A table beside the journal: what its rows hold, walked in step with what the records tell of them.

`core.journal.replay` reads the records and asks these books; memory does not grow with the shop, but for tables whose
rows change (`Mirror.appended` is False), where it grows with the table.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import Select
from sqlalchemy.orm import Session

from core.columns import iso_instant
from core.money import Money
from core.quantity import Quantity

ROWS_AT_ONCE = 500
_NOTHING: dict[str, Any] = {}


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
    query = mirror.rows.order_by(None).order_by(seq).execution_options(yield_per=ROWS_AT_ONCE)
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


class AppendedBook:
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


class ChangingBook:
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


Book = AppendedBook | ChangingBook


def book_of(mirror: Mirror, session: Session) -> Book:
    """The book of a table."""
    return AppendedBook(mirror, session) if mirror.appended else ChangingBook(mirror, session)
