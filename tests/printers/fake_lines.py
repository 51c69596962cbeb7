"""Far ends for the ways to a printer: a serial line over a pty, a USB bus of pyusb with one printer, a command `lp`."""

from __future__ import annotations

import array
import os
import pty
import select
import stat
import sys
import threading
import tty
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import usb.backend
import usb.core

from printers.virtual_mechanism import Mechanism


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


FAKE_LP = """#!{python}
import pathlib, sys
pathlib.Path({folder!r}, "arguments").write_text(" ".join(sys.argv[1:]))
pathlib.Path({folder!r}, "job").write_bytes(sys.stdin.buffer.read())
sys.stderr.write({says!r})
sys.exit({code})
"""


def put_lp_in_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, code: int = 0, says: str = "") -> None:
    lp = tmp_path / "lp.new"
    lp.write_text(FAKE_LP.format(python=sys.executable, folder=str(tmp_path), says=says, code=code))
    lp.chmod(lp.stat().st_mode | stat.S_IXUSR)
    lp.replace(tmp_path / "lp")  # at once: the worker may be calling it
    monkeypatch.setenv("PATH", str(tmp_path))
