"""A shop that only prints: an app with a database and a journal, a virtual printer, papers to print."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from config.settings import PrinterSettings
from core.database import Base, db, install_database, transaction
from core.journal.chain import JournalRecord
from core.journal.record import Kind, parse
from core.journal.seal import SigningKey, Terminal, install_terminal
from core.staff import Role, Staff, hire
from printers.blocks import Block, Text
from printers.device import Device, device_for
from printers.job_list import job_called, latest_jobs
from printers.layouts.parts import copy_mark
from printers.spool import JobState, PrintJob, enqueue, mark_of, register_maker
from printers.spooler import Patience, Spooler
from printers.virtual_printer import VirtualPrinter, start_virtual_printer

HURRY = Patience(answer_ms=150, worked_through_ms=400, retry_ms=20)


@dataclass
class PaperShop:
    """What the tests of paper need of a shop."""

    app: Flask
    printer: VirtualPrinter
    spoolers: list[Spooler] = field(default_factory=list)

    @property
    def device(self) -> Device:
        return device_for(printer_settings("virtual", self.printer.address))

    def work(self, *devices: Device, patience: Patience = HURRY) -> Spooler:
        """Start the print worker."""
        spooler = Spooler(self.app, list(devices) or [self.device], patience=patience)
        self.spoolers.append(spooler)
        spooler.start()
        return spooler

    def sell(
        self,
        number: int = 1,
        *,
        copy: int = 0,
        open_drawer: bool = False,
        by: Staff | None = None,
        printer: str | None = None,
    ) -> str:
        """Leave a receipt to be printed; gives the job's name."""
        with transaction():
            return enqueue("receipt", number, copy=copy, open_drawer=open_drawer, by=by, printer=printer).uid

    def job(self, uid: str) -> PrintJob:
        """The job as it stands now, read afresh; not inside a transaction."""
        db.session.rollback()
        return job_called(uid)

    def states(self) -> list[JobState]:
        db.session.rollback()
        return [job.state for job in reversed(latest_jobs())]

    def until(self, holds: Callable[[], bool], *, seconds: int = 10) -> None:
        """Wait for the worker; fails when it does not get there."""
        for _ in range(seconds * 100):
            if holds():
                return
            time.sleep(0.01)
        pytest.fail(f"not reached in {seconds} s; jobs are {self.states()}, trouble {self.spoolers[-1].trouble}")

    def until_state(self, uid: str, state: JobState) -> PrintJob:
        self.until(lambda: self.job(uid).state is state)
        return self.job(uid)

    def print_records(self) -> list[dict[str, object]]:
        return print_records()


def print_records(*, after: int = -1) -> list[dict[str, object]]:
    """The bodies of the PRINT records behind a record, oldest first."""
    rows = db.session.scalars(
        select(JournalRecord.record)
        .where(JournalRecord.typ == Kind.PRINT, JournalRecord.seq > after)
        .order_by(JournalRecord.seq)
    )
    return [parse(row)["body"] for row in rows]


def printer_settings(kind: str, address: str, *, role: str = "receipt", dots: int = 384) -> PrinterSettings:
    return PrinterSettings(name=role, role=role, kind=kind, address=address, dots=dots, drawer=True, cut=True)


def small_paper(number: int, copy: int, again: bool) -> list[Block]:
    """A receipt of two lines: quick to draw, and every one different."""
    return [*copy_mark(mark_of("receipt", number, copy, again)), Text(f"Biên lai số {number}", bold=True)]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = Flask("paper shop")
    install_database(app, f"sqlite:///{tmp_path / 'shop.sqlite'}")
    install_terminal(app, Terminal("T1", SigningKey.from_seed(bytes(32)), tmp_path / "head.log"))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def clerk(app: Flask) -> Staff:
    with transaction():
        return hire(name="Trần Thị Lan", role=Role.CLERK, pin="135791", by=None)


@pytest.fixture
def shop(app: Flask) -> Iterator[PaperShop]:
    register_maker("receipt", small_paper)
    with start_virtual_printer(dots=384, slow_pause_ms=50) as printer:
        shop = PaperShop(app, printer)
        yield shop
        for spooler in shop.spoolers:
            spooler.stop()
