"""Cases with expected results that were collected independently of this code, and our own copies of the small vectors.

The independent cases are other people's work and are not part of the project. They stand in a folder beside it, or they
do not. This is the only file that knows the folder:

* where it is absent, a test that asks for a case is skipped and the run says at its end how many cases were not run;
* where it stands, a skipped test in a file that reads cases is a failure.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SHARED = PROJECT.parent / "shared"
VECTORS = PROJECT / "tests" / "vectors"


@dataclass
class Ledger:
    """Which tests asked for independent cases, and how many cases could not be run."""

    askers: set[str] = field(default_factory=set)
    not_run: dict[str, int] = field(default_factory=dict)

    def add_not_run(self, path: str, cases: int) -> None:
        """Count cases that could not be run."""
        self.not_run[path] = self.not_run.get(path, 0) + cases


ledger = Ledger()


def shared(path: str, *, cases: int = 1) -> Path:
    """The file or folder of independent cases below the shared folder: `shared("cases/gs1/check_digits.json")`.

    Call it inside a test. `cases` is how many cases the test plays, for the count of what was not run.
    """
    ledger.askers.add(os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0])
    if not SHARED.is_dir():
        ledger.add_not_run(path, cases)
        pytest.skip(f"the independent cases do not stand beside the project: {path}")
    found = SHARED / path
    assert found.exists(), f"{path} is missing in the folder of independent cases"
    return found


def shared_json(path: str, *, cases: int = 1) -> Any:
    """The content of a JSON file of independent cases."""
    return json.loads(shared(path, cases=cases).read_text(encoding="utf-8"))


def vector(name: str) -> Any:
    """The content of one of our copies of the small vectors: `vector("vietqr")`. May be called outside tests too."""
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def must_not_skip(nodeid: str) -> bool:
    """Whether a skip of this test is a failure: it asked for independent cases, and they stand here."""
    return SHARED.is_dir() and nodeid in ledger.askers


def summary() -> list[str]:
    """What to say at the end of a run about cases that were not run."""
    if not ledger.not_run:
        return []
    total = sum(ledger.not_run.values())
    rows = [f"  {path}: {cases}" for path, cases in sorted(ledger.not_run.items())]
    return [f"{total} independent cases were not run, because their folder does not stand beside the project:", *rows]
