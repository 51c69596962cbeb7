"""J3: whatever is done to a journal is noticed, at the right record; an honest journal is left in peace."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from core import clock
from core.database import db, transaction
from core.journal.export import Sealed, sealed_rows
from core.journal.head import valid_heads
from core.journal.seal import SigningKey, VerifyKey, current_terminal
from core.journal.verify import Report, walk
from tests.core.conftest import make_core_app
from tests.core.journal.mutants import Honest, mutants
from tests.core.journal.story import tell, write_something

pytestmark = pytest.mark.slow

RECORDS = 200


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Honest:
    folder = tmp_path_factory.mktemp("honest")
    with make_core_app(folder).app_context():
        db.create_all()
        tell(RECORDS)
        records = [Sealed(sealed.text, sealed.signature) for sealed in sealed_rows(db.session())]
        key = current_terminal().key
        db.session.remove()
        db.engine.dispose()
    assert key is not None
    return Honest(records, list(valid_heads(folder / "head.log")), key, SigningKey.from_seed(b"x" * 32))


@pytest.fixture
def quick_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutants share most of their records: each signature is checked once."""
    monkeypatch.setattr(VerifyKey, "accepts", cache(VerifyKey.accepts))
    monkeypatch.setattr("core.journal.verify.VerifyKey", cache(VerifyKey))


def test_every_mutant_is_caught_and_its_first_bad_record_named(
    honest: Honest, size: Callable[[str], int], quick_signatures: None
) -> None:
    sorts: Counter[str] = Counter()
    missed = []
    for mutant in mutants(honest, size("J3"), random.Random(3)):
        sorts[mutant.sort] += 1
        fault = walk(mutant.records, public=honest.key.public, heads=honest.heads).fault
        if fault is None or fault.seq != mutant.seq or (mutant.kinds and fault.kind not in mutant.kinds):
            missed.append((mutant.sort, mutant.seq, str(fault)))

    assert len(honest.records) == RECORDS
    assert missed == []
    assert sum(sorts.values()) >= 2000
    assert min(sorts.values()) >= RECORDS
    assert len(sorts) == 11


def test_the_journal_that_the_mutants_come_from_is_whole(honest: Honest) -> None:
    report = walk(honest.records, public=honest.key.public, heads=honest.heads)

    assert report.fault is None
    assert report.records == RECORDS


def test_honest_journals_raise_no_alarm(tmp_path: Path, size: Callable[[str], int]) -> None:
    alarms, kinds = [], Counter[str]()
    for number in range(size("J3-honest")):
        report = report_of_a_life(tmp_path / str(number), random.Random(number))
        kinds += report.kinds
        if report.fault:
            alarms.append((number, str(report.fault), report.fault.what))

    assert alarms == []
    assert min(kinds["CLOCK_ADJ"], kinds["OUTAGE"], kinds["SALE"]) >= 20


def report_of_a_life(folder: Path, chance: random.Random) -> Report:
    folder.mkdir()
    with make_core_app(folder).app_context():
        db.create_all()
        lead_a_life(chance)
        key = current_terminal().find_key()
        assert key is not None
        heads = valid_heads(folder / "head.log")
        report = walk(sealed_rows(db.session()), public=key.public, tid="T-TEST-1", heads=heads)
        db.session.remove()
        db.engine.dispose()
    return report


def lead_a_life(chance: random.Random) -> None:
    """Trade with turned clocks, restarts, transactions taken back and times without key."""
    with clock.stopped_at(datetime(2026, 1, 1, tzinfo=UTC)) as hand:
        tell(chance.randrange(2, 30), seed=chance.randrange(10**9))
        terminal = current_terminal()
        path = terminal.key_path
        for _ in range(chance.randrange(1, 6)):
            hand.move(timedelta(minutes=chance.randrange(-2000, 2000)))
            terminal.key, terminal.key_path = None, path if chance.random() < 0.6 else None
            trade_a_little(chance)
            give_up(chance)
    terminal.key_path = path
    trade_a_little(chance)


def trade_a_little(chance: random.Random) -> None:
    with transaction():
        for _ in range(chance.randrange(1, 4)):
            write_something(chance)


def give_up(chance: random.Random) -> None:
    try:
        with transaction():
            write_something(chance)
            raise InterruptedError
    except InterruptedError:
        pass
