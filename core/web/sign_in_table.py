"""Who is signed in where: one row from signing in to signing out, so that a copied cookie ends with it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.database import Base, db
from core.staff import Staff


class SignIn(Base):
    """One person at one browser. Only the token's hash is kept: who reads the table cannot sit down at the till."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


def begin_sign_in(staff: Staff) -> str:
    """Sign a person in; the token goes into the cookie and nowhere else."""
    token = secrets.token_urlsafe(24)
    db.session.add(SignIn(token_hash=_hash(token), staff_id=staff.id, began_at=clock.now()))
    return token


def end_sign_in(token: str | None) -> None:
    """End a sign-in; one that is not there has ended already."""
    if not token:
        return
    row = db.session.scalar(select(SignIn).where(SignIn.token_hash == _hash(token)))
    if row is not None and row.ended_at is None:
        row.ended_at = clock.now()


def signed_in_staff_id(token: str | None) -> int | None:
    """Whose token this is, while the sign-in lasts."""
    if not token:
        return None
    return db.session.scalar(_WHO, {"token": _hash(token)})


# Made once: every request asks.
_WHO = select(SignIn.staff_id).where(SignIn.token_hash == bindparam("token"), SignIn.ended_at.is_(None))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
