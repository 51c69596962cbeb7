"""Which addresses a printer may have: the shop's own network and the machine's own printer sockets, nothing else.

Whoever may type an address here makes the till speak to it. So a printer stands on a private network at a printer's
port, or at a device file of a printer. What the machine's owner lists in shop.toml comes on top; no page can add to it.
"""

import ipaddress
import re
import socket

from config.settings import PrintingSettings
from core.errors import RuleBroken
from core.i18n import N_

DEFAULT_PORT = 9100
PORTS = range(9100, 9110)
PRIVATE = tuple(map(ipaddress.IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
NOTHING_MORE = PrintingSettings(also_allowed=())

_FORMS = {
    "network": r"([^:\s]+)(?::([0-9]{1,5}))?",
    "virtual": r"(?:(127\.0\.0\.1):)?([0-9]{1,5})",
    "usb": r"(?:0x)?([0-9a-fA-F]{4}):(?:0x)?([0-9a-fA-F]{4})",
    "serial": r"(/[^@\s]+)(?:@([0-9]{1,7}))?",
    "file": r"(/\S+)()",
    "cups": r"([A-Za-z0-9_][A-Za-z0-9_.-]{0,126})()",  # never taken for an option of lp
}
_DEVICE = re.compile(r"/dev/(?:tty[A-Za-z]+[0-9]+|usb/lp[0-9]+|serial/by-(?:id|path)/[A-Za-z0-9][A-Za-z0-9._:+-]*)")
# A last label of digits (or 0x…) is a number that the system would read as some address.
_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)


class UnreadableAddress(RuleBroken):
    """Nothing that a printer of this kind could be reached by."""

    message = N_(
        "“%(address)s” is no address for a printer of kind “%(kind)s”. Look at its test page and type it anew."
    )


class AddressRefused(RuleBroken):
    """A readable address where no printer of this shop can stand."""

    message = N_(
        "The till does not print to “%(address)s”: a printer stands in the shop's own network (10…, 172.16… to "
        "172.31…, 192.168…) at port 9100 to 9109, or at a printer's device file. Correct the address."
    )


def read_address(kind: str, address: str) -> tuple[str, str]:
    """The two halves of an address: host and port, path and baud, vendor and product; the second may be empty."""
    found = re.fullmatch(_FORMS[kind], address, re.ASCII)
    if found is None:
        raise UnreadableAddress(address=address, kind=kind)
    first, second = found.groups()
    return first or "", second or ""


def check_printer_address(kind: str, address: str, also: PrintingSettings = NOTHING_MORE) -> None:
    """Refuse an address at which no printer of this kind may stand; a name is judged again when it is connected to."""
    first, second = read_address(kind, address)
    if kind == "network":
        _check_host(first, int(second or DEFAULT_PORT), also)
    if kind in ("serial", "file") and not _DEVICE.fullmatch(first) and first not in also.also_allowed:
        raise AddressRefused(address=first)


def _check_host(host: str, port: int, also: PrintingSettings) -> None:
    try:
        permitted = _allowed(ipaddress.IPv4Address(host), port, also)
    except ValueError:
        name = _NAME.fullmatch(host) and host.lower() != "localhost" and not host.lower().endswith(".localhost")
        permitted = bool(name) and port in PORTS
    if not permitted:
        raise AddressRefused(address=f"{host}:{port}")


def find_printer(host: str, port: int, also: PrintingSettings = NOTHING_MORE) -> str:
    """The address behind a name, looked up once and judged: connect to this and to nothing else.

    A name may mean one machine when it is typed and another when it is used (DNS rebinding).
    """
    for *_, found in socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_STREAM):
        if not _allowed(ipaddress.IPv4Address(found[0]), port, also):
            raise AddressRefused(address=f"{host}:{port} ({found[0]})")
        return str(found[0])
    raise AddressRefused(address=f"{host}:{port}")


def _allowed(address: ipaddress.IPv4Address, port: int, also: PrintingSettings) -> bool:
    at_home = any(address in network for network in PRIVATE)
    return (at_home and port in PORTS) or f"{address}:{port}" in also.also_allowed
