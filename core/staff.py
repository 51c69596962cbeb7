"""People: who works in the shop, what they may do, and the PIN that proves who stands at the till."""

import os
import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import CheckConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import clock
from core.columns import iso_instant
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal import slips
from core.journal.chain import write_record
from core.journal.record import Kind
from core.journal.replay import Difference, Mirror, Replayed, Told, merge
from core.journal.seal import digest
from core.text import clean

# About 50 ms on the machine of a shop; the library's own 64 MiB would take five times as long at each sign-in.
_HASHER = PasswordHasher(time_cost=3, memory_cost=24 * 1024, parallelism=1)
_PIN = re.compile(r"[0-9]{6}")


class Role(StrEnum):
    """What a person may do; the screen asks for the roles it is for."""

    CLERK = "clerk"
    MANAGER = "manager"
    AUDITOR = "auditor"
    OWNER = "owner"


class PinNotSixDigits(RuleBroken):
    """A PIN is typed on a number pad, without looking."""

    message = N_("A PIN has exactly six digits. Type six digits.")


class NameMissing(RuleBroken):
    """Receipts and reports show who stood at the till."""

    message = N_("The name is missing. Type the name as colleagues know it.")


class AlreadyRetired(RuleBroken):
    """Someone who left has neither PIN nor shift."""

    message = N_("%(name)s does not work here any more. Hire the person anew.")


class Staff(Base):
    """A person of the shop. The journal knows the code and a salted hash of the name, nothing more."""

    __tablename__ = "staff"
    __table_args__ = (CheckConstraint("role IN ('clerk', 'manager', 'auditor', 'owner')", "known_role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_salt: Mapped[str]
    name_hash: Mapped[str]
    role: Mapped[Role]
    pin_hash: Mapped[str]
    retired_at: Mapped[datetime | None]
    record_seq: Mapped[int]

    @property
    def works_here(self) -> bool:
        """Whether the person may sign in."""
        return self.retired_at is None

    def __repr__(self) -> str:
        return f"<Staff {self.code} {self.role.value}>"


def hire(*, name: str, role: Role, pin: str, by: Staff | None) -> Staff:
    """Take someone on; `by` is None only while a shop is set up and nobody is there yet."""
    known = clean(name, limit=80)
    if not known:
        raise NameMissing()
    number = (db.session.scalar(select(func.count()).select_from(Staff)) or 0) + 1
    salt = os.urandom(16).hex()
    staff = Staff(
        code=f"{number:02d}",
        name=known,
        name_salt=salt,
        name_hash=_name_hash(salt, known),
        role=role,
        pin_hash=_hash(pin),
        retired_at=None,
    )
    _write(staff, "hired", by)
    db.session.add(staff)
    db.session.flush()
    return staff


def change_pin(staff: Staff, pin: str, *, by: Staff) -> None:
    """Give someone another PIN; the old one stops working."""
    _refuse_retired(staff)
    staff.pin_hash = _hash(pin)
    _write(staff, "pin", by)


def retire_staff(staff: Staff, *, by: Staff) -> None:
    """Someone has left: no more sign-in; what they did keeps their code."""
    _refuse_retired(staff)
    staff.retired_at = clock.now()
    _write(staff, "retired", by)


def check_pin(staff: Staff | None, pin: str) -> bool:
    """Whether the PIN is that person's; an unknown person takes as long as a known one."""
    works_here = staff is not None and staff.works_here
    expected = staff.pin_hash if staff is not None else _nobodys_hash()
    try:
        _HASHER.verify(expected, pin)
    except (VerificationError, InvalidHashError):
        return False
    return works_here


def _name_hash(salt: str, name: str) -> str:
    return digest(f"{salt}{name}".encode())


def _hash(pin: str) -> str:
    if not _PIN.fullmatch(pin):
        raise PinNotSixDigits()
    return _HASHER.hash(pin)


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(os.urandom(16).hex())


def _refuse_retired(staff: Staff) -> None:
    if not staff.works_here:
        raise AlreadyRetired(name=staff.name)


def _write(staff: Staff, act: str, by: Staff | None) -> None:
    """Neither PIN nor its hash nor the name go into the journal; a name can be erased, a record cannot."""
    body = {
        "act": act,
        "code": staff.code,
        "name": staff.name_hash,
        "role": staff.role.value,
        "retired": iso_instant(staff.retired_at) if staff.retired_at else None,
    }
    staff.record_seq = write_record(Kind.STAFF, body, by=by).seq


# What core itself replays: its tables, and the journal's own records, which make no rows.
REPLAY = merge(slips.REPLAY)
_ROWS = select(
    Staff.code,
    Staff.name_hash.label("name"),
    Staff.role,
    Staff.retired_at.label("retired"),
    Staff.record_seq,
)
REPLAY.mirror(Mirror("staff", _ROWS, key=("code",), appended=False))


@REPLAY.kind(Kind.STAFF)
def _staff(record: Replayed) -> Iterator[Told]:
    yield "staff", {name: record.body[name] for name in ("code", "name", "role", "retired")}


@REPLAY.kind(Kind.GENESIS, Kind.CLOCK_ADJ, Kind.OUTAGE, Kind.KEY_ROTATE, Kind.RESTORE, Kind.GAP_DECLARED)
def _of_the_journal_itself(record: Replayed) -> Iterator[Told]:
    yield from ()


@REPLAY.check
def _names_as_hired(session: Session) -> Iterator[Difference]:
    """A name changed past the verbs no longer fits the hash that its record holds."""
    for staff in session.scalars(select(Staff).order_by(Staff.id)):
        if _name_hash(staff.name_salt, staff.name) != staff.name_hash:
            yield Difference(staff.record_seq, "staff", (staff.code,), "name", "another name", staff.name)
