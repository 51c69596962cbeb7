"""Walk a journal from its first record and name the first one that is not what it must be.

Nothing is taken from the database but bytes and signatures: everything that can be recomputed is.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.exc import DBAPIError

from core.columns import iso_instant, read_instant
from core.journal.export import Sealed
from core.journal.head import Head
from core.journal.merkle import Tree, leaf_hash
from core.journal.record import CATALOGUE_KINDS, SCHEMA, Kind, NotCanonical, parse
from core.journal.report import Fault, Found, Report
from core.journal.restore import key_brought_along, what_is_wrong
from core.journal.seal import KeyUnreadable, VerifyKey, digest, first_prev
from core.journal.slips import SlipBook, as_told

__all__ = ["Fault", "Found", "Report", "Walker", "read_envelope", "walk"]

_SIGNED_ALWAYS = {Kind.GENESIS, Kind.OUTAGE, Kind.KEY_ROTATE, Kind.RESTORE, Kind.GAP_DECLARED}
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_TYPES: dict[str, tuple[type, ...]] = {
    "v": (int,),
    "tid": (str,),
    "ep": (int,),
    "seq": (int,),
    "id": (str,),
    "typ": (str,),
    "ts": (str,),
    "boot": (str,),
    "mono": (int,),
    "prev": (str,),
    "tot": (dict,),
    "usr": (str, type(None)),
    "shift": (int, type(None)),
    "cat": (str, type(None)),
    "hub": (dict, type(None)),
    "body": (dict,),
    "kid": (str,),
}


def walk(
    records: Iterable[Sealed],
    *,
    public: str | None = None,
    holder: str | None = None,
    tid: str | None = None,
    heads: Iterable[Head] = (),
) -> Report:
    """Check a journal from its first record on; memory does not grow with it.

    `public` is the key that the journal must begin with, `holder` the one that must be in force at its end, `tid` the
    terminal it must be of, `heads` what the head file remembers (`head.valid_heads`). Without them a journal that
    was wholly remade, or whose newest records were cut off, looks whole.
    """
    walker = Walker(public, tid, iter(heads))
    walker.holder = holder
    return walker.walk(records)


class Walker:
    """One walk over a journal; `walk` begins it at the first record, `core.journal.tail` in the middle."""

    def __init__(self, public: str | None, tid: str | None, heads: Iterator[Head]) -> None:
        self.report = Report(tid=tid)
        self.public = public
        self.holder: str | None = None
        self.key_since = 0
        self.heads = heads
        self.head = next(heads, None)
        self.keys: dict[str, VerifyKey] = {}
        self.tree = Tree()
        self.slips: SlipBook | None = None
        self.cat: str | None = None
        self.since: int | None = None  # first record of an open range without signatures

    def walk(self, records: Iterable[Sealed]) -> Report:
        """Check one record after the other, and what only the end shows; stops at the first fault."""
        try:
            for sealed in self._read_through(records):
                self.take(sealed)
            self.end()
        except Found as found:
            self.report.fault = found.fault
        self.report.root = self.tree.root
        return self.report

    def _read_through(self, records: Iterable[Sealed]) -> Iterator[Sealed]:
        """The records as far as the database can give them: a damaged page has no record to be judged."""
        try:
            yield from records
        except (DBAPIError, ValueError, TypeError) as trouble:
            why = trouble.orig if isinstance(trouble, DBAPIError) else trouble
            raise Found("unreadable", self.report.records, str(why)) from None

    def take(self, sealed: Sealed) -> None:
        """Check the next record; each check takes for granted what the ones before it made sure."""
        due = self.report.records
        record = read_envelope(sealed.text, due)
        data = sealed.text.encode()
        hash_ = digest(data)
        if due == 0:
            self._begin(record)
        self.check_seal(record, data, sealed.signature, due)
        self._check_place(record, hash_, due)
        self._check_outage(record, sealed.signature, due)
        self._check_says(record, due)
        self.check_row(record, sealed.row, hash_, due)
        self._check_heads(record["ep"], hash_, due)
        self._accept(record, data, hash_)

    def _begin(self, record: dict[str, Any]) -> None:
        pub = record["body"].get("pub")
        if record["typ"] != Kind.GENESIS:
            what = "the first record is missing" if record["seq"] else "a journal begins with GENESIS and its key"
            raise Found("gap" if record["seq"] else "genesis", 0, what)
        self.learn_key(record["kid"], pub, 0)
        if self.public not in (None, pub):
            raise Found("key", 0, "the journal was begun with another key than this terminal's")

    def learn_key(self, kid: Any, pub: Any, seq: int) -> None:
        """From the next record on this key is in force."""
        if not (isinstance(kid, str) and isinstance(pub, str)) or kid in self.keys:
            raise Found("key", seq, "a new key has a new name and a public part")
        try:
            self.keys[kid] = VerifyKey(pub)
        except KeyUnreadable as trouble:
            raise Found("key", seq, str(trouble)) from None
        self.report.keys[kid] = pub
        self.key_since = seq

    def check_seal(self, record: dict[str, Any], data: bytes, signature: str | None, due: int) -> None:
        """The key in force signed these bytes, or nobody did and it may be so."""
        if brought := key_brought_along(record):
            self.learn_key(*brought, due)
            self.report.unvouched.append((due, brought[0]))
        kid = list(self.keys)[-1]
        if record["kid"] != kid:
            raise Found("key", due, f"the key in force is {kid}, the record names {record['kid']}")
        if signature is None:
            if record["typ"] in _SIGNED_ALWAYS:
                raise Found("signature", due, f"{record['typ']} must be signed")
        elif not self.keys[kid].accepts(data, signature):
            raise Found("signature", due, "the signature does not belong to these bytes")

    def _check_place(self, record: dict[str, Any], hash_: str, due: int) -> None:
        seq = record["seq"]
        if seq > due:
            raise Found("gap", due, f"record {due} is missing, {seq} follows")
        if seq < due:
            forked = seq == due - 1 and hash_ != self.report.newest_hash
            raise Found("fork" if forked else "repeat", seq, f"record {seq} stands here twice")
        if due and record["typ"] == Kind.GENESIS:
            raise Found("genesis", due, "a journal begins only once")
        if self.report.tid not in (None, record["tid"]):
            raise Found("terminal", due, f"this is a record of {record['tid']}")
        if record["prev"] != (self.report.newest_hash or first_prev(record["tid"])):
            raise Found("chain", due, "it does not follow the record before it: one of the two was changed")
        self._check_epoch(record, due)

    def _check_epoch(self, record: dict[str, Any], due: int) -> None:
        epoch = self.report.epoch
        if (record["ep"] > epoch) is not (record["typ"] == Kind.RESTORE) or record["ep"] < epoch:
            raise Found("epoch", due, f"epoch {record['ep']} after epoch {epoch}; only a RESTORE begins another")
        if wrong := what_is_wrong(record, epoch=epoch, newest_hash=self.report.newest_hash):
            raise Found("restore", due, wrong)

    def _check_outage(self, record: dict[str, Any], signature: str | None, due: int) -> None:
        """A range without signatures is closed by a signed OUTAGE that names it, or by a RESTORE that follows it."""
        if signature is None:
            self.since = due if self.since is None else self.since
            return
        if self.since is not None and record["typ"] == Kind.RESTORE:
            self.report.unsigned.append((self.since, due - 1))
            self.since = None
        elif record["typ"] == Kind.OUTAGE:
            if self.since is None or record["body"] != {"first": self.since, "last": due - 1}:
                raise Found("outage", due, "OUTAGE names another range than the one without signatures")
            self.report.unsigned.append((self.since, due - 1))
            self.since = None
        elif self.since is not None:
            raise Found("signature", self.since, "not signed, and no OUTAGE record tells why")

    def _check_says(self, record: dict[str, Any], due: int) -> None:
        body = record["body"]
        try:
            totals = self.report.totals.after(record["typ"], body)
        except (KeyError, TypeError, ValueError):
            raise Found("totals", due, "the body holds no amount") from None
        if record["tot"] != totals.as_plain():
            raise Found("totals", due, f"totals are {totals.as_plain()} by the bodies")
        if record["cat"] != self.cat:
            raise Found("catalogue", due, "it names another catalogue than the newest before it")
        if record["typ"] in (Kind.SALE, Kind.REFUND):
            self._check_slips(record, due)
        self.report.totals = totals

    def _check_slips(self, record: dict[str, Any], due: int) -> None:
        self.slips = self.slips or SlipBook(record["tid"])
        body = record["body"]
        try:
            slips = [as_told(slip) for slip in self.slips.take(body["lines"], due, Kind(record["typ"]))]
        except (KeyError, TypeError, AttributeError, ValueError):
            raise Found("slips", due, "the lines hold no quantity and no amount owed") from None
        if body.get("slips") != slips:
            raise Found("slips", due, "the producers' slips do not follow from the lines")

    def check_row(self, record: dict[str, Any], row: dict[str, Any] | None, hash_: str, due: int) -> None:
        """The columns beside a record repeat it; the next record is written from them."""
        if row is None:
            return
        tot, ts = record["tot"], row["ts"] and iso_instant(row["ts"])
        same = (
            (row["seq"], row["ep"], row["typ"], ts, row["boot"], row["mono"], row["cat"])
            == tuple(record[name] for name in ("seq", "ep", "typ", "ts", "boot", "mono", "cat"))
            and (row["gross"].dong, row["refunded"].dong, row["sales"]) == (tot["gross"], tot["ref"], tot["n"])
            and row["hash"] == hash_
        )
        if not same:
            raise Found("columns", due, "the row's columns do not repeat its record")

    def _check_heads(self, ep: int, hash_: str, due: int) -> None:
        while self.head and self.head.seq <= due:
            if self.head.seq < due or (self.head.ep == ep and self.head.hash != hash_) or self.head.ep > ep:
                raise Found("fork", self.head.seq, "the head file remembers another record with this number")
            self.head = next(self.heads, None)

    def _accept(self, record: dict[str, Any], data: bytes, hash_: str) -> None:
        report = self.report
        if record["typ"] in CATALOGUE_KINDS:
            self.cat = hash_
        if record["typ"] == Kind.KEY_ROTATE:
            self.learn_key(record["body"].get("kid"), record["body"].get("pub"), record["seq"])
        if record["typ"] in (Kind.RESTORE, Kind.GAP_DECLARED):
            report.declared.append(record)
        report.tid, report.epoch, report.newest_hash = record["tid"], record["ep"], hash_
        report.records += 1
        report.kinds[record["typ"]] += 1
        self.tree.add(leaf_hash(data))

    def end(self) -> None:
        """What only the end shows: a tail that the head file still knows, a key that is still away."""
        if self.head:
            raise Found("cut", self.report.records, f"the head file knows record {self.head.seq}")
        if self.holder is not None and self.holder not in list(self.report.keys.values())[-1:]:
            raise Found("key", self.key_since, "the journal is sealed with another key than this terminal's")
        if self.since is not None:
            self.report.unsigned.append((self.since, self.report.records - 1))
            self.report.outage_open = True


def read_envelope(text: str, due: int) -> dict[str, Any]:
    """What a record says, once its bytes and its fields are those of one."""
    try:
        record = parse(text)
    except NotCanonical as trouble:
        raise Found("canonical", due, str(trouble)) from None
    if record.keys() != _TYPES.keys() or any(type(record[name]) not in kinds for name, kinds in _TYPES.items()):
        raise Found("envelope", due, "the fields are not those of a record")
    if record["v"] != SCHEMA or not _UUID7.fullmatch(record["id"]):
        raise Found("envelope", due, "its version or its id is none that we know")
    try:
        read_instant(record["ts"])
    except ValueError as trouble:
        raise Found("envelope", due, str(trouble)) from None
    return record
