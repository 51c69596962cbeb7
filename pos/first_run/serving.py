"""Serve the first run until the shop is made; the same process then goes on as the shop."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from config.settings import ServerSettings
from pos.data_folder import DataFolder
from pos.first_run.app import create_first_run_app
from pos.server import make_server

_LAST_PAGE_SECONDS = 1


def serve_first_run(folder: DataFolder, settings: ServerSettings, *, tell: Callable[[str], None]) -> int | None:
    """Ask on a page what the shop needs, and make it; gives the port that the browser goes on with,
    None when somebody stopped it first.

    It listens on this machine only, wherever the shop itself will. `tell` gets the address to open.
    """
    app, made = create_first_run_app(folder)
    server = make_server(app, replace(settings, host="127.0.0.1"))
    host, port = server.bind_addr[:2]
    tell(f"http://{host}:{port}/")
    end = threading.Thread(target=_end_when, args=(made, server), daemon=True)
    end.start()
    with suppress(KeyboardInterrupt):
        server.serve()
        end.join()  # until the port is free for the shop
        return int(port)
    server.stop()
    return None


def _end_when(made: threading.Event, server: Any) -> None:
    made.wait()
    time.sleep(_LAST_PAGE_SECONDS)  # the browser fetches what the last page is made of
    server.stop()
