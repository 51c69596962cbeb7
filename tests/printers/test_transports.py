"""Each way to a printer, exercised end to end without hardware: TCP, a serial line over a pty, USB behind a fake
backend, a file, and `lp` behind a fake command. No real printer was had; this shows what can be shown without one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from printers import transports
from printers.escpos_writer import encode, without_real_time_commands
from printers.raster import draw
from printers.status import UNKNOWN, Status, Trouble, ask_status, wait_until_worked_through
from printers.transports import Broken, NotReachable
from printers.virtual_mechanism import Fault, Mechanism
from printers.virtual_printer import start_virtual_printer
from tests.printers.fake_lines import FakeUsb, Pty, put_lp_in_path
from tests.printers.papers import PAPERS

JOB = encode(draw(PAPERS["receipt"](32), 384), open_drawer=True)


@pytest.fixture(params=["network", "serial", "usb"])
def two_way(request: pytest.FixtureRequest) -> Iterator[tuple[Mechanism, Callable[[], Any]]]:
    """A mechanism, and the way to it by each transport that can carry answers."""
    match request.param:
        case "network":
            with start_virtual_printer(dots=384) as printer:
                yield printer.mechanism, lambda: transports.network("127.0.0.1", printer.port)
        case "serial":
            line = Pty(Mechanism(384))
            yield line.mechanism, lambda: transports.serial_line(line.path, 115_200)
            line.close()
        case _:
            bus = FakeUsb(Mechanism(384))
            yield bus.mechanism, lambda: transports.usb_line(0x04B8, 0x0E15, backend=bus)


def test_a_job_goes_through_and_the_printer_confirms_it(two_way: tuple[Mechanism, Callable[[], Any]]) -> None:
    mechanism, way = two_way

    with way() as line:
        assert ask_status(line) == Status(known=True)
        line.send(JOB)
        assert wait_until_worked_through(line, 3000)

    assert (mechanism.cuts, mechanism.pulses) == (1, 1)
    drawn = without_real_time_commands(draw(PAPERS["receipt"](32), 384))
    assert mechanism.papers[0].picture.crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()


def test_two_jobs_one_after_the_other_each_on_its_own_line(two_way: tuple[Mechanism, Callable[[], Any]]) -> None:
    mechanism, way = two_way

    for _ in range(2):
        with way() as line:
            line.send(JOB)
            assert wait_until_worked_through(line, 3000)

    assert mechanism.cuts == 2


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (Fault.PAPER_END, Trouble.PAPER_END),
        (Fault.COVER_OPEN, Trouble.COVER_OPEN),
        (Fault.OFFLINE, Trouble.OFFLINE),
    ],
)
def test_the_printer_says_what_is_wrong(
    two_way: tuple[Mechanism, Callable[[], Any]], fault: Fault, trouble: Trouble
) -> None:
    mechanism, way = two_way
    mechanism.fail(fault)

    with way() as line:
        status = ask_status(line)

    assert (status.known, status.trouble, status.ready) == (True, trouble, False)


@pytest.mark.parametrize("fault", [Fault.SILENT, Fault.GARBAGE])
def test_no_answer_and_a_wrong_answer_are_unknown_and_never_ready(
    two_way: tuple[Mechanism, Callable[[], Any]], fault: Fault
) -> None:
    mechanism, way = two_way
    mechanism.fail(fault)

    with way() as line:
        assert ask_status(line, 200) == UNKNOWN
    assert not UNKNOWN.ready


def test_a_usb_printer_is_not_reset_between_papers() -> None:
    bus = FakeUsb(Mechanism(384))

    for _ in range(2):
        with transports.usb_line(0x04B8, 0x0E15, backend=bus) as line:
            line.send(JOB)

    assert (bus.resets, bus.mechanism.cuts) == (0, 2)


def test_a_usb_printer_that_is_not_there_is_not_reachable() -> None:
    bus = FakeUsb(Mechanism(384))

    with pytest.raises(NotReachable), transports.usb_line(0x1234, 0x5678, backend=bus):
        pass


def test_nobody_listening_is_not_reachable() -> None:
    with start_virtual_printer() as printer:
        port = printer.port

    with pytest.raises(NotReachable), transports.network("127.0.0.1", port):
        pass


def test_a_serial_line_that_is_not_there_is_not_reachable(tmp_path: Path) -> None:
    with pytest.raises(NotReachable), transports.serial_line(str(tmp_path / "ttyS9"), 9600):
        pass


def test_a_line_cut_in_the_middle_is_broken_and_not_merely_unreachable() -> None:
    with start_virtual_printer(dots=384) as printer:
        printer.fail(Fault.DISCONNECT, after_bytes=100)
        with transports.network("127.0.0.1", printer.port) as line, pytest.raises(Broken):
            send_for_a_while(line)


def send_for_a_while(line: transports.Connection) -> None:
    """What was sent shows as broken only with one of the next bytes."""
    for _ in range(20):
        line.send(JOB)
        line.read(50)


def test_a_file_gets_every_job_added_and_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lp0"

    for _ in range(2):
        with transports.file(str(path)) as line:
            line.send(JOB)
            assert line.read(10) == b""

    assert path.read_bytes() == JOB * 2


def test_a_device_that_takes_nothing_more_is_broken_and_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transports, "TIMEOUT_SECONDS", 0.2)
    fifo = tmp_path / "lp0"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)

    with pytest.raises(Broken), transports.file(str(fifo)) as line:
        line.send(JOB * 20)  # more than a pipe holds, and nobody reads

    os.close(reader)


def test_a_file_in_no_folder_is_not_reachable(tmp_path: Path) -> None:
    with pytest.raises(NotReachable), transports.file(str(tmp_path / "nowhere" / "lp0")):
        pass


def test_cups_gets_the_job_raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_lp_in_path(tmp_path, monkeypatch)

    with transports.cups("Quay1") as line:
        line.send(JOB)
        assert line.read(10) == b""

    assert (tmp_path / "arguments").read_text() == "-d Quay1 -t shop -o raw"
    assert (tmp_path / "job").read_bytes() == JOB


def test_a_queue_that_cups_does_not_know_certainly_printed_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_lp_in_path(tmp_path, monkeypatch, code=1, says="lp: The printer does not exist.")

    with pytest.raises(NotReachable, match="does not exist"), transports.cups("Nowhere") as line:
        line.send(JOB)


def test_without_cups_the_printer_is_not_reachable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NotReachable, match="not installed"), transports.cups("Quay1"):
        pass
