"""A printer made of software: speaks ESC/POS on a TCP port like a network printer, one line at a time.

It is the demo's printer, whose paper is looked at in the browser, and the tests' printer.
"""

import contextlib
import socket
import threading
from typing import Self

from printers.virtual_mechanism import Fault, Mechanism

READ_BYTES = 4096
WAKE_SECONDS = 1


class VirtualPrinter:
    """A mechanism behind a TCP port; `mechanism` has its papers, counts and faults."""

    def __init__(self, mechanism: Mechanism, port: int, *, slow_pause_ms: int = 1000) -> None:
        self.mechanism = mechanism
        self.slow_pause_ms = slow_pause_ms
        self._closing = threading.Event()
        self._line: socket.socket | None = None
        self._listener = socket.create_server(("127.0.0.1", port), backlog=8)
        self._listener.settimeout(WAKE_SECONDS)
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="virtual-printer", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Host and port, as the settings of a network printer have them."""
        return f"127.0.0.1:{self.port}"

    def fail(self, fault: Fault, *, after_bytes: int = 0) -> None:
        """Begin to fail, after so many more bytes."""
        self.mechanism.fail(fault, after_bytes=after_bytes)

    def recover(self) -> None:
        """Everything works again; what waited in the printer's buffer is printed."""
        answers = self.mechanism.recover()
        line = self._line
        if line is not None and answers:
            with contextlib.suppress(OSError):
                line.sendall(answers)

    def close(self) -> None:
        """Switch the printer off; its port is closed when this returns."""
        self._closing.set()
        for waiting in (self._listener, self._line):
            with contextlib.suppress(OSError):
                if waiting is not None:
                    waiting.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self) -> None:
        while not self._closing.is_set():
            try:
                line, _ = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:  # shut down by close()
                return
            with line:
                self._line = line
                with contextlib.suppress(OSError):
                    self._talk(line)
                self._line = None

    def _talk(self, line: socket.socket) -> None:
        line.settimeout(WAKE_SECONDS)
        while not self._closing.is_set():
            slow = self.mechanism.failing(Fault.SLOW)
            try:
                data = line.recv(1 if slow else READ_BYTES)
            except TimeoutError:
                continue
            if not data:
                return
            if self._cut_off(data):
                return
            answers = self.mechanism.feed(data)
            if answers:
                line.sendall(answers)
            if slow:
                self._pause()

    def _cut_off(self, data: bytes) -> bool:
        """Break the line in the middle of these bytes, if that is the fault to play."""
        if self.mechanism.fault is not Fault.DISCONNECT:
            return False
        until = self.mechanism.bytes_until_fault() or 0
        if until > len(data):
            return False
        self.mechanism.feed(data[:until])
        self.mechanism.disconnected()
        return True

    def _pause(self) -> None:
        for _ in range(max(1, self.slow_pause_ms // 50)):
            if self._closing.wait(min(50, self.slow_pause_ms) / 1000) or not self.mechanism.failing(Fault.SLOW):
                return


def start_virtual_printer(port: int = 0, *, dots: int = 576, slow_pause_ms: int = 1000) -> VirtualPrinter:
    """Switch a virtual printer on; port 0 takes any free one (see its `address`). `close()` switches it off."""
    return VirtualPrinter(Mechanism(dots), port, slow_pause_ms=slow_pause_ms)
