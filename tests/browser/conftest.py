"""The demo shop at work, a browser in front of it, and hands: a clerk who types and a scanner that types faster."""

from __future__ import annotations

import os
import re
import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pysqlite3
import pytest
from PIL import Image, ImageChops, ImageOps
from playwright.sync_api import Locator, Page, expect

from config.settings import load_settings
from inventory.catalogue.product_number import check_digit
from pos.data_folder import DataFolder
from pos.demo_shop import demo_log_ins, make_demo_shop
from pos.running import RunningShop, running_shop
from printers.virtual_printer import VirtualPrinter
from tests.core.web.wedge import Scanner

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
BY_HAND_MS = 80  # between two keys of a person
PATIENCE_MS = 15_000

# Goods of the demo that anybody may buy on any day.
NOODLES, TEA, NEM = "8930000000590", "8930000000132", "8930000000071"
WITHOUT_PAPERS, ONLY_AN_EXPIRED_LOT = "8930000000453", "8930000000736"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """The demo shop as its first start makes it; made once and copied."""
    folder = DataFolder(tmp_path_factory.mktemp("demo") / "shop")
    make_demo_shop(folder)
    return folder


@pytest.fixture
def demo_folder(demo: DataFolder, tmp_path: Path) -> DataFolder:
    """A demo shop of the test's own."""
    shutil.copytree(demo.path, tmp_path / "shop")
    return DataFolder(tmp_path / "shop")


def ask(folder: DataFolder, question: str, *values: object) -> list[tuple[Any, ...]]:
    """What the shop's database says, asked beside the shop."""
    with closing(pysqlite3.connect(f"file:{folder.database}?mode=ro", uri=True)) as database:
        return database.execute(question, values).fetchall()


def pin_of(role: str) -> str:
    return next(person.pin for person in demo_log_ins() if person.role == role)


def place_of(role: str) -> int:
    """Which tile of the sign-in page a role's person has."""
    return 1 + next(place for place, person in enumerate(demo_log_ins()) if person.role == role)


def scale_label(item: str, grams: int) -> str:
    """What the shop's scale prints: 26, the item, the grams, a check digit."""
    digits = f"26{item:0>5}{grams:05d}"
    return digits + str(check_digit(digits))


@dataclass
class Counter:
    """A clerk at the counter of a shop: page, scanner, and the shop behind it."""

    page: Page
    address: str
    folder: DataFolder
    scanner: Scanner

    def sign_in(self, role: str = "clerk") -> None:
        """Name by its key, then the PIN."""
        self.page.goto(f"{self.address}sign-in")
        self.press(f"F{1 + place_of(role)}")
        self.type(pin_of(role))
        self.page.wait_for_url(lambda address: "sign-in" not in address)

    def open_shift(self, amount: str = "500000") -> None:
        """From the page that the till leads to, with a float."""
        expect(self.page.locator("[name=amount]")).to_be_focused()
        self.type(amount)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#code")).to_be_focused()
        self.page.wait_for_load_state()

    def begin(self, role: str = "clerk") -> None:
        """Signed in at once and in front of the first page: typing name and PIN takes a person two seconds."""
        staff = ask(self.folder, "SELECT id FROM staff WHERE role = ? ORDER BY id", role)[0][0]
        self.send("sign-in", "sign-in", staff=str(staff), pin=pin_of(role))
        self.page.goto(self.address)

    def begin_shift(self, amount: str = "500000") -> None:
        """With an open shift and at the till at once."""
        self.send("shift", "shift/opening", amount=amount)
        self.page.goto(f"{self.address}till")
        expect(self.page.locator("#code")).to_be_focused()

    def send(self, page: str, target: str, **fields: str) -> None:
        """Send a form of a page as the browser would, without typing."""
        browser = self.page.context.request
        token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(self.address + page).text())
        assert token, f"no form on {page}"
        form = {**fields, "csrf_token": token[1], "key": str(uuid.uuid4())}
        answer = browser.post(self.address + target, form=form)
        assert answer.ok, answer.text()

    def type(self, text: str) -> None:
        """As a person types."""
        self.page.wait_for_timeout(BY_HAND_MS)
        self.page.keyboard.type(text, delay=BY_HAND_MS)

    def press(self, *keys: str) -> None:
        """One key after the other; what comes faster than fingers can is taken for a scanner's."""
        for key in keys:
            self.page.wait_for_timeout(BY_HAND_MS)
            self.page.keyboard.press(key)

    def scan(self, *codes: str) -> None:
        """As a scanner does, waiting until the basket is redrawn."""
        for code in codes:
            self.scanner.scan(code)
        self.settled()

    def settled(self) -> None:
        """Wait until no scan is on the way."""
        expect(self.page.locator("html:not([data-scans]):not([data-burst])")).to_be_attached(timeout=60_000)

    @property
    def lines(self) -> Locator:
        return self.page.locator(".basket-line")

    @property
    def panel(self) -> Locator:
        return self.page.locator("[data-panel]")

    @property
    def message(self) -> Locator:
        """The refusal that came last."""
        return self.page.locator("#messages .message").first

    def picture(self, name: str) -> None:
        """Keep what the screen shows under docs/pictures/; only when PICTURES=1 asks for it."""
        if os.environ.get("PICTURES") == "1":
            self.page.wait_for_timeout(300)
            self.page.screenshot(path=PICTURES / f"{name}.png", caret="initial")


@pytest.fixture
def at_work(demo_folder: DataFolder) -> Iterator[RunningShop]:
    """The demo shop in the test's own process: pages, print worker and its printer made of software."""
    settings = load_settings(demo_folder.path, {"server": {"port": 0}})
    with running_shop(demo_folder, settings) as shop:
        thread = threading.Thread(target=shop.server.serve)
        thread.start()
        yield shop
        shop.server.stop()
        thread.join()


@pytest.fixture
def printer(at_work: RunningShop) -> VirtualPrinter:
    """The printer that receipts come out of."""
    return next(iter(at_work.virtual.values()))


@pytest.fixture
def counter(page: Page, at_work: RunningShop, demo_folder: DataFolder) -> Counter:
    """A clerk signed in, in front of the page that opens a shift."""
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    counter = Counter(page, at_work.address, demo_folder, Scanner(page))
    counter.begin()
    return counter


@pytest.fixture
def till(counter: Counter) -> Counter:
    """The same with an open shift, at the till."""
    counter.begin_shift()
    return counter


def keep_paper(picture: Image.Image, name: str) -> None:
    """Keep a printed paper under docs/pictures/; only when PICTURES=1 asks for it."""
    if os.environ.get("PICTURES") == "1":
        printed = picture.convert("L")
        _, top, _, bottom = ImageChops.invert(printed).getbbox() or (0, 0, *printed.size)
        paper = ImageOps.expand(printed.crop((0, top, printed.width, bottom)), border=20, fill=255)
        paper.save(PICTURES / f"{name}.png", optimize=True)
