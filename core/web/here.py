"""Where a request comes from: the machine itself, an enrolled device, or a stranger.

The machine itself is known by the address alone, never by a cookie: clearing cookies there gives nobody fresh tries.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from flask import after_this_request, g, request
from werkzeug.wrappers import Response

from core.devices import THE_MACHINE, Device, device_of, token_hash
from core.web.safety import cookie_name

_COOKIE = "device"
_TEN_YEARS_SECONDS = 10 * 365 * 24 * 3600


@dataclass(frozen=True)
class Place:
    """A device that the shop knows; the machine itself has a code and no row."""

    code: str
    device: Device | None

    @property
    def register(self) -> str | None:
        """The code of the register that it stands at, if it stands at one."""
        return self.device.register if self.device is not None else None


def is_the_machine() -> bool:
    """Whether whoever asks sits at the machine itself."""
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def place_here() -> Place | None:
    """The device that asks; None for a stranger."""
    if "place" not in g:
        g.place = _find_place()
    return g.place


def _find_place() -> Place | None:
    if is_the_machine():
        return Place(THE_MACHINE, None)
    device = device_of(request.cookies.get(cookie_name(_COOKIE)))
    return Place(device.code, device) if device is not None else None


def belongs_here(device_token_hash: str | None) -> bool:
    """Whether what was begun on a device comes from it now; None stands for the machine itself."""
    if device_token_hash is None or is_the_machine():
        return device_token_hash is None and is_the_machine()
    token = request.cookies.get(cookie_name(_COOKIE))
    return token is not None and token_hash(token) == device_token_hash


def remember_device(token: str) -> None:
    """Give this browser the token that it is known by from now on."""

    @after_this_request
    def _remember(answer: Response) -> Response:
        answer.set_cookie(
            cookie_name(_COOKIE),
            token,
            max_age=_TEN_YEARS_SECONDS,
            httponly=True,
            samesite="Strict",
            secure=request.is_secure,
        )
        return answer
