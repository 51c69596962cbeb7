"""A shop that is killed with -9 at a chosen point of printing; run by test_killed.py as a program of its own."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from core.database import Base, db, install_database, transaction
from core.journal.seal import SigningKey, Terminal, install_terminal
from printers.blocks import Block, Text
from printers.device import Device
from printers.spool import enqueue, register_maker
from printers.spooler import Spooler
from printers.transports import Connection, network


def make_app(folder: Path) -> Flask:
    """The shop that both the killed program and the test after it open."""
    app = Flask("killed shop")
    install_database(app, f"sqlite:///{folder / 'shop.sqlite'}")
    install_terminal(app, Terminal("T1", SigningKey.from_seed(bytes(32)), folder / "head.log"))
    register_maker("receipt", a_paper)
    return app


def a_paper(number: int, copy: int, again: bool) -> list[Block]:
    return [Text(f"{'IN LẠI ' if again else ''}Biên lai số {number}", bold=True)]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Killer:
    """A connection that ends the program where it is told to."""

    def __init__(self, line: Connection, point: str) -> None:
        self.line = line
        self.point = point

    def send(self, data: bytes) -> None:
        a_job = len(data) > 100
        if a_job and self.point == "before the first byte":
            die()
        if a_job and self.point == "in the middle":
            self.line.send(data[: len(data) // 2])
            die()
        self.line.send(data)
        if a_job and self.point == "after the last byte":
            die()

    def read(self, milliseconds: int) -> bytes:
        return self.line.read(milliseconds)


def main(folder: Path, port: int, point: str) -> None:
    app = make_app(folder)

    @contextmanager
    def opened() -> Iterator[Connection]:
        with network("127.0.0.1", port) as line:
            yield Killer(line, point)

    with app.app_context():
        Base.metadata.create_all(db.engine)
        with transaction():
            enqueue("receipt", 1, open_drawer=True)
        if point == "after the commit":
            die()
        spooler = Spooler(app, [Device("killer", "receipt", 384, opened)])
        spooler.print_next("killer")
        if point == "after the outcome":
            die()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
