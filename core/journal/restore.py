"""A shop that goes on from a backup says so: RESTORE, and GAP_DECLARED for what it knows to have lost.

After a RESTORE the journal is in a new epoch. Nothing that was lost is ever filled in or denied: it stands declared.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.columns import iso_instant
from core.journal.chain import JournalRecord, begin_epoch, head, known_key, write_record
from core.journal.head import Head
from core.journal.record import Kind
from core.journal.seal import SigningKey, current_terminal

if TYPE_CHECKING:
    from core.staff import Staff


@dataclass(frozen=True)
class Loss:
    """What is known of records that the backup does not hold: numbers up to `last`, or none that anybody knows.

    `proof` says where the last number stands: `head_file`, `backups` (a newer one that is damaged), `database` (the
    damaged one), `paper` (a receipt that somebody typed in), or `none`. `is_all`: there were no later ones.
    """

    last: int | None
    proof: str
    is_all: bool

    def count(self, newest: int) -> int | None:
        """How many records are known to be lost when the backup ends with record `newest`; None: nobody knows."""
        return None if self.last is None else max(0, self.last - newest)


def declare_restore(
    *, made_at: datetime, fingerprint: str, old: Head | None, reason: str, by: "Staff", new_key: SigningKey | None
) -> JournalRecord:
    """Begin a new epoch on the record that the backup ends with, inside a transaction and before anything else in it.

    `old` is the newest head that was known of the branch left behind; the new epoch is higher than its. `new_key`
    where the old key is gone: the record brings it along and is sealed by it, and every verifier says from then on
    that nobody vouched for it but `by`.
    """
    newest = head()
    assert newest is not None, "a backup holds a journal"
    body: dict[str, Any] = {
        "at": {"ep": newest.ep, "seq": newest.seq, "hash": newest.hash},
        "old": {"ep": old.ep, "seq": old.seq, "hash": old.hash} if old else None,
        "made": iso_instant(made_at),
        "backup": fingerprint,
        "reason": reason,
    }
    if new_key is not None:
        terminal, (kid, _) = current_terminal(), known_key()
        terminal.key, terminal.known = new_key, (next_name(kid), new_key.public)
        body |= {"kid": terminal.known[0], "pub": new_key.public}
    return begin_epoch(max(newest.ep, old.ep if old else 0) + 1, body, by=by)


def next_name(kid: str) -> str:
    """The name of the key after this one: k2 follows k1."""
    return f"k{int(kid.removeprefix('k')) + 1}"


def declare_gap(
    restore: JournalRecord, loss: Loss, *, epoch_left: int, skipped: dict[str, int], reason: str, by: "Staff"
) -> JournalRecord:
    """Declare for ever what is lost, and up to which number each series of numbers stays unused."""
    nothing = loss.is_all and loss.count(restore.seq - 1) == 0
    body = {
        "ep": epoch_left,
        "first": None if nothing else restore.seq,
        "last": None if nothing else loss.last,
        "all": loss.is_all,
        "proof": loss.proof,
        "skipped": skipped,
        "reason": reason,
    }
    return write_record(Kind.GAP_DECLARED, body, by=by)


def key_brought_along(record: dict[str, Any]) -> tuple[Any, Any] | None:
    """Name and public part of the key that a RESTORE puts in force, where the old one was gone."""
    body = record["body"]
    return (body.get("kid"), body.get("pub")) if record["typ"] == Kind.RESTORE and "pub" in body else None


def what_is_wrong(record: dict[str, Any], *, epoch: int, newest_hash: str) -> str | None:
    """Why a RESTORE or GAP_DECLARED cannot stand where it stands, or None."""
    body, seq = record["body"], record["seq"]
    if record["typ"] == Kind.RESTORE and not _is_higher(record["ep"], body.get("old")):
        return "its epoch is not higher than the one it leaves"
    if record["typ"] == Kind.RESTORE and body.get("at") != {"ep": epoch, "seq": seq - 1, "hash": newest_hash}:
        return "it says that it goes on from another record than the one before it"
    if record["typ"] == Kind.GAP_DECLARED:
        first, last = body.get("first"), body.get("last")
        if type(body.get("ep")) is not int or body["ep"] >= record["ep"]:
            return "it declares a loss in an epoch that has not ended"
        if last is not None and (type(first) is not int or type(last) is not int or first > last):
            return "it declares a stretch that is none"
    return None


def _is_higher(epoch: int, old: Any) -> bool:
    return old is None or (type(old) is dict and type(old.get("ep")) is int and epoch > old["ep"])
