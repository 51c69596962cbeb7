"""A printer of the shop: what it prints, how it is reached, how wide it is."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from config.settings import PrinterSettings, PrintingSettings
from printers import transports
from printers.address_rules import (
    DEFAULT_PORT,
    NOTHING_MORE,
    AddressRefused,
    check_printer_address,
    find_printer,
    read_address,
)
from printers.transports import Connection, NotReachable

DEFAULT_BAUD = 115_200


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
    code: str = ""
    language: str = "escpos"
    dpi: int = 203

    @property
    def key(self) -> str:
        """What papers that wait for it know it by: its code, where the shop gave it one."""
        return self.code or self.name

    @property
    def columns(self) -> int:
        """Columns of normal text on its paper, for layouts."""
        return self.dots // 12


def device_for(settings: PrinterSettings, also: PrintingSettings = NOTHING_MORE) -> Device:
    """The printer as the settings describe it; UnreadableAddress or AddressRefused where no printer may stand.

    Addresses: `host:port` (network, virtual), `vendor:product` in hex (usb), a path with an optional
    `@baud` (serial), a path (file), a queue (cups).
    """
    check_printer_address(settings.kind, settings.address, also)
    return Device(
        name=settings.name,
        role=settings.role,
        dots=settings.dots,
        opened=_way_to(settings, also),
        # What asks an ESC/POS printer how it is would be the beginning of an order to any other.
        answers=settings.kind not in ("file", "cups") and settings.language == "escpos",
        cut=settings.cut,
        drawer=settings.drawer,
        code=settings.code,
        language=settings.language,
        dpi=settings.dpi,
    )


def _way_to(settings: PrinterSettings, also: PrintingSettings) -> Callable[[], AbstractContextManager[Connection]]:
    first, second = read_address(settings.kind, settings.address)
    match settings.kind:
        case "network":
            return lambda: _over_the_network(first, int(second or DEFAULT_PORT), also)
        case "virtual":
            return lambda: transports.network("127.0.0.1", int(second))
        case "usb":
            return lambda: transports.usb_line(int(first, 16), int(second, 16))
        case "serial":
            return lambda: transports.serial_line(first, int(second or DEFAULT_BAUD))
        case "file":
            return lambda: transports.file(first)
        case "cups":
            return lambda: transports.cups(first)


@contextmanager
def _over_the_network(host: str, port: int, also: PrintingSettings) -> Iterator[Connection]:
    """A network printer, at the one address that was looked up and judged."""
    try:
        address = find_printer(host, port, also)
    except (OSError, UnicodeError, AddressRefused) as trouble:
        raise NotReachable(str(trouble)) from trouble
    with transports.network(address, port) as line:
        yield line
