"""The newest records of a journal, walked alone: what a till has time to check before it opens.

The walk is that of `core.journal.verify`. It stands on the one record before, whose own bytes and signature are
checked; that everything further back is whole is for `shop verify` and the check of each copy to say.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.journal.chain import JournalRecord
from core.journal.export import Sealed, sealed_rows
from core.journal.head import Head
from core.journal.record import CATALOGUE_KINDS, Kind
from core.journal.restore import key_brought_along
from core.journal.seal import digest
from core.journal.slips import Slip, SlipBook
from core.journal.totals import Totals
from core.journal.verify import Found, Report, Walker, read_envelope
from core.money import Money

TAIL = 1_000
_TABLE: Any = JournalRecord.__table__


def check_tail(session: Session, *, heads: Iterable[Head], records: int = TAIL) -> Report:
    """Walk the newest records, and compare their end with what the head file remembers (`head.valid_heads`).

    `heads` must have been read before the session looked at the database: a shop that sells meanwhile writes
    the record first and its head after.
    """
    newest = session.scalar(select(func.max(_TABLE.c.seq)))
    first = (newest or 0) + 1 - records
    if first <= 1:  # the first record stands on nothing
        first = 0
    walker = Walker(None, None, (head for head in heads if head.seq >= first))
    if first:
        try:
            _stand_on(walker, session, first - 1)
        except Found as found:
            walker.report.fault = found.fault
            return walker.report
    return walker.walk(sealed_rows(session, since=first))


def _stand_on(walker: Walker, session: Session, seq: int) -> None:
    """Tell a walker what it would know had it come along from the first record to this one."""
    sealed = next(sealed_rows(session, since=seq))
    record, data = read_envelope(sealed.text, seq), sealed.text.encode()
    if record["seq"] != seq:
        raise Found("gap", seq, f"record {seq} is missing, {record['seq']} stands there")
    _learn_keys(walker, session, before=seq)
    walker.check_seal(record, data, sealed.signature, seq)
    hash_ = digest(data)
    walker.check_row(record, sealed.row, hash_, seq)
    report, tot = walker.report, record["tot"]
    report.records, report.newest_hash = seq + 1, hash_
    report.tid, report.epoch = record["tid"], record["ep"]
    report.totals = Totals(Money(tot["gross"]), Money(tot["ref"]), tot["n"])
    walker.cat = hash_ if record["typ"] in CATALOGUE_KINDS else record["cat"]
    walker.since = _first_unsigned(session, sealed, seq)
    walker.slips = _SlipsBefore(record["tid"], session, seq + 1)
    if record["typ"] == Kind.KEY_ROTATE:
        walker.learn_key(record["body"].get("kid"), record["body"].get("pub"), seq)


def _learn_keys(walker: Walker, session: Session, *, before: int) -> None:
    kinds = _TABLE.c.typ.in_((Kind.GENESIS, Kind.KEY_ROTATE, Kind.RESTORE))
    rows = session.execute(select(_TABLE.c.seq, _TABLE.c.record).where(kinds, _TABLE.c.seq < before))
    for seq, text in sorted(rows):
        record = read_envelope(text, seq)
        if record["typ"] == Kind.RESTORE and key_brought_along(record) is None:
            continue
        kid = record["kid"] if record["typ"] == Kind.GENESIS else record["body"].get("kid")
        walker.learn_key(kid, record["body"].get("pub"), seq)
    if not walker.keys:
        raise Found("genesis", 0, "the record that the journal begins with, and its key, cannot be found")


def _first_unsigned(session: Session, sealed: Sealed, seq: int) -> int | None:
    """Where the range without signatures began that is still open after a record."""
    if sealed.signature is not None:
        return None
    signed = select(_TABLE.c.seq).where(_TABLE.c.sig.is_not(None), _TABLE.c.seq < seq)
    before = session.scalar(signed.order_by(_TABLE.c.seq.desc()).limit(1))
    return 0 if before is None else int(before) + 1


class _SlipsBefore(SlipBook):
    """Producers' slips that begin where the table stood before a record."""

    def __init__(self, tid: str, session: Session, first: int) -> None:
        super().__init__(tid)
        self._session = session
        self._first = first

    def head(self, own: str) -> dict[str, Any]:
        """The newest head of a producer, looked up once."""
        if own not in self._heads:
            before = select(Slip.i, Slip.q, Slip.a, Slip.hash).where(Slip.own == own, Slip.record_seq < self._first)
            row = self._session.execute(before.order_by(Slip.i.desc()).limit(1)).first()
            if row is not None:
                i, q, a, hash_ = row
                self._heads[own] = {"own": own, "tid": self.tid, "i": i, "q": q.thousandths, "a": a.dong, "h": hash_}
        return super().head(own)
