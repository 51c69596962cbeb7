"""Devices: the browsers that the shop knows. A stranger's phone on the shop's network sees nothing, not even a name.

A manager makes a code of eight digits on a page; typed on the new device within ten minutes, it is exchanged for a
token that only this device holds. The machine itself needs no enrolment: whoever sits at it is in the shop.
"""

import hashlib
import hmac
import os
import secrets
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff
from core.text import clean

THE_MACHINE = "00"
"""The code of the machine itself, which is always enrolled and has no row."""
CODE_DIGITS = 8  # 26 bits, for ten minutes and five tries
CODE_LASTS_MS = 10 * 60 * 1000
CODE_TRIES = 5


class DeviceNameMissing(RuleBroken):
    """A list of telephones without names helps nobody who has lost one."""

    message = N_("Say what the device is called, such as “Phone of the stockroom”.")


class NoSuchCode(RuleBroken):
    """Wrong, used, too old, or tried too often: a stranger is not told which."""

    message = N_("This code does not open the shop. Ask the manager to make a new one and type its eight digits.")


class DeviceRevoked(RuleBroken):
    """A device is shut out once."""

    message = N_("Device %(code)s has been shut out already. Enrol it again with a new code if it comes back.")


class Device(Base):
    """A browser that a manager let in. Only its token's hash is kept. The journal knows code and register, no name."""

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    register: Mapped[str | None]
    token_hash: Mapped[str] = mapped_column(unique=True)
    enrolled_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    enrolled_at: Mapped[datetime]
    seen_on: Mapped[date]
    revoked_at: Mapped[datetime | None]
    record_seq: Mapped[int]

    enrolled_by: Mapped[Staff] = relationship(viewonly=True)

    @property
    def is_known(self) -> bool:
        """Whether the shop still answers this device."""
        return self.revoked_at is None


class EnrolmentCode(Base):
    """The one code that is open: a new one ends the one before. Its time runs by the machine's own count."""

    __tablename__ = "enrolment_codes"
    __table_args__ = (CheckConstraint("tries_left >= 0", "tries_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    salt: Mapped[str]
    code_hash: Mapped[str]
    name: Mapped[str]
    register: Mapped[str | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_boot: Mapped[str]
    made_ms: Mapped[int]
    tries_left: Mapped[int]

    made_by: Mapped[Staff] = relationship(viewonly=True)

    @property
    def is_open(self) -> bool:
        """Whether it can still be typed; turning the clock changes nothing, a restart of the machine ends it."""
        age_ms = clock.monotonic_ms() - self.made_ms
        return self.tries_left > 0 and self.made_boot == clock.boot_id() and age_ms < CODE_LASTS_MS


def make_enrolment_code(*, name: str, register: str | None, by: Staff) -> str:
    """Make the code that one new device may type once; the one before ends."""
    name = clean(name, limit=60)
    if not name:
        raise DeviceNameMissing()
    end_enrolment_code()
    code, salt = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}", os.urandom(16).hex()
    db.session.add(
        EnrolmentCode(
            salt=salt,
            code_hash=_code_hash(salt, code),
            name=name,
            register=register,
            made_by_id=by.id,
            made_boot=clock.boot_id(),
            made_ms=clock.monotonic_ms(),
            tries_left=CODE_TRIES,
        )
    )
    db.session.flush()
    return code


def end_enrolment_code() -> None:
    """Nobody is let in by a code any more."""
    for code in db.session.scalars(select(EnrolmentCode)):
        db.session.delete(code)
    db.session.flush()


def enrol(typed: str) -> tuple[Device, str] | None:
    """Let in the device on which the open code was typed, and give it its token; None for a wrong code.

    Each wrong code costs the open one a try, so this is called in a transaction that is kept either way.
    """
    code = db.session.scalars(select(EnrolmentCode)).first()
    if code is None or not code.is_open:
        return None
    if not hmac.compare_digest(code.code_hash, _code_hash(code.salt, typed)):
        code.tries_left -= 1
        return None
    token = secrets.token_urlsafe(32)
    device = Device(
        code=_next_code(),
        name=code.name,
        register=code.register,
        token_hash=token_hash(token),
        enrolled_by_id=code.made_by_id,
        enrolled_at=clock.now(),
        seen_on=clock.today(),
        revoked_at=None,
    )
    _write(device, "enrolled", by=code.made_by)
    db.session.add(device)
    db.session.delete(code)
    db.session.flush()
    return device, token


def revoke(device: Device, *, by: Staff) -> None:
    """Shut a device out for good: lost, sold, or it was never ours."""
    if not device.is_known:
        raise DeviceRevoked(code=device.code)
    device.revoked_at = clock.now()
    _write(device, "revoked", by=by)
    db.session.flush()


def device_of(token: str | None) -> Device | None:
    """The device that holds a token, or None for a stranger's and for one that was shut out."""
    if not token:
        return None
    return db.session.scalar(_OF_TOKEN, {"token": token_hash(token)})


def device_by_code(code: str) -> Device | None:
    """The device of this code, or None."""
    return db.session.scalar(select(Device).where(Device.code == code))


def all_devices() -> list[Device]:
    """Every device there was, newest first."""
    return list(db.session.scalars(select(Device).order_by(Device.id.desc())))


def token_hash(token: str) -> str:
    """What is kept of a token: who reads the table cannot pass for the device."""
    return hashlib.sha256(token.encode()).hexdigest()


_OF_TOKEN = select(Device).where(Device.token_hash == bindparam("token"), Device.revoked_at.is_(None))


def _next_code() -> str:
    number = (db.session.scalar(select(func.count()).select_from(Device)) or 0) + 1
    return f"{number:02d}"


def _code_hash(salt: str, code: str) -> str:
    return hashlib.sha256(f"{salt}{code}".encode()).hexdigest()


def _write(device: Device, act: str, *, by: Staff) -> None:
    body = {"act": act, "code": device.code, "reg": device.register, "revoked": not device.is_known}
    device.record_seq = write_record(Kind.DEVICE, body, by=by).seq
