"""Slips: for each sale or refund and producer a small sealed note, with running totals of that producer's lines."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import CheckConstraint, bindparam, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.journal.record import Kind, canonical
from core.journal.replay import Handler, Mirror, Replay, Replayed, Told
from core.journal.seal import DOM, current_terminal, digest
from core.money import Money
from core.quantity import Quantity


class Slip(AppendOnly, Base):
    """The i-th slip of a producer: goods (`q`) and money owed (`a`) up to and including it, less what came back."""

    __tablename__ = "slips"
    __table_args__ = (CheckConstraint("i > 0", "i_positive"),)

    own: Mapped[str] = mapped_column(primary_key=True)
    i: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    q: Mapped[Quantity]
    a: Mapped[Money]
    prev: Mapped[str]
    hash: Mapped[str]
    record_seq: Mapped[int]


_TABLE: Any = Slip.__table__
# Made once: building a statement takes longer than running it.
_INSERT = insert(_TABLE)
_NEWEST_OF = (
    select(_TABLE.c.i, _TABLE.c.q, _TABLE.c.a, _TABLE.c.hash)
    .where(_TABLE.c.own == bindparam("owner"))
    .order_by(_TABLE.c.i.desc())
    .limit(1)
)


def first_prev(tid: str, own: str) -> str:
    """What a producer's first slip of a terminal names as the one before it."""
    return digest(DOM + f"slip\n{tid}\n{own}".encode())


def owners_of(lines: Iterable[dict[str, Any]]) -> list[str]:
    """The producers whose goods stand in the lines of a record; lines of the shop's own goods name none."""
    return sorted({line["own"] for line in lines if line.get("own") is not None})


def slip_after(
    before: dict[str, Any], lines: list[dict[str, Any]], seq: int, *, kind: Kind = Kind.SALE
) -> dict[str, Any]:
    """The next slip's head `{a,h,i,own,q,tid}` after another one, for the producer's own lines of a record.

    The hash is SHA-256 over the canonical bytes of {a,i,lines,own,prev,q,seq,tid,v} (design 7.2). A REFUND takes its
    lines off again; its slip is of version 2, which says `k` so that nobody can read it as a sale.
    """
    tid, own, prev = before["tid"], before["own"], before["h"]
    owned = [line for line in lines if line.get("own") == own]
    sign = -1 if kind is Kind.REFUND else 1
    a = before["a"] + sign * sum(line["due"] for line in owned)
    q = before["q"] + sign * sum(line["qty"] for line in owned)
    i = before["i"] + 1
    version: dict[str, Any] = {"v": 2, "k": kind.value} if kind is Kind.REFUND else {"v": 1}
    slip = {**version, "tid": tid, "own": own, "i": i, "prev": prev, "seq": seq, "lines": owned, "q": q, "a": a}
    return {"own": own, "tid": tid, "i": i, "q": q, "a": a, "h": digest(canonical(slip))}


def zero_head(tid: str, own: str) -> dict[str, Any]:
    """The head of a producer of whom nothing was sold yet."""
    return {"own": own, "tid": tid, "i": 0, "q": 0, "a": 0, "h": first_prev(tid, own)}


class SlipBook:
    """The slips' heads as the records alone give them, record by record; for verifying and replaying."""

    def __init__(self, tid: str) -> None:
        self.tid = tid
        self._heads: dict[str, dict[str, Any]] = {}

    def take(self, lines: list[dict[str, Any]], seq: int, kind: Kind = Kind.SALE) -> list[dict[str, Any]]:
        """The heads after the SALE or REFUND `seq`, one for each producer in its lines; `prev` is the hash before."""
        after = []
        for own in owners_of(lines):
            before = self.head(own)
            self._heads[own] = slip_after(before, lines, seq, kind=kind)
            after.append({**self._heads[own], "prev": before["h"]})
        return after

    def head(self, own: str) -> dict[str, Any]:
        """The newest head `{a,h,i,own,q,tid}` of a producer; zero before the first sale."""
        return self._heads.get(own) or zero_head(self.tid, own)


def as_told(slip: dict[str, Any]) -> dict[str, Any]:
    """What a SALE or REFUND tells of a slip."""
    return {"own": slip["own"], "i": slip["i"], "h": slip["h"]}


def write_slips(lines: list[dict[str, Any]], seq: int, *, kind: Kind = Kind.SALE) -> list[dict[str, Any]]:
    """Write one slip for each producer in the lines of the sale or refund that becomes record `seq`.

    The lines are those of the body, shop's own goods included; the answer is the body's `slips`.
    """
    owners = owners_of(lines)
    if not owners:
        return []
    before = {found["own"]: found for found in heads(owners)}
    after = [slip_after(before[own], lines, seq, kind=kind) for own in owners]
    rows = [
        {
            "own": slip["own"],
            "i": slip["i"],
            "q": Quantity(slip["q"]),
            "a": Money(slip["a"]),
            "prev": before[slip["own"]]["h"],
            "hash": slip["h"],
            "record_seq": seq,
        }
        for slip in after
    ]
    db.session.connection().execute(_INSERT, rows)
    return [as_told(slip) for slip in after]


def heads(owners: Iterable[str]) -> list[dict[str, Any]]:
    """The newest slip's head `{a,h,i,own,q,tid}` of each producer, zero heads included, sorted by producer."""
    tid = current_terminal().tid
    return [_newest_head(tid, own) for own in sorted(set(owners))]


def _newest_head(tid: str, own: str) -> dict[str, Any]:
    row = db.session.connection().execute(_NEWEST_OF, {"owner": own}).first()
    if row is None:
        return zero_head(tid, own)
    i, q, a, hash_ = row
    return {"own": own, "tid": tid, "i": i, "q": q.thousandths, "a": a.dong, "h": hash_}


REPLAY = Replay()
REPLAY.mirror(Mirror("slips", select(*_TABLE.c), key=("own", "i")))


@REPLAY.reader(Kind.SALE, Kind.REFUND)
def _slips_of_records() -> Handler:
    books: dict[str, SlipBook] = {}

    def read(record: Replayed) -> Iterator[Told]:
        book = books.setdefault(record.tid, SlipBook(record.tid))
        for slip in book.take(record.body["lines"], record.seq, record.typ):
            row = {name: slip[name] for name in ("own", "i", "q", "a", "prev")}
            yield "slips", {**row, "hash": slip["h"]}

    return read
