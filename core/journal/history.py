"""The history of a row: who did what to it and when, with what it was before and after, as the journal tells it."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, or_, select

from core.columns import read_instant
from core.database import db
from core.journal.chain import JournalRecord
from core.journal.record import Kind, canonical

# What tells two rows of one kind apart: the first of these that a body has.
_NAMES = ("topic", "uid", "no", "code", "sku")
# Said of the record, not of the row: never compared with an earlier one.
_OF_THE_ACT = frozenset({"reason"})
_TABLE: Any = JournalRecord.__table__


@dataclass(frozen=True, slots=True)
class Change:
    """One record about a row: `before` and `after` hold only the fields that differ, the first record all of them.

    `body` is what the record says in full.
    """

    seq: int
    at: datetime
    by: str | None
    kind: Kind
    act: str | None
    before: dict[str, Any]
    after: dict[str, Any]
    body: dict[str, Any]


def history_of(*kinds: Kind, **key: object) -> list[Change]:
    """The records of some kinds whose bodies have these values, the newest first.

    A value may be a collection: any of them. `history_of(Kind.PRODUCER, code="0003")` is one producer's history,
    `history_of(Kind.CERTIFICATE, uid=[...])` that of several papers, each compared with itself only.
    """
    wanted = {name: _values(value) for name, value in key.items()}
    return list(_compared(_changes(kinds, wanted)))[::-1]


def who_recorded(seqs: Collection[int]) -> dict[int, tuple[str | None, datetime]]:
    """Who wrote some records, and when: for lists of rows that hold the number of their record."""
    query = select(_TABLE.c.seq, _TABLE.c.record).where(_TABLE.c.seq.in_(seqs))
    found = ((seq, json.loads(text)) for seq, text in db.session.connection().execute(query))
    return {seq: (record["usr"], read_instant(record["ts"])) for seq, record in found}


def _values(value: object) -> Collection[object]:
    return value if isinstance(value, Collection) and not isinstance(value, str) else (value,)


def _changes(kinds: Collection[Kind], wanted: dict[str, Collection[object]]) -> Iterator[Change]:
    """The index leads to the kinds; of their texts only those are read that hold what is asked for."""
    query = select(_TABLE.c.seq, _TABLE.c.typ, _TABLE.c.record).where(
        _TABLE.c.typ.in_(kinds), *(_holds(name, values) for name, values in wanted.items())
    )
    for seq, kind, text in db.session.connection().execute(query.order_by(_TABLE.c.seq)):
        record = json.loads(text)
        body = record["body"]
        if all(body.get(name) in values for name, values in wanted.items()):
            told = {name: value for name, value in body.items() if name != "act"}
            yield Change(seq, read_instant(record["ts"]), record["usr"], kind, body.get("act"), {}, told, body)


def _holds(name: str, values: Collection[object]) -> ColumnElement[bool]:
    """A record is written in one way only, so a field and its value stand in it as one piece of text."""
    pieces = (canonical({name: value}).decode()[1:-1] for value in values)
    return or_(false(), *(_TABLE.c.record.contains(piece, autoescape=True) for piece in pieces))


def _compared(changes: Iterable[Change]) -> Iterator[Change]:
    """Each change with what the record before said of the same row.

    Bodies only ever grow, so a record with fewer fields than the one before is another act, and stands by itself.
    """
    told: dict[tuple[Kind, object], dict[str, Any]] = {}
    for change in changes:
        row = (change.kind, next((change.body[name] for name in _NAMES if name in change.body), None))
        of_row = {name: value for name, value in change.after.items() if name not in _OF_THE_ACT}
        earlier = told.setdefault(row, of_row)
        if earlier is not of_row and earlier.keys() <= of_row.keys():
            told[row] = of_row
            yield _differing(change, earlier)
        else:
            yield change


def _differing(change: Change, earlier: dict[str, Any]) -> Change:
    """Only what differs, and what is said of the act when something is."""
    after = {
        name: value
        for name, value in change.after.items()
        if (value if name in _OF_THE_ACT else name not in earlier or earlier[name] != value)
    }
    return replace(change, before={name: earlier[name] for name in after if name in earlier}, after=after)
