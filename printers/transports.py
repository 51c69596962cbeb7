"""Ways to a printer: network, USB, serial line, a file, CUPS. Each is opened for one job and closed after it.

Network, USB and serial go through python-escpos. A file is written by ourselves (the library empties
it at each opening and can wait for ever), and so is a CUPS queue (the library never looks whether
`lp` took the job). None of this was tried on hardware; see docs/decisions.md.
"""

import os
import select
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import usb.core
import usb.util

from printers.escpos_library import Escpos, EscposError, Network, Serial, Usb

TIMEOUT_SECONDS = 5
PIECE_BYTES = 4096
PRINTER_CLASS = 7


class NotReachable(Exception):
    """The printer could not be opened: certainly not one byte of the job has reached it."""


class Broken(Exception):
    """The way to the printer broke while bytes were on it: nobody knows how many arrived."""


class Connection(Protocol):
    """An open way to a printer."""

    def send(self, data: bytes) -> None:
        """Hand over bytes; NotReachable when certainly none arrived, Broken otherwise."""

    def read(self, milliseconds: int) -> bytes:
        """What the printer says within so many milliseconds; empty when it says nothing or cannot speak."""


class _Line:
    """A connection of python-escpos, with time limits and our own two kinds of trouble."""

    def __init__(self, printer: Escpos) -> None:
        self.printer = printer

    def send(self, data: bytes) -> None:
        try:
            # In pieces: the time limit holds for each, so that a long paper may take its time.
            for at in range(0, len(data), PIECE_BYTES):
                self.printer._raw(data[at : at + PIECE_BYTES])
        except OSError as trouble:
            raise Broken(str(trouble)) from trouble

    def read(self, milliseconds: int) -> bytes:
        try:
            return self._read(milliseconds)
        except TimeoutError:
            return b""
        except OSError as trouble:
            raise Broken(str(trouble)) from trouble

    def _read(self, milliseconds: int) -> bytes:
        raise AssertionError("each kind of line reads in its own way")


class _NetworkLine(_Line):
    def _read(self, milliseconds: int) -> bytes:
        self.printer.device.settimeout(milliseconds / 1000)
        try:
            said = bytes(self.printer.device.recv(64))
        finally:
            self.printer.device.settimeout(TIMEOUT_SECONDS)
        if not said:
            raise Broken("the printer closed the connection")
        return said


class _SerialLine(_Line):
    def _read(self, milliseconds: int) -> bytes:
        self.printer.device.timeout = milliseconds / 1000
        said: bytes = self.printer.device.read(1)
        return said + self.printer.device.read(self.printer.device.in_waiting) if said else b""


class _UsbLine(_Line):
    def _read(self, milliseconds: int) -> bytes:
        try:
            return bytes(self.printer.device.read(self.printer.in_ep, 64, milliseconds))
        except usb.core.USBTimeoutError:
            return b""


@contextmanager
def network(host: str, port: int) -> Iterator[Connection]:
    """A printer on the shop's network, usually at port 9100."""
    with _opened(_ShopNetwork(host, port, timeout=TIMEOUT_SECONDS)) as printer:
        yield _NetworkLine(printer)


class _ShopNetwork(Network):  # type: ignore[misc]  # the library has no types
    """The library's network printer; its own opening leaves the socket behind when nobody answers."""

    def open(self, raise_not_found: bool = True) -> None:
        self.device = socket.create_connection((self.host, self.port), timeout=self.timeout)


@contextmanager
def serial_line(path: str, baud: int) -> Iterator[Connection]:
    """A printer on a serial line, which holds it back by DTR/DSR where its cable has the wires."""
    with _opened(Serial(path, baudrate=baud, timeout=TIMEOUT_SECONDS)) as printer:
        printer.device.write_timeout = TIMEOUT_SECONDS
        yield _SerialLine(printer)


@contextmanager
def usb_line(vendor: int, product: int, *, backend: Any = None) -> Iterator[Connection]:
    """A printer on USB, by its vendor and product numbers; `backend` of pyusb only for tests."""
    found_by = {"backend": backend} if backend else {}
    printer = _ShopUsb(vendor, product, usb_args=found_by, timeout=TIMEOUT_SECONDS * 1000)
    with _opened(printer) as usable:
        yield _UsbLine(usable)


class _ShopUsb(Usb):  # type: ignore[misc]  # the library has no types
    """The library's USB printer, endpoints looked up, without its reset, which cuts off a paper still in the buffer."""

    def _configure_usb(self) -> None:
        try:
            configuration = self.device.get_active_configuration()
        except usb.core.USBError:
            self.device.set_configuration()
            configuration = self.device.get_active_configuration()
        interface = usb.util.find_descriptor(configuration, bInterfaceClass=PRINTER_CLASS)
        for endpoint in interface or ():
            if usb.util.endpoint_direction(endpoint.bEndpointAddress) == usb.util.ENDPOINT_IN:
                self.in_ep = endpoint.bEndpointAddress
            else:
                self.out_ep = endpoint.bEndpointAddress


@contextmanager
def _opened(printer: Escpos) -> Iterator[Escpos]:
    try:
        printer.open()
    except (EscposError, OSError) as trouble:
        raise NotReachable(str(trouble)) from trouble
    try:
        yield printer
    finally:
        try:
            printer.close()
        except OSError:
            printer._device = False


class _FileLine:
    def __init__(self, handle: int) -> None:
        self.handle = handle

    def send(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            ready = select.select([], [self.handle], [], TIMEOUT_SECONDS)[1]
            if not ready:
                raise Broken("the device takes no more bytes")
            try:
                left = left[os.write(self.handle, left[:PIECE_BYTES]) :]
            except OSError as trouble:
                raise Broken(str(trouble)) from trouble

    def read(self, milliseconds: int) -> bytes:
        return b""


@contextmanager
def file(path: str) -> Iterator[Connection]:
    """A device file such as /dev/usb/lp0, or a file the bytes are added to; it never answers."""
    # A printer that is unplugged must not leave a plain file in its place, which then takes its papers.
    make = 0 if path.startswith("/dev/") else os.O_CREAT
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | make | os.O_NONBLOCK, 0o600)
    except OSError as trouble:
        raise NotReachable(str(trouble)) from trouble
    try:
        yield _FileLine(handle)
    finally:
        os.close(handle)


class _CupsLine:
    def __init__(self, lp: str, queue: str) -> None:
        self.command = [lp, "-d", queue, "-t", "shop", "-o", "raw"]

    def send(self, data: bytes) -> None:
        try:
            # The queue's name was checked when it was entered, and goes as one argument and without a shell.
            done = subprocess.run(  # noqa: S603  (see above)
                self.command, input=data, capture_output=True, timeout=4 * TIMEOUT_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as trouble:
            raise Broken("lp does not come to an end") from trouble
        if done.returncode:
            raise NotReachable(done.stderr.decode(errors="replace").strip() or f"lp ended with {done.returncode}")

    def read(self, milliseconds: int) -> bytes:
        return b""


@contextmanager
def cups(queue: str) -> Iterator[Connection]:
    """A queue of CUPS, past its filters (`lp -o raw`); that CUPS took a job does not say that it was printed."""
    lp = shutil.which("lp")
    if lp is None:
        raise NotReachable("the command lp is not installed")
    yield _CupsLine(lp, queue)
