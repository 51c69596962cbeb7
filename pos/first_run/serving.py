"""Serve the first run until the shop is made; the same server then goes on as the shop."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from config.settings import ServerSettings
from pos.data_folder import DataFolder
from pos.first_run.app import create_first_run_app
from pos.server import make_server


@dataclass(frozen=True)
class Begun:
    """A server that answers already, in a thread of its own."""

    server: Any
    thread: threading.Thread


def make_shop_on_page(folder: DataFolder, settings: ServerSettings, *, tell: Callable[[str], None]) -> Begun | None:
    """Ask on a page what the shop needs, and wait until it is made; None when somebody stops it first.

    The browser stays with the server, which listens on this machine only. `tell` gets the address to open.
    """
    app = create_first_run_app(folder)
    server = make_server(app, replace(settings, host="127.0.0.1"))
    begun = Begun(server, threading.Thread(target=server.serve, daemon=True))
    begun.thread.start()
    host, port = server.bind_addr[:2]
    tell(f"http://{host}:{port}/")
    try:
        app.extensions["first_run"].made.wait()
    except KeyboardInterrupt:
        server.stop()
        return None
    return begun
