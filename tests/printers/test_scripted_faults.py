"""P1: printers that fail in every way at any byte, clerks who look and answer, computers that stop in the middle.

The printer is the virtual one's mechanism without a socket between, so that hundreds of scripts take seconds; the same
faults over TCP are played in test_spooler.py. What must hold at the end of each script:

* no paper without IN LẠI came out whole twice, and no number has two confirmed originals;
* what the printer confirmed is there on paper, and what is called not printed by the machine is not;
* the last PRINT record of each job says what its row says;
* the drawer opened at most once for each sale;
* the till's own transaction never waited for the printer.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

import pytest
from flask import Flask
from sqlalchemy import select

from core.database import db, transaction
from core.journal.chain import head
from core.staff import Staff
from printers import spooler as spooler_file
from printers.blocks import Block, Text
from printers.device import Device
from printers.escpos_writer import without_real_time_commands
from printers.job_list import open_questions
from printers.job_steps import Parcel, put_back, settle_interrupted
from printers.raster import draw
from printers.spool import Answer, JobState, PrintJob, enqueue, print_again, register_maker, settle_unknown
from printers.spooler import Patience, Spooler, Turn
from printers.transports import Broken, Connection, NotReachable
from printers.virtual_mechanism import Fault, Mechanism
from tests.printers.conftest import print_records

DOTS = 384
SALES = 5
SLOWEST_MS = 2000
REFUSED = "refused"
CRASH = "crash"
NASTY = [*Fault, REFUSED, CRASH]


class Stopped(BaseException):
    """The shop's computer stops here, as by kill -9: nobody catches this."""


def a_paper(number: int, copy: int, again: bool) -> list[Block]:
    return [Text(f"{'IN LẠI ' if again else ''}Biên lai số {number}", bold=True)]


@cache
def look_of(number: int, again: bool) -> bytes:
    """The bytes of a whole paper, as the printer gets them."""
    return without_real_time_commands(draw(a_paper(number, 0, again), DOTS)).tobytes()


@dataclass
class Wire:
    """A line to the mechanism that can break, refuse, crawl, or take the computer down with it."""

    mechanism: Mechanism
    nasty: object = None
    after_bytes: int = 0
    answers: bytes = b""

    def send(self, data: bytes) -> None:
        room = self.after_bytes if self.nasty in (CRASH, Fault.SLOW) else len(data)
        self.answers += self.mechanism.feed(data[:room])
        if self.mechanism.failing(Fault.DISCONNECT):
            self.mechanism.disconnected()
            raise Broken("gone")
        if self.nasty == CRASH and room < len(data):
            self.mechanism.disconnected()
            raise Stopped
        self.after_bytes = max(0, self.after_bytes - len(data))

    def read(self, milliseconds: int) -> bytes:
        said, self.answers = self.answers, b""
        return said


