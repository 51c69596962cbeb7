"""The fingerprint of a slip (dấu vân tay): sixteen digits by which two papers are compared, by eye or by scan.

Fifteen digits come from the SHA-256 of the journal record, which nobody can choose; the last is a check digit, so that
a digit typed wrongly is told from a paper that does not belong to any record of this shop.
"""

import re
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import JournalRecord
from inventory.receiving.goods_return_table import GoodsReturn
from inventory.receiving.receipt_table import GoodsReceipt

Document = TypeVar("Document", GoodsReceipt, GoodsReturn)
_DIGITS = 15
_GROUP = 4
_TYPED = re.compile(r"[0-9]{16}")
_BETWEEN = re.compile(r"[\s.\-]+")


class NotAFingerprint(RuleBroken):
    """Digits that no slip can carry."""

    message = N_("“%(text)s” is not the fingerprint of a slip. Type its sixteen digits, or scan the square on it.")


class FingerprintUnknown(RuleBroken):
    """Digits that a slip could carry, but no slip of this shop does."""

    message = N_("No slip of this shop has the fingerprint %(text)s. The paper was not made here, or it was changed.")


@dataclass(frozen=True, slots=True)
class Slip:
    """A document that carries a fingerprint: a goods receipt, or a goods return."""

    document: GoodsReceipt | GoodsReturn
    fingerprint: str


def fingerprint_of(record_seq: int) -> str:
    """The fingerprint of what a record tells, in four groups of four digits."""
    found = db.session.scalar(select(JournalRecord.hash).where(JournalRecord.seq == record_seq))
    assert found is not None, f"there is no record {record_seq}"
    return fingerprint_from(found)


def fingerprint_from(record_hash: str) -> str:
    """The sixteen digits that stand for the hash of a record.

    >>> fingerprint_from("00" * 32)
    '0000 0000 0000 0000'
    """
    digits = f"{int(record_hash, 16) % 10**_DIGITS:0{_DIGITS}d}"
    whole = digits + check_digit(digits)
    return " ".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def check_digit(digits: str) -> str:
    """The digit after Luhn, which sees each single wrong digit and most pairs that changed places.

    >>> check_digit("7992739871")
    '3'
    """
    doubled = [int(digit) * (2 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits))]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def slip_of_fingerprint(text: str) -> Slip:
    """The document whose papers carry these digits; NotAFingerprint or FingerprintUnknown else."""
    typed = _BETWEEN.sub("", text)
    if not _TYPED.fullmatch(typed) or check_digit(typed[:-1]) != typed[-1]:
        raise NotAFingerprint(text=text.strip()[:40])
    wanted = " ".join(typed[at : at + _GROUP] for at in range(0, len(typed), _GROUP))
    document = bearing(GoodsReceipt, wanted) or bearing(GoodsReturn, wanted)
    if document is None:
        raise FingerprintUnknown(text=wanted)
    return Slip(document, wanted)


def bearing(table: type[Document], fingerprint: str) -> Document | None:
    """The document of a kind whose record has this fingerprint, or None."""
    rows = select(table.number, JournalRecord.hash).join(JournalRecord, JournalRecord.seq == table.record_seq)
    for number, record_hash in db.session.execute(rows.order_by(table.number.desc())):
        if fingerprint_from(record_hash) == fingerprint:
            return db.session.get_one(table, number)
    return None
