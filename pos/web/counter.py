"""Which register this browser stands at, and who stands there."""

from flask import session

from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Staff
from core.web.access import current_staff
from pos.register import Register, all_registers, register_by_code


class NoRegister(RuleBroken):
    """A shop without a register sells nothing."""

    message = N_("This shop has no register yet. Ask the manager to add one.")


def register_here() -> Register:
    """The register chosen at this browser; the first one where nobody has chosen."""
    chosen = register_by_code(session["register"]) if "register" in session else None
    register = chosen or next(iter(all_registers()), None)
    if register is None:
        raise NoRegister()
    return register


def clerk_here() -> Staff:
    """The person at the screen; pages for roles are never reached without one."""
    staff = current_staff()
    assert staff is not None, "the access rule lets nobody in unsigned"
    return staff
