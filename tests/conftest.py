"""What every test may use: PostgreSQL, a browser, the size of a test; and what a skipped independent case means.

The shop itself and the words of the trade (`receive()`, `sell()`) stand in tests/factories.py.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from argon2 import PasswordHasher
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

from core import staff
from tests import private_postgres as postgres
from tests import shared_cases

SIZES = Path(__file__).with_name("sizes.toml")

# A slow machine is not a wrong result; in CI the examples are the same in every run.
hypothesis.settings.register_profile("shop", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "shop")

# A PIN's hash is made to cost; a thousand tests hire people. The test of the cost asks for `costly_pins`.
AS_IN_THE_SHOP = staff._HASHER
staff._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

# Each test opens a shop of its own. So that the same statements are not compiled anew two thousand times, all SQLite
# engines of a run count as one to SQLAlchemy and share what they compiled; a third of the time of the tests.
_compiled: LRUCache = LRUCache(5000)
SQLiteDialect_pysqlite.__hash__ = lambda self: hash(SQLiteDialect_pysqlite)
SQLiteDialect_pysqlite.__eq__ = lambda self, other: type(other) is SQLiteDialect_pysqlite
Engine._compiled_cache = property(lambda self: _compiled, lambda self, own: None)


@pytest.fixture
def costly_pins(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """PINs cost what they cost in the shop. Name it before whatever hires people."""
    monkeypatch.setattr(staff, "_HASHER", AS_IN_THE_SHOP)
    staff._nobodys_hash.cache_clear()
    yield
    staff._nobodys_hash.cache_clear()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--full` plays each test at its full size."""
    parser.addoption("--full", action="store_true", help="play each test at the full size named in tests/sizes.toml")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only the full run plays."""
    if config.getoption("--full"):
        return
    full = [item for item in items if item.get_closest_marker("full")]
    config.hook.pytest_deselected(items=full)
    items[:] = [item for item in items if item not in full]


@pytest.fixture
def size(request: pytest.FixtureRequest) -> Callable[[str], int]:
    """How large a test is played: `size("J2")` is the number of records in this run (see tests/sizes.toml)."""
    sizes = tomllib.loads(SIZES.read_text(encoding="utf-8"))
    kind = "full" if request.config.getoption("--full") else "ci"
    return lambda name: int(sizes[name][kind])


@pytest.fixture(scope="session")
def private_postgres() -> Iterator[int]:
    """The port of a PostgreSQL server of our own. Without PostgreSQL the test fails and says what to type."""
    try:
        with postgres.private_postgres() as port:
            yield port
    except postgres.NoPostgres as missing:
        pytest.fail(str(missing), pytrace=False)


_numbers = itertools.count(1)


@pytest.fixture
def postgres_url(private_postgres: int) -> Iterator[str]:
    """The SQLAlchemy address of an empty PostgreSQL database that this test has for itself."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(host="127.0.0.1", port=private_postgres, user="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"postgresql+psycopg://postgres@127.0.0.1:{private_postgres}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The distribution's Chromium, which asks nobody on the network for anything."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.fail("Chromium is not installed, and this test needs it. Type: sudo apt-get install chromium", False)
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", *quiet]
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    """The smallest screen a till may have, in Viet Nam."""
    size = {"width": 1024, "height": 768}
    return {**browser_context_args, "viewport": size, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A test of independent cases may be skipped only where the cases are absent."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and shared_cases.must_not_skip(item.nodeid):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped although the independent cases stand here: {report.longrepr}"
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where the tests run on all cores, each worker hands over what it could not run."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["not_run"] = shared_cases.ledger.not_run


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take up what a worker could not run."""
    for path, cases in getattr(node, "workeroutput", {}).get("not_run", {}).items():
        shared_cases.ledger.add_not_run(path, cases)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many independent cases were not run."""
    for line in shared_cases.summary():
        terminalreporter.write_line(line, yellow=True)
