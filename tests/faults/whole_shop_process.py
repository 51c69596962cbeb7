"""A whole shop in a process of its own: the server with its pages, and eight threads that sell beside it."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from core.database import db
from pos.app import create_shop_app
from pos.data_folder import DataFolder
from pos.server import make_server
from tests.factories import Shop, fill_basket, pay, register_of, shop_settings
from tests.faults.till_process import TillProcess, forks

THREADS = 8
FIRST_REGISTER = 3  # the browsers stand at register 1


@contextmanager
def whole_shop_process(folder: DataFolder) -> Iterator[tuple[TillProcess, int]]:
    """The process, whose every message is the number of a sale just promised, and its port; killed at the end."""
    ours, theirs = forks.Pipe()
    process = forks.Process(target=serve, args=(folder.path, theirs), daemon=True)
    process.start()
    theirs.close()
    shop = TillProcess(process, ours)
    try:
        yield shop, shop.answer()
    finally:
        shop.end()


def serve(path: Path, line: Connection) -> None:
    """Answer browsers and sell, until killed."""
    folder, settings = DataFolder(path), shop_settings(server={"port": 0})
    app = create_shop_app(settings, folder)
    app.config["WTF_CSRF_ENABLED"] = False
    server = make_server(app, settings.server)
    line.send(server.bind_addr[1])
    speaking = threading.Lock()

    def sell(register: str) -> None:
        with app.app_context():
            shop = Shop(app, folder)
            while True:
                basket = fill_basket(shop, ("mật ong", 1), ("chè Shan", 1), register=register_of(register))
                number = pay(shop, basket, key=str(uuid.uuid4())).number
                with speaking:
                    line.send(number)
                db.session.remove()

    for n in range(THREADS):
        threading.Thread(target=sell, args=(str(FIRST_REGISTER + n),), daemon=True).start()
    server.serve()
    os._exit(0)
