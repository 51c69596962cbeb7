"""Which register this browser stands at, and who stands there."""

from collections.abc import Mapping

from flask import after_this_request, request
from werkzeug.wrappers import Response

from core.errors import RuleBroken
from core.i18n import N_
from core.web.here import place_here
from core.web.safety import cookie_name
from pos.register import Register, register_by_code, registers_in_service
from pos.shifts.shift_table import Shift, ShiftIsClosed, need_open_shift


class NoRegister(RuleBroken):
    """A shop without a register sells nothing."""

    message = N_("This shop has no register yet. Ask the manager to add one.")


_COOKIE = "register"
_A_YEAR_SECONDS = 365 * 24 * 3600


def register_here() -> Register:
    """The register that this browser stands at, whoever signs in: chosen here, else its device's, else the first."""
    place = place_here()
    code = request.cookies.get(cookie_name(_COOKIE)) or (place.register if place is not None else None)
    chosen = register_by_code(code) if code else None
    if chosen is not None and not chosen.is_in_service:
        chosen = None
    register = chosen or next(iter(registers_in_service()), None)
    if register is None:
        raise NoRegister()
    return register


def shift_counted_here(form: Mapping[str, str]) -> Shift:
    """The running shift that a count is for; refused when the form was drawn for one that somebody closed meanwhile."""
    shift = need_open_shift(register_here())
    seen = form.get("shift", "")
    if seen and seen != str(shift.number):
        raise ShiftIsClosed(number=seen)
    return shift


def stand_at(register: Register) -> None:
    """Put this browser at a register, until somebody chooses another."""

    @after_this_request
    def _remember(answer: Response) -> Response:
        answer.set_cookie(
            cookie_name(_COOKIE),
            register.code,
            max_age=_A_YEAR_SECONDS,
            httponly=True,
            samesite="Strict",
            secure=request.is_secure,
        )
        return answer
