"""Registers: a drawer with a screen. Several may share the shop's one server."""

from datetime import datetime

from sqlalchemy import CheckConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff
from core.text import clean


class RegisterCodeTaken(RuleBroken):
    """Two registers cannot share a code: it stands on every receipt."""

    message = N_("Register %(code)s exists already. Choose another number.")


class Register(Base):
    """A drawer with a screen; its code stands on every receipt that leaves it."""

    __tablename__ = "registers"
    __table_args__ = (CheckConstraint("code <> ''", "has_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    printer: Mapped[str | None]
    retired_at: Mapped[datetime | None]
    record_seq: Mapped[int]


def add_register(*, code: str, name: str, by: Staff) -> Register:
    """Put a register into service under a code of its own."""
    code, name = clean(code, limit=8), clean(name, limit=60)
    if register_by_code(code) is not None:
        raise RegisterCodeTaken(code=code)
    record = write_record(Kind.REGISTER, {"code": code, "name": name}, by=by)
    register = Register(code=code, name=name, record_seq=record.seq)
    db.session.add(register)
    db.session.flush()
    return register


def register_by_code(code: str) -> Register | None:
    """The register of this code, or None."""
    return db.session.scalar(_OF_CODE, {"wanted": code})


def all_registers() -> list[Register]:
    """Every register, in the order of the codes."""
    return list(db.session.scalars(_ALL))


# Made once: building a statement takes longer than running it, and the till asks at each redraw.
_OF_CODE = select(Register).where(Register.code == bindparam("wanted"))
_ALL = select(Register).order_by(Register.code)
