"""A shop at work: pages, print worker and, where the settings ask for it, printers made of software."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any

from config.settings import PrinterSettings, Settings
from core.database import transaction
from pos.app import create_shop_app
from pos.certificate_folder import certificates_of
from pos.config_record import note_settings
from pos.data_folder import DataFolder
from pos.network import start_network
from pos.server import make_server
from pos.settings_in_force import put_changes_in_force
from printers.at_work import begin_printing
from printers.device import device_for
from printers.spooler import Spooler
from printers.virtual_printer import VirtualPrinter, start_virtual_printer

VIRTUAL = "virtual"


@dataclass(frozen=True)
class RunningShop:
    """A shop whose port is taken and whose print worker works; `server.serve()` answers until it is stopped."""

    app: Any
    server: Any
    spooler: Spooler
    virtual: dict[str, VirtualPrinter]

    @property
    def address(self) -> str:
        """Where a browser finds the shop."""
        host, port = self.server.bind_addr[:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


@contextmanager
def running_shop(folder: DataFolder, settings: Settings) -> Iterator[RunningShop]:
    """Start everything but the answering of pages, and stop it all at the end of the block."""
    with ExitStack() as stack:
        virtual = {
            printer.name: stack.enter_context(switch_on(printer))
            for printer in settings.printers
            if printer.kind == VIRTUAL
        }
        settings = with_addresses(settings, virtual)
        app = create_shop_app(settings, folder)
        server = make_server(app, settings.server)
        stack.callback(server.stop)
        spooler = Spooler(app, [device_for(printer, settings.printing) for printer in settings.printers])
        begin_printing(app, spooler, virtual)
        with app.app_context():
            put_changes_in_force()
            with transaction():
                note_settings()
        spooler.start()
        stack.callback(spooler.stop)
        stack.callback(start_network(app, certificates_of(folder), settings.server, settings.shop.name))
        yield RunningShop(app, server, spooler, virtual)


def switch_on(printer: PrinterSettings) -> VirtualPrinter:
    """A printer made of software at the address of its settings; port 0 is any free one."""
    return start_virtual_printer(int(printer.address.rpartition(":")[2]), dots=printer.dots)


def with_addresses(settings: Settings, virtual: dict[str, VirtualPrinter]) -> Settings:
    """The settings with the addresses that the printers made of software really have."""
    printers = tuple(
        replace(printer, address=virtual[printer.name].address) if printer.name in virtual else printer
        for printer in settings.printers
    )
    return replace(settings, printers=printers)