@dataclass
class World:
    """One script: a shop's spooler, its printer, and what was sold."""

    app: Flask
    clerk: Staff
    chance: random.Random
    first: int
    mechanism: Mechanism = field(default_factory=lambda: Mechanism(DOTS))
    nasty: object = None
    after_bytes: int = 0
    slowest_ms: int = 0
    begun_at: int = -1
    spooler: Spooler | None = None

    @contextmanager
    def opened(self) -> Iterator[Connection]:
        if self.nasty == REFUSED:
            raise NotReachable("nobody listens")
        yield Wire(self.mechanism, self.nasty, self.after_bytes)

    def start(self) -> None:
        device = Device("wire", "receipt", DOTS, self.opened)
        self.spooler = Spooler(self.app, [device], patience=Patience(give_up_minutes=60))
        settle_interrupted()

    def sell(self, number: int) -> None:
        begun = time.monotonic_ns()
        with transaction():
            enqueue("receipt", number, open_drawer=True)
        self.slowest_ms = max(self.slowest_ms, (time.monotonic_ns() - begun) // 1_000_000)

    def turn(self) -> Turn:
        assert self.spooler is not None
        try:
            return self.spooler.print_next("wire")
        except Stopped:
            self.nasty = None
            self.spooler.stop()
            self.start()
            return Turn.DONE

    def trouble(self) -> None:
        nasty = self.chance.choice(NASTY)
        after = self.chance.choice([0, 3, 60, self.chance.randrange(1, 14_000)])
        self.nasty, self.after_bytes = nasty, after
        if isinstance(nasty, Fault) and nasty is not Fault.SLOW:
            self.mechanism.fail(nasty, after_bytes=after)

    def recover(self) -> None:
        self.nasty = None
        self.mechanism.recover()

    def whole_papers(self) -> Counter[tuple[int, bool]]:
        """Which papers came out whole, as (number, printed again); a piece may hold the rest of another before it."""
        looks = {(number, again): look_of(number, again) for number in self.numbers for again in (False, True)}
        found: Counter[tuple[int, bool]] = Counter()
        for paper in self.mechanism.papers:
            for name, look in looks.items():
                if look in paper.picture.tobytes():
                    found[name] += 1
        return found

    @property
    def numbers(self) -> range:
        return range(self.first, self.first + SALES)

    def look_after_questions(self) -> None:
        """The clerk looks at the paper and answers, rightly; now and then wants it printed again all the same."""
        for job in open_questions():
            uid = job.uid
            whole = self.whole_papers()[(job.number, job.again)] > 0
            with transaction() as session:
                asked = session.get_one(PrintJob, job.id)
                assert asked.uid == uid
                if self.chance.random() < 0.4:
                    print_again(asked, self.clerk)
                elif whole:
                    settle_unknown(asked, printed=True, by=self.clerk)
                else:
                    print_again(asked, self.clerk)


def play(world: World) -> None:
    """Five sales while the printer fails and is put right; at the end everything is right and everybody answered."""
    newest = head()
    world.begun_at = newest.seq if newest else -1
    world.start()
    numbers = list(world.numbers)
    while numbers:
        some_time(world, [numbers.pop(0) for _ in range(min(len(numbers), world.chance.randrange(1, 3)))])
    for _ in range(40):
        world.recover()
        world.look_after_questions()
        if world.turn() is Turn.IDLE and not open_questions():
            break
    assert world.spooler is not None
    world.spooler.stop()


def some_time(world: World, sold: list[int]) -> None:
    """A sale or two, perhaps a new trouble, some turns of the worker, perhaps somebody who looks after it."""
    if world.chance.random() < 0.6:
        world.trouble()
    for number in sold:
        world.sell(number)
    for _ in range(world.chance.randrange(1, 5)):
        world.turn()
    if world.chance.random() < 0.5:
        world.recover()
        world.look_after_questions()


def complaints(world: World) -> list[str]:
    """What is not as it must be after a script."""
    papers = world.whole_papers()
    jobs = list(db.session.scalars(select(PrintJob).where(PrintJob.number.in_(world.numbers))))
    records = {body["job"]: body["state"] for body in print_records(after=world.begun_at)}
    twice = [number for number in world.numbers if papers[number, False] > 1]
    unlike = [job.number for job in jobs if records.get(job.uid) != job.state]
    return [
        *(f"{number} came out whole {papers[number, False]} times" for number in twice),
        *(f"{number} stands otherwise in the journal" for number in unlike),
        *([f"{world.mechanism.pulses} pulses"] if world.mechanism.pulses > SALES else []),
        *([f"the till waited {world.slowest_ms} ms"] if world.slowest_ms > SLOWEST_MS else []),
        *_untrue(jobs, papers),
    ]


def _untrue(jobs: list[PrintJob], papers: Counter[tuple[int, bool]]) -> Iterator[str]:
    originals = Counter(job.number for job in jobs if job.state is JobState.CONFIRMED and not job.again)
    yield from (f"{number} has {count} confirmed originals" for number, count in originals.items() if count > 1)
    for job in jobs:
        if job.state is JobState.CONFIRMED and job.answer is None and not papers[job.number, job.again]:
            yield f"{job.number} is called printed, and no paper came out"
        if job.state is JobState.FAILED and job.answer is not Answer.NOT_PRINTED and papers[job.number, job.again]:
            yield f"{job.number} is called not printed, and its paper came out"
        if job.state in (JobState.QUEUED, JobState.SENT):
            yield f"{job.number} was never brought to an end: {job.state}"


@pytest.fixture
def script(app: Flask, clerk: Staff) -> Callable[[int], World]:
    register_maker("receipt", a_paper)

    def run(seed: int) -> World:
        world = World(app, clerk, random.Random(seed), first=1 + seed * SALES)
        play(world)
        return world

    return run


@pytest.mark.slow
def test_no_fault_prints_a_receipt_twice_or_tells_a_lie(
    script: Callable[[int], World], size: Callable[[str], int]
) -> None:
    for seed in range(size("P1")):
        world = script(seed)

        assert complaints(world) == [], f"script {seed}"


def test_the_scripts_find_a_worker_that_sends_again_what_may_have_come_out(
    script: Callable[[int], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = spooler_file._end

    def hasty(number: int, state: JobState, why: str) -> Turn:
        if state is not JobState.UNKNOWN:
            return honest(number, state, why)
        put_back(Parcel(number, None, b"", pulse=False, in_doubt=False))
        return Turn.DONE

    monkeypatch.setattr(spooler_file, "_end", hasty)

    assert any(complaints(script(seed)) for seed in range(40))


def test_the_scripts_find_a_worker_that_believes_every_send(
    script: Callable[[int], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    def trusting(self: Spooler, line: Connection, device: Device, data: bytes) -> tuple[JobState, str]:
        line.send(data)
        return JobState.CONFIRMED, ""

    monkeypatch.setattr(Spooler, "_send", trusting)

    assert any(complaints(script(seed)) for seed in range(40))
