"""P3: the computer stops with -9 between the sale's COMMIT and the end of its printing."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.database import db
from printers.job_list import latest_jobs
from printers.spool import JobState
from printers.virtual_printer import start_virtual_printer
from tests.printers import killed_shop
from tests.printers.conftest import PaperShop
from tests.shared_cases import PROJECT

POINTS = [
    # where it stops, papers before the restart, state after it, papers after it
    ("after the commit", 0, JobState.CONFIRMED, 1),  # nothing was sent: printed once, now
    ("before the first byte", 0, JobState.UNKNOWN, 0),  # marked as sent: asked, not printed
    ("in the middle", 0, JobState.UNKNOWN, 0),
    ("after the last byte", 1, JobState.UNKNOWN, 1),  # it came out, and nobody wrote it down: not printed twice
    ("after the outcome", 1, JobState.CONFIRMED, 1),
]


@pytest.mark.parametrize(("point", "papers_before", "state", "papers_after"), POINTS)
def test_a_receipt_is_offered_once_and_never_printed_twice_by_itself(
    tmp_path: Path, point: str, papers_before: int, state: JobState, papers_after: int
) -> None:
    with start_virtual_printer(dots=384) as printer:
        killed = subprocess.run(
            [sys.executable, "-m", "tests.printers.killed_shop", str(tmp_path), str(printer.port), point],
            cwd=PROJECT,
            check=False,
        )
        assert killed.returncode == -signal.SIGKILL
        app = killed_shop.make_app(tmp_path)
        with app.app_context():
            shop = PaperShop(app, printer)
            shop.until(lambda: printer.mechanism.cuts == papers_before)

            spooler = shop.work()
            shop.until(lambda: shop.states() == [state])
            spooler.stop()

            assert printer.mechanism.cuts == papers_after
            assert latest_jobs()[0].needs_a_person == (state is JobState.UNKNOWN)
            db.session.remove()
            db.engine.dispose()
