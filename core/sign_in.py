"""Who is signed in where: one row from signing in to signing out, so that a copied cookie ends with it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, ForeignKey, bindparam, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import clock
from core.database import Base, db
from core.devices import Device
from core.staff import Staff

LONGEST = timedelta(days=1)


class SignIn(Base):
    """One person at one browser. Only the token's hash is kept: who reads the table cannot sit down at the till.

    Without a device it is the machine itself.
    """

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    staff: Mapped[Staff] = relationship(viewonly=True)
    device: Mapped[Device | None] = relationship(viewonly=True)


class SignedIn(NamedTuple):
    """Whose token it is, since when, and the token of the device that it belongs to."""

    staff: Staff
    began_at: datetime
    device_token_hash: str | None


def begin_sign_in(staff: Staff, device: Device | None = None) -> str:
    """Sign a person in; the token goes into the cookie and nowhere else."""
    token = secrets.token_urlsafe(24)
    row = SignIn(token_hash=hash_of(token), staff_id=staff.id, device_id=device.id if device else None)
    row.began_at = clock.now()
    db.session.add(row)
    return token


def end_sign_in(token: str | None) -> None:
    """End a sign-in; one that is not there has ended already."""
    if token:
        _end(SignIn.token_hash == hash_of(token))


def end_sign_in_number(number: int) -> None:
    """End a sign-in by its number in the list."""
    _end(SignIn.id == number)


def end_sign_ins_of(staff: Staff, *, but: str | None = None) -> None:
    """End all sign-ins of a person, but the one that holds this token."""
    _end(SignIn.staff_id == staff.id, SignIn.token_hash != (hash_of(but) if but else ""))


def end_sign_ins_at(device: Device) -> None:
    """End all sign-ins of a device, at once: its next request finds nobody."""
    _end(SignIn.device_id == device.id)


def end_old_sign_ins() -> None:
    """End those that began over a day ago: browsers are closed without signing out, and their rows would stay open."""
    _end(SignIn.began_at < clock.now() - LONGEST)


def open_sign_ins() -> list[SignIn]:
    """Who is signed in now, the newest first."""
    return list(db.session.scalars(select(SignIn).where(SignIn.ended_at.is_(None)).order_by(SignIn.id.desc())))


def signed_in(token: str | None) -> SignedIn | None:
    """Whose token this is, while the sign-in lasts; one question, for every request asks it."""
    if not token:
        return None
    row = db.session.execute(_WHO, {"token": hash_of(token)}).first()
    return SignedIn(*row) if row is not None else None


# Made once: every request asks.
_WHO = (
    select(Staff, SignIn.began_at, Device.token_hash)
    .join(SignIn, SignIn.staff_id == Staff.id)
    .outerjoin(Device, Device.id == SignIn.device_id)
    .where(SignIn.token_hash == bindparam("token"), SignIn.ended_at.is_(None))
)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _end(*which: ColumnElement[bool]) -> None:
    rows = update(SignIn).where(SignIn.ended_at.is_(None), *which)
    db.session.execute(rows.values(ended_at=clock.now()))
