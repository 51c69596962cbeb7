"""The journal: numbered, chained and signed records, each written in the transaction of what it tells."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import CheckConstraint, Index, insert, select, text
from sqlalchemy.orm import Mapped, make_transient_to_detached, mapped_column

from core import clock
from core.columns import iso_instant
from core.database import AppendOnly, Base, WroteOutsideTransaction, after_commit, current_work, db
from core.journal.head import Head, append_head
from core.journal.record import CATALOGUE_KINDS, SCHEMA, WHILE_PRACTISING, Kind, canonical, parse, uuid7
from core.journal.seal import FIRST_KID, KeyUnreadable, SigningKey, Terminal, current_terminal, digest, first_prev
from core.journal.totals import Totals
from core.money import Money
from core.practice import NotWhilePractising, is_practising

if TYPE_CHECKING:
    from core.staff import Staff

CLOCK_TOLERANCE = timedelta(seconds=120)
_NEWEST = "journal_newest"
_FOUND = "journal_found"
_WRITTEN = "journal_written"
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


class _Newest(NamedTuple):
    """What the next record needs to know of the one before it."""

    seq: int
    ep: int
    typ: Kind
    ts: datetime
    boot: str
    mono: int
    gross: Money
    refunded: Money
    sales: int
    cat: str | None
    hash: str
    sig: str | None


def write_record(kind: Kind, body: dict[str, Any], *, by: "Staff | None", shift: int | None = None) -> JournalRecord:
    """Add a record to the journal, inside transaction(); the only writer.

    What has to be said before (the journal's beginning, a turned clock, the end of a time without key) gets
    records of its own first. NotCanonical when the body holds what a record may not hold; NotWhilePractising for
    everything but practice while somebody practises.
    """
    if is_practising() and kind not in WHILE_PRACTISING:
        raise NotWhilePractising()
    return _append(_settled_head(), kind, body, usr=by.code if by else None, shift=shift)


def begin_epoch(ep: int, body: dict[str, Any], *, by: "Staff") -> JournalRecord:
    """Write a RESTORE straight behind the record that a backup ends with (`core.journal.restore`).

    Whatever else there is to say comes after it: a record of the old epoch with a number that was given out before
    would be a fork.
    """
    newest = _read_newest()
    assert newest is not None, "a backup holds a journal"
    record = _append(newest, Kind.RESTORE, body, usr=by.code, ep=ep)
    if turned := _turned_clock(newest):
        _append(current_work().notes[_NEWEST], Kind.CLOCK_ADJ, turned)
    return record


def turned_clock() -> dict[str, Any] | None:
    """What the next record will have to say of the clock first; for whoever only looks."""
    try:
        newest = _newest_in(current_work().notes)
    except WroteOutsideTransaction:
        newest = _read_newest(alone=False)
    return _turned_clock(newest) if newest else None


def next_seq() -> int:
    """The number that the next record of this transaction will have, for rows written before it."""
    return _settled_head().seq + 1


def head() -> JournalRecord | None:
    """The newest record, or None before the journal began."""
    return db.session.scalar(select(JournalRecord).order_by(JournalRecord.seq.desc()).limit(1))


def _settled_head() -> "_Newest":
    """The newest record, after what had to be said before the next was said; once in a transaction."""
    notes = current_work().notes
    if _NEWEST not in notes:
        _settle(_newest_in(notes))
    newest = notes[_NEWEST]
    assert isinstance(newest, _Newest)
    return newest


def _newest_in(notes: dict[str, Any]) -> "_Newest | None":
    """The newest record as this transaction knows it; read once, for nobody else can write meanwhile."""
    if _NEWEST in notes:
        return cast(_Newest, notes[_NEWEST])
    if _FOUND not in notes:
        notes[_FOUND] = _read_newest()
    return cast("_Newest | None", notes[_FOUND])


def _read_newest(*, alone: bool = True) -> "_Newest | None":
    """The newest record there is; `alone` keeps other writers out until the transaction ends."""
    connection = db.session.connection()
    if alone and connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_WRITER})
    row = connection.execute(_READ_NEWEST).first()
    return _Newest(*row) if row else None


# Made once: building a statement takes longer than running it.
_INSERT = insert(_TABLE)
_READ_NEWEST = select(*(_TABLE.c[name] for name in _Newest._fields)).order_by(_TABLE.c.seq.desc()).limit(1)


def _settle(newest: "_Newest | None") -> None:
    if newest is None:
        _begin_journal()
        return
    current_work().notes[_NEWEST] = newest
    turned = _turned_clock(newest)
    if newest.sig is None and _signing_key()[1]:
        _append(newest, Kind.OUTAGE, {"first": _first_unsigned(newest.seq), "last": newest.seq})
    if turned:
        _append(current_work().notes[_NEWEST], Kind.CLOCK_ADJ, turned)


def _begin_journal() -> None:
    terminal = current_terminal()
    key = terminal.find_key()
    if key is None:
        raise KeyUnreadable(f"A journal begins with its terminal's key, and there is none: {terminal.trouble}")
    terminal.known = (FIRST_KID, key.public)
    _append(None, Kind.GENESIS, {"pub": key.public})


def _turned_clock(newest: _Newest) -> dict[str, Any] | None:
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
        terminal.known = known_key()
    kid, public = terminal.known
    if key and key.public != public:
        if following := terminal.take_next_key(public):
            return kid, following
        terminal.trouble = "The key file holds another key than the one this journal was begun with"
        return kid, None
    return kid, key


def known_key() -> tuple[str, str]:
    """Name and public part of the key that is in force at the journal's end."""
    told = select(_TABLE.c.record).where(_TABLE.c.typ.in_([Kind.GENESIS, Kind.KEY_ROTATE, Kind.RESTORE]))
    rows = db.session.connection().execute(told.order_by(_TABLE.c.seq.desc())).scalars()
    record = next(record for record in map(parse, rows) if "pub" in record["body"])
    body = record["body"]
    return body.get("kid", record["kid"]), body["pub"]


def _append(
    before: _Newest | None,
    kind: Kind,
    body: dict[str, Any],
    *,
    usr: str | None = None,
    shift: int | None = None,
    ep: int | None = None,
) -> JournalRecord:
    terminal, now = current_terminal(), clock.now()
    kid, key = _signing_key()
    before_totals = Totals(before.gross, before.refunded, before.sales) if before else Totals()
    totals = before_totals.after(kind, body)
    boot, mono, cat = clock.boot_id(), clock.monotonic_ms(), _catalogue_before(before)
    seq = before.seq + 1 if before else 0
    ep = ep if ep is not None else before.ep if before else 0
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
    newest = _Newest(
        seq, ep, kind, now, boot, mono, *totals, cat=cat, hash=digest(data), sig=key.sign(data) if key else None
    )
    return _keep(terminal, newest, data)


def _keep(terminal: Terminal, newest: _Newest, data: bytes) -> JournalRecord:
    row = {**newest._asdict(), "record": data.decode()}
    db.session.connection().execute(_INSERT, row)
    work = current_work()
    if _WRITTEN not in work.notes:
        after_commit(lambda: _remember(terminal, work.notes.pop(_WRITTEN, None)))
    work.notes[_NEWEST] = work.notes[_WRITTEN] = newest
    record = JournalRecord(**row)
    make_transient_to_detached(record)  # for whoever asked to read, and never added a second time
    return record


def _remember(terminal: Terminal, newest: _Newest | None) -> None:
    if newest and terminal.head_path:
        terminal.head_trouble = append_head(terminal.head_path, Head(newest.ep, newest.seq, newest.hash))


def _catalogue_before(before: _Newest | None) -> str | None:
    """The hash of the newest catalogue record before this one."""
    if before is None:
        return None
    return before.hash if before.typ in CATALOGUE_KINDS else before.cat
