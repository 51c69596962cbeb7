"""Each way to a printer, exercised end to end without hardware: TCP, a serial line over a pty, USB behind a fake
backend, a file, and `lp` behind a fake command. No real printer was had; this shows what can be shown without one."""

from __future__ import annotations

import array
import os
import pty
import select
import stat
import sys
import threading
import tty
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import usb.backend
import usb.core

from printers import transports
from printers.device import Device, UnreadableAddress, device_for
from printers.escpos_writer import encode, without_real_time_commands
from printers.raster import draw
from printers.spool import JobState
from printers.status import UNKNOWN, Status, Trouble, ask_status, wait_until_worked_through
from printers.transports import Broken, NotReachable
from printers.virtual_mechanism import Fault, Mechanism
from printers.virtual_printer import start_virtual_printer
from tests.printers.conftest import PaperShop, printer_settings
from tests.printers.papers import PAPERS

JOB = encode(draw(PAPERS["receipt"](32), 384), open_drawer=True)


class Pty:
    """A serial line with a virtual printer's mechanism at its far end."""

    def __init__(self, mechanism: Mechanism) -> None:
        self.mechanism = mechanism
        self.near, self.far = pty.openpty()
        tty.setraw(self.far)
        self.path = os.ttyname(self.far)
        self.closing = threading.Event()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        while not self.closing.is_set():
            if select.select([self.near], [], [], 0.05)[0]:
                answers = self.mechanism.feed(os.read(self.near, 4096))
                if answers:
                    os.write(self.near, answers)

    def close(self) -> None:
        self.closing.set()
        self.thread.join()
        os.close(self.near)
        os.close(self.far)


class FakeUsb(usb.backend.IBackend):
    """pyusb's view of one printer on the bus: descriptors, and bulk transfers to a mechanism."""

    def __init__(self, mechanism: Mechanism, *, in_ep: int = 0x83, out_ep: int = 0x02) -> None:
        self.mechanism = mechanism
        self.endpoints = (out_ep, in_ep)
        self.waiting = b""
        self.resets = 0
        self.configured = False

    def enumerate_devices(self) -> Iterator[str]:
        yield "printer"

    def get_device_descriptor(self, dev: Any) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=0x04B8, idProduct=0x0E15, bcdDevice=0x0100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: Any, config: int) -> Any:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: Any, intf: int, alt: int, config: int) -> Any:
        if intf or alt:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2, bInterfaceClass=7,
            bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: Any, ep: int, intf: int, alt: int, config: int) -> Any:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=self.endpoints[ep], bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: Any) -> str:
        return "handle"

    def close_device(self, dev_handle: Any) -> None: ...

    def get_configuration(self, dev_handle: Any) -> int:
        if not self.configured:
            raise usb.core.USBError("not configured")
        return 1

    def set_configuration(self, dev_handle: Any, config_value: int) -> None:
        self.configured = True

    def claim_interface(self, dev_handle: Any, intf: int) -> None: ...

    def release_interface(self, dev_handle: Any, intf: int) -> None: ...

    def reset_device(self, dev_handle: Any) -> None:
        self.resets += 1

    def bulk_write(self, dev_handle: Any, ep: int, intf: int, data: Any, timeout: int) -> int:
        assert ep == self.endpoints[0]
        self.waiting += self.mechanism.feed(bytes(data))
        return len(data)

    def bulk_read(self, dev_handle: Any, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert ep == self.endpoints[1]
        if not self.waiting:
            raise usb.core.USBTimeoutError("nothing said")
        said, self.waiting = self.waiting[: len(buff)], b""
        buff[: len(said)] = array.array("B", said)
        return len(said)


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


FAKE_LP = """#!{python}
import pathlib, sys
pathlib.Path({folder!r}, "arguments").write_text(" ".join(sys.argv[1:]))
pathlib.Path({folder!r}, "job").write_bytes(sys.stdin.buffer.read())
sys.stderr.write({says!r})
sys.exit({code})
"""


def put_lp_in_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, code: int = 0, says: str = "") -> None:
    lp = tmp_path / "lp"
    lp.write_text(FAKE_LP.format(python=sys.executable, folder=str(tmp_path), says=says, code=code))
    lp.chmod(lp.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))


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


def test_a_shop_that_prints_into_a_file_asks_nobody_and_claims_nothing(shop: PaperShop, tmp_path: Path) -> None:
    device = device_for(printer_settings("file", str(tmp_path / "lp0")))
    shop.work(device)

    job = shop.until_state(shop.sell(), JobState.UNKNOWN)

    assert (job.why, job.needs_a_person) == ("one_way", False)
    assert (tmp_path / "lp0").stat().st_size > 1000


def test_a_job_that_cups_refuses_waits_and_is_sent_once_cups_takes_it(
    shop: PaperShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_lp_in_path(tmp_path, monkeypatch, code=1)
    spooler = shop.work(device_for(printer_settings("cups", "Quay1")))
    uid = shop.sell()
    shop.until(lambda: spooler.trouble.get("receipt") == "unreachable")
    assert (shop.job(uid).state, shop.job(uid).tries) == (JobState.QUEUED, 0)

    put_lp_in_path(tmp_path, monkeypatch)

    job = shop.until_state(uid, JobState.UNKNOWN)
    assert (job.why, job.tries) == ("one_way", 1)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("network", "192.168.1.50:9100"),
        ("network", "may-in.local"),
        ("virtual", "127.0.0.1:9100"),
        ("usb", "04b8:0e15"),
        ("usb", "0x04b8:0x0e15"),
        ("serial", "/dev/ttyUSB0"),
        ("serial", "/dev/ttyUSB0@9600"),
        ("file", "/dev/usb/lp0"),
        ("cups", "Quay1"),
    ],
)
def test_addresses_are_read(kind: str, address: str) -> None:
    device = device_for(printer_settings(kind, address, dots=576))

    assert isinstance(device, Device)
    assert device.columns == 48
    assert device.answers == (kind not in ("file", "cups"))


@pytest.mark.parametrize(
    ("kind", "address"),
    [("network", "a b"), ("network", "x:1:2"), ("network", ""), ("usb", "printer"), ("usb", "04b8"), ("serial", "a@b")],
)
def test_an_address_that_says_nothing_to_its_kind_is_refused_with_its_printers_name(kind: str, address: str) -> None:
    with pytest.raises(UnreadableAddress, match="receipt"):
        device_for(printer_settings(kind, address))
