"""Registers: a drawer with a screen. Several may share the shop's one server."""

import re
from datetime import datetime

from sqlalchemy import CheckConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from core.columns import iso_instant
from core.current_settings import current_settings
from core.database import Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.history import history_of
from core.journal.record import Kind
from core.staff import Staff
from core.text import clean


class RegisterCodeTaken(RuleBroken):
    """Two registers cannot share a code: it stands on every receipt."""

    message = N_("Register %(code)s exists already. Choose another number.")


class WrongRegisterCode(RuleBroken):
    """Receipts and journal name a register by its digits."""

    message = N_("“%(code)s” is not the number of a register. Type 1 to 8 digits.")


class RegisterNameMissing(RuleBroken):
    """The name stands on every receipt."""

    message = N_("The register needs a name; it stands on every receipt. Type one.")


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

    @property
    def is_in_service(self) -> bool:
        """Whether shifts are opened at it."""
        return self.retired_at is None


def add_register(*, code: str, name: str, by: Staff, printer: str | None = None) -> Register:
    """Put a register into service under a code of its own; `printer` is the code of the one that prints its papers."""
    code, name = clean(code, limit=8), _cleaned_name(name)
    if not re.fullmatch(r"[0-9]{1,8}", code):
        raise WrongRegisterCode(code=code)
    if register_by_code(code) is not None:
        raise RegisterCodeTaken(code=code)
    register = Register(code=code, name=name, printer=printer, retired_at=None)
    write_register(register, by=by)
    db.session.add(register)
    db.session.flush()
    return register


def change_register(register: Register, *, name: str, printer: str | None, by: Staff) -> None:
    """Call a register otherwise, or let its papers come out elsewhere; receipts sold before keep the old name."""
    name = _cleaned_name(name)
    if (name, printer) != (register.name, register.printer):
        register.name, register.printer = name, printer
        write_register(register, by=by)


def write_register(register: Register, *, by: Staff) -> None:
    """Put a register as it stands now into the journal."""
    body = {
        "code": register.code,
        "name": register.name,
        "printer": register.printer,
        "retired": iso_instant(register.retired_at) if register.retired_at else None,
    }
    register.record_seq = write_record(Kind.REGISTER, body, by=by).seq


def register_by_code(code: str) -> Register | None:
    """The register of this code, or None."""
    return db.session.scalar(_OF_CODE, {"wanted": code})


def all_registers() -> list[Register]:
    """Every register there was, in the order of the codes."""
    return list(db.session.scalars(_ALL))


def registers_in_service() -> list[Register]:
    """The registers at which somebody may stand, in the order of the codes."""
    return [register for register in all_registers() if register.is_in_service]


def printer_at(register: Register) -> str | None:
    """The code of the printer that the register's papers go to; None for the first one, also while its own is away."""
    in_use = {printer.code for printer in current_settings().printers}
    return register.printer if register.printer in in_use else None


def name_as_of(register: Register, record_seq: int) -> str:
    """What a register was called when a record was written: copies of old papers say it as they did."""
    known = [change for change in history_of(Kind.REGISTER, code=register.code) if change.seq <= record_seq]
    return str(known[0].body["name"]) if known else register.name


def _cleaned_name(name: str) -> str:
    cleaned = clean(name, limit=60)
    if not cleaned:
        raise RegisterNameMissing()
    return cleaned


# Made once: building a statement takes longer than running it, and the till asks at each redraw.
_OF_CODE = select(Register).where(Register.code == bindparam("wanted"))
_ALL = select(Register).order_by(Register.code)
