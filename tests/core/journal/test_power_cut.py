"""Killed at any moment of writing, the shop has a record and its rows, or neither; numbers leave no gap."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.database import db
from core.journal.chain import JournalRecord
from core.journal.export import sealed_rows
from core.journal.head import read_heads, valid_heads
from core.journal.verify import walk
from core.staff import Staff
from tests.core.conftest import make_core_app
from tests.core.journal.story import write

ROOT = Path(__file__).parents[3]

HIRES_AND_DIES = """
import os, signal, sys
from pathlib import Path
from core import database
from core.journal import chain
from core.staff import Role, hire
from tests.core.conftest import make_core_app

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

folder, moment = Path(sys.argv[1]), sys.argv[2]
with make_core_app(folder).app_context():
    database.db.create_all()
    with database.transaction():
        hire(name="Lan", role=Role.OWNER, pin="135790", by=None)
    if moment == "before the head file":
        chain.append_head = die
    with database.transaction() as session:
        hire(name="Hoa", role=Role.CLERK, pin="246801", by=None)
        if moment == "between flush and commit":
            session.flush()
            die()
    if moment == "after the commit":
        die()
"""


def killed(folder: Path, moment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HIRES_AND_DIES, str(folder), moment],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize(
    ("moment", "people", "heads"),
    [
        ("between flush and commit", 1, [1]),
        ("before the head file", 2, [1]),
        ("after the commit", 2, [1, 2]),
    ],
)
def test_killed_in_mid_work_nothing_is_half_done(tmp_path: Path, moment: str, people: int, heads: list[int]) -> None:
    killed(tmp_path, moment)

    with make_core_app(tmp_path).app_context():
        hired = db.session.scalar(select(func.count()).select_from(Staff))
        newest = db.session.scalar(select(func.max(JournalRecord.seq)))
        remembered = [head.seq for head in read_heads(tmp_path / "head.log")]
        next_one = write(n=1)
        report = walk(sealed_rows(db.session()), heads=valid_heads(tmp_path / "head.log"))
        db.session.remove()
        db.engine.dispose()

    assert (hired, newest, remembered) == (people, people, heads)
    assert next_one.seq == people + 1  # a number that was never saved is given again
    assert (report.fault, report.records) == (None, people + 2)
