"""A printer of the shop: what it prints, how it is reached, how wide it is."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from config.settings import PrinterSettings
from core.errors import RuleBroken
from core.i18n import N_
from printers import transports
from printers.transports import Connection

DEFAULT_PORT = 9100
DEFAULT_BAUD = 115_200


class UnreadableAddress(RuleBroken):
    message = N_("Printer %(name)s: “%(address)s” is no address for a printer of kind %(kind)s. Correct shop.toml.")


@dataclass(frozen=True, slots=True)
class Device:
    """One printer; `opened()` gives the way to it for one job. `answers` is False where no reply can ever come."""

    name: str
    role: str
    dots: int
    opened: Callable[[], AbstractContextManager[Connection]]
    answers: bool = True
    cut: bool = True
    drawer: bool = True

    @property
    def columns(self) -> int:
        """Columns of normal text on its paper, for layouts."""
        return self.dots // 12


def device_for(settings: PrinterSettings) -> Device:
    """The printer as the settings describe it; UnreadableAddress when its address says nothing to its kind.

    Addresses: `host:port` (network, virtual), `vendor:product` in hex (usb), a path with an optional
    `@baud` (serial), a path (file), a queue (cups).
    """
    return Device(
        name=settings.name,
        role=settings.role,
        dots=settings.dots,
        opened=_way_to(settings),
        answers=settings.kind not in ("file", "cups"),
        cut=settings.cut,
        drawer=settings.drawer,
    )


def _way_to(settings: PrinterSettings) -> Callable[[], AbstractContextManager[Connection]]:
    address = settings.address
    match settings.kind:
        case "network" | "virtual":
            host, port = _parts(settings, r"([^:\s]+)(?::([0-9]{1,5}))?")
            return lambda: transports.network(host, int(port or DEFAULT_PORT))
        case "usb":
            vendor, product = _parts(settings, r"(?:0x)?([0-9a-fA-F]{4}):(?:0x)?([0-9a-fA-F]{4})")
            return lambda: transports.usb_line(int(vendor, 16), int(product, 16))
        case "serial":
            path, baud = _parts(settings, r"([^@\s]+)(?:@([0-9]+))?")
            return lambda: transports.serial_line(path, int(baud or DEFAULT_BAUD))
        case "file":
            return lambda: transports.file(address)
        case "cups":
            return lambda: transports.cups(address)


def _parts(settings: PrinterSettings, pattern: str) -> tuple[str, str]:
    found = re.fullmatch(pattern, settings.address)
    if found is None:
        raise UnreadableAddress(name=settings.name, address=settings.address, kind=settings.kind)
    first, second = found.groups()
    return first, second or ""
