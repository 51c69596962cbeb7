"""What a running app prints with: told by whoever starts the worker, asked by the pages, changed with the settings."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Protocol

from config.settings import PrinterSettings, PrintingSettings, Settings
from core.errors import RuleBroken
from printers.device import Device, device_for
from printers.spooler import Spooler
from printers.transports import Connection, NotReachable
from printers.virtual_printer import VirtualPrinter, start_virtual_printer

EXTENSION = "printing"
VIRTUAL = "virtual"
log = logging.getLogger(__name__)


class App(Protocol):
    """An app that keeps what was installed in it."""

    extensions: dict[str, Any]


class Printing:
    """An app's print worker, and its printers made of software by their keys."""

    def __init__(self, spooler: Spooler, virtual: Mapping[str, VirtualPrinter] | None = None) -> None:
        self.spooler = spooler
        self.virtual = dict(virtual or {})
        self.printers: tuple[PrinterSettings, ...] = ()

    def take_up(self, settings: Settings) -> None:
        """Print on the printers of these settings from now on."""
        if settings.printers == self.printers:
            return
        self._switch(settings.printers)
        self.printers = settings.printers
        self.spooler.take_up([self._device(printer, settings.printing) for printer in settings.printers])

    def switch_off(self) -> None:
        """Switch off the printers made of software."""
        self._switch(())

    def _switch(self, printers: tuple[PrinterSettings, ...]) -> None:
        """Switch printers made of software on and off, as a person would at the counter."""
        before = {printer.key: printer for printer in self.printers}
        wanted = {printer.key: printer for printer in printers if printer.kind == VIRTUAL}
        for key in list(self.virtual):
            if key not in wanted or not _same_machine(wanted[key], before.get(key)):
                self.virtual.pop(key).close()
        for key, printer in wanted.items():
            if key not in self.virtual:
                port = int(printer.address.rpartition(":")[2])
                self.virtual[key] = start_virtual_printer(port, dots=printer.dots)

    def _device(self, printer: PrinterSettings, also: PrintingSettings) -> Device:
        if printer.kind == VIRTUAL:
            printer = replace(printer, address=self.virtual[printer.key].address)
        try:
            return device_for(printer, also)
        except RuleBroken as refused:
            # What was allowed when it was entered is allowed no more. The shop opens all the same; its papers wait.
            log.error("printer “%s” is not used: %s", printer.name, refused)
            return Device(printer.name, printer.role, printer.dots, _refused, code=printer.code)


def begin_printing(app: App, spooler: Spooler, virtual: Mapping[str, VirtualPrinter] | None = None) -> Printing:
    """Tell an app which worker prints for it, so that its pages can say how printing stands."""
    printing = Printing(spooler, virtual)
    app.extensions[EXTENSION] = printing
    return printing


def printing_of(app: App) -> Printing | None:
    """What the app prints with; None in an app that only shows pages, such as a test's."""
    found = app.extensions.get(EXTENSION)
    return found if isinstance(found, Printing) else None


def _same_machine(printer: PrinterSettings, before: PrinterSettings | None) -> bool:
    return before is not None and (printer.address, printer.dots) == (before.address, before.dots)


@contextmanager
def _refused() -> Iterator[Connection]:
    raise NotReachable("its address is not allowed")
    yield
