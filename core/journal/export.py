"""The journal as a file: one JSON object a line, `{"b": "<record text>", "s": "<base64 signature>"}`, in order."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from core.columns import UtcInstant
from core.journal.chain import JournalRecord

_AT_ONCE = 500
# Characters that some programs take for the end of a line although JSON does not.
_NO_LINE_ENDS = str.maketrans({c: f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"})


class _AnyInstant(UtcInstant):
    """Reads what is no instant as None, so that a tampered row is named instead of ending the walk."""

    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        try:
            return super().process_result_value(value, dialect)
        except ValueError:
            return None


_TABLE: Any = JournalRecord.__table__
_AS_STORED: dict[str, Any] = {
    "typ": type_coerce(_TABLE.c.typ, Text()).label("typ"),
    "ts": type_coerce(_TABLE.c.ts, _AnyInstant()).label("ts"),
}


class Sealed(NamedTuple):
    """A record's text, its signature (None while no key was there), and what the row beside it repeats."""

    text: str
    signature: str | None
    row: dict[str, Any] | None = None


def sealed_rows(session: Session, *, since: int = 0) -> Iterator[Sealed]:
    """The journal of this database in order from a record on, a few hundred at a time."""
    columns = (_AS_STORED.get(column.name, column) for column in _TABLE.c)
    query = select(*columns).where(_TABLE.c.seq >= since).order_by(_TABLE.c.seq)
    with session.execute(query.execution_options(yield_per=_AT_ONCE)) as rows:
        for row in rows:
            values = row._asdict()
            yield Sealed(values.pop("record"), values.pop("sig"), values)


def export_lines(session: Session) -> Iterator[str]:
    """The lines of an export, without their line ends."""
    for sealed in sealed_rows(session):
        line = json.dumps({"b": sealed.text, "s": sealed.signature}, ensure_ascii=False)
        yield line.translate(_NO_LINE_ENDS)


def read_export(lines: Iterable[str]) -> Iterator[Sealed]:
    """The records of an export; a line that is none comes as a record without meaning, for `walk` to name."""
    for line in lines:
        yield _read_line(line)


def _read_line(line: str) -> Sealed:
    try:
        found = json.loads(line)
        text, signature = found["b"], found["s"]
    except (ValueError, KeyError, TypeError):
        return Sealed(line, None)
    if isinstance(text, str) and isinstance(signature, str | None):
        return Sealed(text, signature)
    return Sealed(line, None)
