"""People: who works in the shop, what they may do, and the PIN that proves who stands at the till."""

import os
import re
from datetime import datetime
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import CheckConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.columns import iso_instant
from core.database import Base, db
from core.errors import RuleBroken
from core.good_pin import refuse_easy
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
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

    message = N_("%(name)s does not work here any more. Take the person back first.")


class StillHere(RuleBroken):
    """Only who left can come back."""

    message = N_("%(name)s works here already. Look at the list again.")


class NotYours(RuleBroken):
    """Managers look after clerks; the owner after everybody."""

    message = N_("Only the owner hires or changes a person of this role. Ask the owner.")


class NotYourself(RuleBroken):
    """Nobody raises himself, and nobody shuts himself out by a slip of the finger."""

    message = N_("Nobody changes their own role or retires themselves. Ask another owner.")


class LastOwner(RuleBroken):
    """A shop without an owner could never make one again."""

    message = N_("%(name)s is the last owner of the shop. Make somebody else an owner first.")


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
    def may_approve(self) -> bool:
        """Whether this person's PIN lets a clerk do what is kept for managers."""
        return self.works_here and self.role in (Role.MANAGER, Role.OWNER)

    @property
    def works_here(self) -> bool:
        """Whether the person may sign in."""
        return self.retired_at is None

    def __repr__(self) -> str:
        return f"<Staff {self.code} {self.role.value}>"


def hire(*, name: str, role: Role, pin: str, by: Staff | None) -> Staff:
    """Take someone on; `by` is None only while a shop is set up and nobody is there yet."""
    refuse_beyond(by, role)
    salt = os.urandom(16).hex()
    known = _known_name(name)
    number = (db.session.scalar(select(func.count()).select_from(Staff)) or 0) + 1
    staff = Staff(
        code=f"{number:02d}",
        name=known,
        name_salt=salt,
        name_hash=name_hash(salt, known),
        role=role,
        pin_hash=new_pin_hash(pin),
        retired_at=None,
    )
    _write(staff, "hired", by)
    db.session.add(staff)
    db.session.flush()
    return staff


def correct_name(staff: Staff, name: str, *, by: Staff) -> None:
    """Write a name as it is; the journal sees only that it is another one."""
    refuse_beyond(by, staff.role)
    staff.name, staff.name_salt = _known_name(name), os.urandom(16).hex()
    staff.name_hash = name_hash(staff.name_salt, staff.name)
    _write(staff, "name", by)


def change_role(staff: Staff, role: Role, *, by: Staff) -> None:
    """Let someone do more or less from now on."""
    _refuse_retired(staff)
    _refuse_oneself(staff, by)
    refuse_beyond(by, staff.role)
    refuse_beyond(by, role)
    _refuse_last_owner(staff, then=role)
    staff.role = role
    _write(staff, "role", by)


def change_pin(staff: Staff, pin: str, *, by: Staff | None) -> None:
    """Give someone another PIN; the old one stops working. `by` is None at the machine itself, by command."""
    _refuse_retired(staff)
    if by is not staff:
        refuse_beyond(by, staff.role)
    staff.pin_hash = new_pin_hash(pin)
    _write(staff, "pin", by)


def retire_staff(staff: Staff, *, by: Staff) -> None:
    """Someone has left: no more sign-in; what they did keeps their code."""
    _refuse_retired(staff)
    _refuse_oneself(staff, by)
    refuse_beyond(by, staff.role)
    _refuse_last_owner(staff, then=None)
    staff.retired_at = clock.now()
    _write(staff, "retired", by)


def take_back(staff: Staff, *, pin: str, by: Staff) -> None:
    """Someone works here again, under the code of before and with a new PIN."""
    if staff.works_here:
        raise StillHere(name=staff.name)
    refuse_beyond(by, staff.role)
    staff.retired_at, staff.pin_hash = None, new_pin_hash(pin)
    _write(staff, "back", by)


def refuse_beyond(by: Staff | None, role: Role) -> None:
    """Let owners look after everybody, and managers after clerks."""
    if by is None or by.role is Role.OWNER or (by.role is Role.MANAGER and role is Role.CLERK):
        return
    raise NotYours()


def check_pin(staff: Staff | None, pin: str) -> bool:
    """Whether the PIN is that person's; an unknown person takes as long as a known one."""
    return fits(pin, expected_of(staff))


def expected_of(staff: Staff | None) -> str:
    """What the PIN must fit; for nobody, and for who has left, something that no PIN fits."""
    return staff.pin_hash if staff is not None and staff.works_here else _nobodys_hash()


def fits(pin: str, expected: str) -> bool:
    """Whether a PIN is the one; it costs the same time whichever it is."""
    try:
        return _HASHER.verify(expected, pin)
    except (VerificationError, InvalidHashError):
        return False


def name_hash(salt: str, name: str) -> str:
    """What the journal holds of a name."""
    return digest(f"{salt}{name}".encode())


def new_pin_hash(pin: str) -> str:
    """What is kept of six digits that are not easily guessed."""
    hashed = _hash(pin)
    refuse_easy(pin)
    return hashed


def _hash(pin: str) -> str:
    if not _PIN.fullmatch(pin):
        raise PinNotSixDigits()
    return _HASHER.hash(pin)


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(os.urandom(16).hex())


def _known_name(name: str) -> str:
    known = clean(name, limit=80)
    if not known:
        raise NameMissing()
    return known


def _refuse_oneself(staff: Staff, by: Staff) -> None:
    if by is staff:
        raise NotYourself()


def _refuse_last_owner(staff: Staff, *, then: Role | None) -> None:
    owners = select(func.count()).select_from(Staff).where(Staff.role == Role.OWNER, Staff.retired_at.is_(None))
    if staff.role is Role.OWNER and then is not Role.OWNER and db.session.scalar(owners) == 1:
        raise LastOwner(name=staff.name)


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
