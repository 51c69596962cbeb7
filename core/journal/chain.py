"""The journal: numbered, chained and signed records, each written in the transaction of what it tells."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Index, insert, select, text
from sqlalchemy.orm import Mapped, make_transient_to_detached, mapped_column

from core import clock
from core.columns import iso_instant
from core.database import AppendOnly, Base, after_commit, current_work, db
from core.journal.head import Head, append_head
from core.journal.record import CATALOGUE_KINDS, SCHEMA, Kind, canonical, parse, uuid7
from core.journal.seal import FIRST_KID, KeyUnreadable, SigningKey, Terminal, current_terminal, digest, first_prev
from core.money import ZERO, Money

if TYPE_CHECKING:
    from core.staff import Staff

CLOCK_TOLERANCE = timedelta(seconds=120)
_HEAD = "journal_head"
_HOOKED = "journal_hooked"
_ONE_WRITER = 0x0C09_70B5  # the journal's advisory lock on PostgreSQL, where several processes may write


class JournalRecord(AppendOnly, Base):
    """One record as it was sealed: `record` holds its exact bytes as text, `sig` is None while no key was there.

    The other columns repeat what the record says, so that the next one is written with one look.
    """

    __tablename__ = "journal_records"
    __table_args__ = (
        CheckConstraint("seq >= 0", "seq_not_negative"),
        CheckConstraint("gross >= 0 AND refunded >= 0 AND sales >= 0", "totals_not_negative"),
        Index("ix_journal_records_typ_seq", "typ", "seq"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ep: Mapped[int]
    typ: Mapped[Kind]
    ts: Mapped[datetime]
    boot: Mapped[str]
    mono: Mapped[int]
    gross: Mapped[Money]
    refunded: Mapped[Money]
    sales: Mapped[int]
    cat: Mapped[str | None]
    hash: Mapped[str]
    sig: Mapped[str | None]
    record: Mapped[str]


_TABLE: Any = JournalRecord.__table__


@dataclass(frozen=True, slots=True)
class _Totals:
    """Perpetual totals after a record: sales value never falls, refunds stand beside it."""

    gross: Money = ZERO
    refunded: Money = ZERO
    sales: int = 0

    def after(self, kind: Kind, body: dict[str, Any]) -> "_Totals":
        if kind is Kind.SALE:
            return _Totals(self.gross + _amount(body), self.refunded, self.sales + 1)
        if kind is Kind.REFUND:
            return _Totals(self.gross, self.refunded + _amount(body), self.sales)
        return self

    def as_plain(self) -> dict[str, int]:
        net = self.gross - self.refunded
        return {"gross": self.gross.dong, "ref": self.refunded.dong, "net": net.dong, "n": self.sales}


def _amount(body: dict[str, Any]) -> Money:
    total = Money(body["total"])
    if total < ZERO:
        raise ValueError(f"Amounts are positive, the kind gives the direction: {total.dong}")
    return total


def write_record(kind: Kind, body: dict[str, Any], *, by: "Staff | None", shift: int | None = None) -> JournalRecord:
    """Add a record to the journal, inside transaction(); the only writer.

    What has to be said before (the journal's beginning, a turned clock, the end of a time without key) gets
    records of its own first. NotCanonical when the body holds what a record may not hold.
    """
    return _append(_settled_head(), kind, body, usr=by.code if by else None, shift=shift)


def next_seq() -> int:
    """The number that the next record of this transaction will have, for rows written before it."""
    head = _settled_head()
    assert head is not None
    return head.seq + 1


def head() -> JournalRecord | None:
    """The newest record, or None before the journal began."""
    return db.session.scalar(select(JournalRecord).order_by(JournalRecord.seq.desc()).limit(1))


def _settled_head() -> JournalRecord:
    """The newest record, after what had to be said before the next was said; once in a transaction."""
    work = current_work()
    if _HEAD not in work.notes:
        if not work.notes.get(_HOOKED):
            work.notes[_HOOKED] = True
            terminal = current_terminal()
            after_commit(lambda: _remember(terminal, work.notes.get(_HEAD)))
        _settle(_read_head())
    found = work.notes[_HEAD]
    assert isinstance(found, JournalRecord)
    return found


def _remember(terminal: Terminal, newest: JournalRecord | None) -> None:
    if newest and terminal.head_path:
        terminal.head_trouble = append_head(terminal.head_path, Head(newest.ep, newest.seq, newest.hash))


def _read_head() -> JournalRecord | None:
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_WRITER})
    row = connection.execute(_NEWEST).first()
    return JournalRecord(**row._mapping) if row else None


_NEWEST = select(*(column for column in _TABLE.c if column.name != "record")).order_by(_TABLE.c.seq.desc()).limit(1)


def _settle(newest: JournalRecord | None) -> None:
    if newest is None:
        _begin_journal()
        return
    current_work().notes[_HEAD] = newest
    turned = _turned_clock(newest)
    if newest.sig is None and _signing_key()[1]:
        newest = _append(newest, Kind.OUTAGE, {"first": _first_unsigned(newest.seq), "last": newest.seq})
    if turned:
        _append(newest, Kind.CLOCK_ADJ, turned)


def _begin_journal() -> None:
    terminal = current_terminal()
    key = terminal.find_key()
    if key is None:
        raise KeyUnreadable(f"A journal begins with its terminal's key, and there is none: {terminal.trouble}")
    terminal.known = (FIRST_KID, key.public)
    _append(None, Kind.GENESIS, {"pub": key.public})


def _turned_clock(newest: JournalRecord) -> dict[str, Any] | None:
    """What a CLOCK_ADJ says when the wall clock is not where the last record lets expect it, else None.

    Within one run of the machine its own count of milliseconds tells how much time passed. Over a restart
    nothing does, so only a clock that stands before the last record is noticed.
    """
    now, expected = clock.now(), newest.ts
    same_run = newest.boot == clock.boot_id()
    if same_run:
        expected += timedelta(milliseconds=clock.monotonic_ms() - newest.mono)
    if expected - now <= CLOCK_TOLERANCE and (not same_run or now - expected <= CLOCK_TOLERANCE):
        return None
    by = (now - expected) // timedelta(milliseconds=1)
    return {"expected": iso_instant(expected), "found": iso_instant(now), "ms": by, "restarted": not same_run}


def _first_unsigned(last: int) -> int:
    signed = select(_TABLE.c.seq).where(_TABLE.c.sig.is_not(None), _TABLE.c.seq < last)
    before = db.session.connection().execute(signed.order_by(_TABLE.c.seq.desc()).limit(1)).scalar()
    return 0 if before is None else int(before) + 1


def _signing_key() -> tuple[str, SigningKey | None]:
    """The name of the journal's key, and the key when the terminal has it and it is the right one."""
    terminal = current_terminal()
    key = terminal.find_key()
    if terminal.known is None:
        terminal.known = _known_key()
    kid, public = terminal.known
    if key and key.public != public:
        terminal.trouble = "The key file holds another key than the one this journal was begun with"
        return kid, None
    return kid, key


def _known_key() -> tuple[str, str]:
    last = select(_TABLE.c.record).where(_TABLE.c.typ.in_([Kind.GENESIS, Kind.KEY_ROTATE]))
    record = parse(db.session.connection().execute(last.order_by(_TABLE.c.seq.desc()).limit(1)).scalar_one())
    body = record["body"]
    return body.get("kid", record["kid"]), body["pub"]


def _append(
    before: JournalRecord | None, kind: Kind, body: dict[str, Any], *, usr: str | None = None, shift: int | None = None
) -> JournalRecord:
    terminal, now = current_terminal(), clock.now()
    kid, key = _signing_key()
    totals = _Totals(before.gross, before.refunded, before.sales) if before else _Totals()
    totals = totals.after(kind, body)
    boot, mono, cat = clock.boot_id(), clock.monotonic_ms(), _catalogue_before(before)
    seq, ep = (before.seq + 1, before.ep) if before else (0, 0)
    data = canonical(
        {
            "v": SCHEMA,
            "tid": terminal.tid,
            "ep": ep,
            "seq": seq,
            "id": uuid7(),
            "typ": kind.value,
            "ts": iso_instant(now),
            "boot": boot,
            "mono": mono,
            "prev": before.hash if before else first_prev(terminal.tid),
            "tot": totals.as_plain(),
            "usr": usr,
            "shift": shift,
            "cat": cat,
            "hub": None,
            "body": body,
            "kid": kid,
        }
    )
    written = {
        "seq": seq,
        "ep": ep,
        "typ": kind,
        "ts": now,
        "boot": boot,
        "mono": mono,
        "gross": totals.gross,
        "refunded": totals.refunded,
        "sales": totals.sales,
        "cat": cat,
        "hash": digest(data),
        "sig": key.sign(data) if key else None,
        "record": data.decode(),
    }
    db.session.connection().execute(insert(_TABLE), written)
    record = JournalRecord(**written)
    make_transient_to_detached(record)  # read-only for whoever gets it, and never added a second time
    current_work().notes[_HEAD] = record
    return record


def _catalogue_before(before: JournalRecord | None) -> str | None:
    """The hash of the newest catalogue record before this one."""
    if before is None:
        return None
    return before.hash if before.typ in CATALOGUE_KINDS else before.cat
