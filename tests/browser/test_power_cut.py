"""The shop's computer dies in the middle of a sale: a real process, killed with -9, and started again."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pos.data_folder import DataFolder
from tests.browser.conftest import NEM, NOODLES, TEA, Counter, ask
from tests.core.web.wedge import Scanner

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SHOP = str(Path(sys.executable).with_name("shop"))


def free_port() -> int:
    """A port below those that the system lends to clients.

    A browser that asks for a lent port while nobody listens there may be given that very port for its own end, and
    then speaks to itself and keeps the shop from starting again.
    """
    for port in range(20_100, 20_200):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    pytest.fail("no port is free")


class Machine:
    """The computer under the counter: `shop demo` in a process of its own."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None
        self.port = free_port()

    def switch_on(self) -> str:
        """Start the shop, each time on the same port; gives its address."""
        command = [SHOP, "--data", str(self.folder.path), "demo", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            found = re.search(r"http://127\.0\.0\.1:\d+/", line)
            if found:
                return found[0]
        pytest.fail(f"the shop did not start: {''.join(said)}")

    def cut_the_power(self) -> None:
        """Nothing can be said or finished any more."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None


@pytest.fixture
def machine(demo_folder: DataFolder) -> Iterator[Machine]:
    machine = Machine(demo_folder)
    yield machine
    if machine.process is not None:
        machine.cut_the_power()


def test_baskets_and_money_taken_are_there_again_and_nothing_is_half_done(page: Page, machine: Machine) -> None:
    till = Counter(page, machine.switch_on(), machine.folder, Scanner(page))
    till.sign_in()
    till.open_shift()
    till.scan(NOODLES, TEA)
    till.press("F7")
    expect(page.locator("[name=label]")).to_be_focused()
    till.type("chi non do")
    till.press("Enter")
    expect(page.locator(".till-tab")).to_have_count(2)
    till.scan(NEM, NEM, NOODLES)
    till.press("F9")
    expect(page.locator("#amount")).to_be_focused()
    till.type("100000")
    till.press("Enter")
    expect(page.locator(".payment-sums")).to_contain_text("100.000 ₫")

    machine.cut_the_power()
    till.press("Enter")  # the clerk presses on; nobody is there
    expect(page.locator("html")).to_have_attribute("data-connection", "lost")
    expect(page.locator(".connection-lost")).to_be_visible()
    assert ask(machine.folder, "SELECT count(*) FROM sales") == [(0,)]
    machine.switch_on()
    page.goto(f"{till.address}till")

    expect(till.lines).to_have_count(2)
    expect(page.locator(".till-count")).to_contain_text("2 dòng · 3 món")
    expect(page.locator(".till-taken")).to_contain_text("100.000 ₫")
    expect(page.locator("button.till-tab")).to_contain_text("chi non do")

    till.press("F9")
    expect(page.locator("#amount")).to_be_focused()
    till.press("Enter")
    expect(page.locator(".sold")).to_contain_text("Biên lai số 1")
    assert ask(machine.folder, "SELECT count(*) FROM sales") == [(1,)]

    machine.cut_the_power()
    verified = subprocess.run(
        [SHOP, "--data", str(machine.folder.path), "verify"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_a_scan_sent_while_the_computer_is_away_arrives_once_when_it_is_back(page: Page, machine: Machine) -> None:
    till = Counter(page, machine.switch_on(), machine.folder, Scanner(page))
    till.sign_in()
    till.open_shift()
    till.scan(NOODLES)
    machine.cut_the_power()

    till.scanner.scan(TEA)
    expect(page.locator(".connection-lost")).to_be_visible()
    machine.switch_on()
    till.settled()

    expect(till.lines).to_have_count(2)
    assert ask(machine.folder, "SELECT quantity FROM basket_lines ORDER BY n") == [(1000,), (1000,)]
