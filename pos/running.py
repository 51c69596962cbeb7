"""A shop at work: pages, print worker and, where the settings ask for it, printers made of software."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from config.settings import Settings
from core.current_settings import current_settings
from core.database import transaction
from pos.app import create_shop_app
from pos.backups.worker import start_backups
from pos.buyers.retention_worker import start_retention
from pos.data_folder import DataFolder
from pos.invoice.sender import start_invoices
from pos.network.certificate_folder import certificates_of
from pos.network.joining import start_network
from pos.restoring.drill_worker import stop_drills
from pos.server import make_server
from pos.settings.config_record import note_settings
from pos.settings.in_force import put_changes_in_force
from pos.settings.printer import take_over_printers
from printers.at_work import Printing, begin_printing
from printers.spooler import Spooler
from printers.virtual_printer import VirtualPrinter


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
def running_shop(folder: DataFolder, settings: Settings, begun: Any = None) -> Iterator[RunningShop]:
    """Start everything but the answering of pages, and stop it all at the end of the block.

    A server that has `begun` to answer, for another app, goes on with the shop's pages.
    """
    settings.need_secrets()
    with ExitStack() as stack:
        app = create_shop_app(settings, folder)
        server = begun or make_server(app, settings.server)
        stack.callback(server.stop)
        printing = start_printing(app, stack)
        with app.app_context():
            shop_name = current_settings().shop.name
        stack.callback(start_retention(app))
        stack.callback(start_backups(app))
        stack.callback(start_invoices(app, folder.path))
        stack.callback(stop_drills(app))
        stack.callback(start_network(app, certificates_of(folder), settings.server, shop_name))
        server.wsgi_app = app
        yield RunningShop(app, server, printing.spooler, printing.virtual)


def start_printing(app: Any, stack: ExitStack) -> Printing:
    """Put in force what was changed while the shop ran before, and print on its printers, also on those that follow."""
    printing = begin_printing(app, Spooler(app, []))
    stack.callback(printing.switch_off)
    with app.app_context():
        put_changes_in_force()
        with transaction():
            note_settings()
            take_over_printers()
        printing.take_up(current_settings())
    app.extensions["settings_changed"].append(printing.take_up)
    printing.spooler.start()
    stack.callback(printing.spooler.stop)
    return printing
