"""Other points of sale (điểm khác): whose files are believed once a manager has compared the key's fingerprint."""

import base64
import hashlib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from core.current_settings import current_settings
from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.seal import KeyUnreadable, VerifyKey, current_terminal
from core.staff import Staff
from core.text import clean
from inventory.moving.signed_file import FileUnreadable, SignedFile, check_signature, read_signed_file, sign_file

CARD = "point"


class OurOwnCard(RuleBroken):
    message = N_("This is the card of this very point. Take the card that the other point gave you.")


class SameTerminalName(RuleBroken):
    message = N_("Both points call their terminal %(tid)s, and files could not be told apart. Ask whoever set up the "
                 "other point for a terminal name of its own.")  # fmt: skip


class PointUnknown(RuleBroken):
    message = N_("Point %(tid)s is not known here. Enter its card first, and compare the fingerprint by telephone.")


class FingerprintDiffers(RuleBroken):
    message = N_("The last group of the fingerprint is another one. Read it to each other again; if it stays so, "
                 "the card is not from that point.")  # fmt: skip


class OtherPoint(AppendOnly, Base):
    """A point is trusted with this key, or no more; the newest row of a point counts."""

    __tablename__ = "other_points"

    record_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tid: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    public: Mapped[str]
    trusted: Mapped[bool]

    @property
    def fingerprint(self) -> str:
        """Of its key, in groups that two people read to each other."""
        return fingerprint_of(self.public)


def fingerprint_of(public: str) -> str:
    """SHA-256 of a public key in 16 groups of four."""
    found = hashlib.sha256(base64.b64decode(public)).hexdigest().upper()
    return " ".join(found[at : at + 4] for at in range(0, 64, 4))


def own_fingerprint() -> str:
    """Of this point's key; empty while the key cannot be read."""
    key = current_terminal().find_key()
    return fingerprint_of(key.public) if key is not None else ""


def own_card() -> SignedFile:
    """What this point hands to others, so that they know its key."""
    terminal, shop = current_terminal(), current_settings().shop
    key = terminal.find_key()
    says = {"kind": CARD, "tid": terminal.tid, "name": clean(shop.name, limit=200), "pub": key.public if key else ""}
    return sign_file(says)


def read_card(data: bytes | str) -> SignedFile:
    """A card from another point, signed by the very key that it names; whose key that is a person must compare."""
    card = read_signed_file(data, CARD)
    says = card.says
    if not all(isinstance(says.get(name), str) and says[name] for name in ("tid", "name", "pub")):
        raise FileUnreadable()
    try:
        VerifyKey(says["pub"])
    except KeyUnreadable as trouble:
        raise FileUnreadable() from trouble
    check_signature(card, says["pub"], says["tid"][:40])
    if fingerprint_of(says["pub"]) == own_fingerprint():
        raise OurOwnCard()
    if says["tid"] == current_terminal().tid:
        raise SameTerminalName(tid=says["tid"][:40])
    return card


def trust_point(card: SignedFile, *, last_group: str, by: Staff) -> OtherPoint:
    """Believe a point's files from now on; whoever compared the fingerprint types its last group."""
    says: dict[str, Any] = card.says
    if clean(last_group).upper() != fingerprint_of(says["pub"]).split(" ")[-1]:
        raise FingerprintDiffers()
    return _write("trusted", clean(says["tid"], limit=60), clean(says["name"], limit=200), says["pub"], by)


def end_trust(point: OtherPoint, *, by: Staff) -> OtherPoint:
    """Believe nothing of a point any more."""
    return _write("ended", point.tid, point.name, point.public, by)


def _write(act: str, tid: str, name: str, public: str, by: Staff) -> OtherPoint:
    record = write_record(Kind.POINT, {"act": act, "tid": tid, "name": name, "pub": public}, by=by)
    row = OtherPoint(record_seq=record.seq, tid=tid, name=name, public=public, trusted=act == "trusted")
    db.session.add(row)
    db.session.flush()
    return row


def trusted_points() -> list[OtherPoint]:
    """The points whose files are believed now."""
    newest: dict[str, OtherPoint] = {}
    for row in db.session.scalars(select(OtherPoint).order_by(OtherPoint.record_seq)):
        newest[row.tid] = row
    return sorted((row for row in newest.values() if row.trusted), key=lambda row: row.name)


def point_name(tid: str) -> str:
    """What a point is called, believed or no more; its terminal's name when no card of it was ever entered."""
    named = select(OtherPoint.name).where(OtherPoint.tid == tid).order_by(OtherPoint.record_seq.desc()).limit(1)
    return db.session.scalar(named) or tid


def point_of(tid: str) -> OtherPoint:
    """A trusted point; PointUnknown for any other."""
    for point in trusted_points():
        if point.tid == tid:
            return point
    raise PointUnknown(tid=tid[:40])
