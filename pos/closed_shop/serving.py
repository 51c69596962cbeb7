"""What `shop run` does with damaged files: it keeps running and says so, instead of failing over and over."""

import logging
import signal
from contextlib import suppress

import click

from config.settings import Settings
from pos.closed_shop.app import create_closed_shop
from pos.server import make_server
from pos.start_up_check import DamagedShop

log = logging.getLogger(__name__)
EXIT_CODE = 3
"""What the command ends with, once it is stopped: neither peace (0) nor a mistake in the command (1, 2)."""


def keep_closed(damaged: DamagedShop, settings: Settings) -> None:
    """Serve the one page on this machine until somebody stops it; SystemExit with a code of its own.

    A service that restarts what ended would else open the damaged files every few seconds, with nobody told.
    """
    log.error("the shop stays closed: %s", damaged)
    server = make_server(create_closed_shop(damaged, settings), settings.server)
    click.echo(f"The shop stays closed: {damaged}", err=True)
    host, port = server.bind_addr[:2]
    click.echo(f"Nothing was written to its files. What to do stands on this page: http://{host}:{port}/", err=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            server.serve()
    finally:
        server.stop()
    raise SystemExit(EXIT_CODE)
