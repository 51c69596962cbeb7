"""A shop with damaged files stays closed, says so, keeps a copy, and writes nothing to what is damaged."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from config.settings import load_settings
from core.free_space import MEGABYTE
from core.i18n import use
from pos.cli import main as command
from pos.closed_shop import copy_aside as copying
from pos.closed_shop.app import create_closed_shop
from pos.closed_shop.copy_aside import copy_aside
from pos.data_folder import DataFolder
from pos.start_up_check import DamagedShop, look_over
from tests.factories import Shop, open_shift, opened, shop_settings

ROOT = Path(__file__).parents[2]
RUN = "from pos.cli import main; main()"


@pytest.fixture
def damaged(folder: DataFolder) -> DamagedShop:
    """A shop whose database lost its end."""
    with opened(folder, shop_settings()) as app:
        open_shift(Shop(app, folder))
    with folder.head_log.open("ab") as file:
        file.write(b"0 999 " + b"a" * 64 + b"\n")
    found = look_over(folder)
    assert found is not None
    return DamagedShop(found, folder)


@pytest.fixture
def till(damaged: DamagedShop) -> FlaskClient:
    app = create_closed_shop(damaged, load_settings(None))
    app.testing = True
    return app.test_client()


def state(folder: DataFolder) -> dict[str, tuple[bytes, int]]:
    """Every file of the shop, with its content and when it was written."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.path.iterdir() if path.is_file()}


@pytest.mark.parametrize("address", ["/", "/till", "/foot", "/sign-in", "/receipts/1"])
def test_every_address_shows_the_one_page(till: FlaskClient, address: str) -> None:
    answer = till.get(address)

    assert answer.status_code == 503
    assert "Cửa hàng tạm đóng: dữ liệu bị hỏng" in answer.text
    assert "Phần cuối của sổ bị mất" in answer.text
    assert "restore" in answer.text
    assert "cut@" in answer.text


def test_a_sale_sent_by_an_open_till_is_not_taken(till: FlaskClient) -> None:
    assert till.post("/till/payment", data={"amount": "100000"}).status_code == 503


def test_the_page_has_its_files_and_speaks_both_languages(till: FlaskClient) -> None:
    page = till.get("/").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None

    till.post("/language", data={"language": "en", "csrf_token": token[1]})

    assert "The shop stays closed" in till.get("/").text
    for style in re.findall(r'href="(/static/[^"]+\.css[^"]*)"', page):
        with till.get(style) as file:
            assert file.status_code == 200


def test_a_copy_is_made_once_and_the_files_stay_as_they_were(till: FlaskClient, damaged: DamagedShop) -> None:
    before = state(damaged.folder)
    left = damaged.folder.set_aside / "before-restore-20261101-080000"  # no copy of what is damaged now
    left.mkdir(parents=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', till.get("/").text)
    assert token is not None

    for _ in range(2):
        assert till.post("/set-aside", data={"csrf_token": token[1]}).status_code == 303

    (made,) = set(damaged.folder.set_aside.iterdir()) - {left}
    assert {file.name for file in made.iterdir()} == {"shop.sqlite", "head.log"}
    assert (made / "head.log").read_bytes() == before["head.log"][0]
    assert (made.stat().st_mode | (made / "shop.sqlite").stat().st_mode) & 0o077 == 0
    assert str(made) in till.get("/").text
    assert state(damaged.folder) == before


def test_a_full_disk_is_told_and_no_half_copy_stays(damaged: DamagedShop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "free_bytes", lambda folder: 100 * MEGABYTE)

    with use("en"), pytest.raises(copying.NoRoomForCopy, match="USB"):
        copy_aside(damaged.folder)

    assert not damaged.folder.set_aside.exists()


@pytest.mark.parametrize("words", [["verify"], ["upgrade"], ["journal", "export", "-"]])
def test_every_command_refuses_and_changes_nothing(damaged: DamagedShop, words: list[str]) -> None:
    before = state(damaged.folder)

    answer = CliRunner().invoke(command, ["--data", str(damaged.folder.path), *words])

    assert answer.exit_code == 1
    assert "cut@" in answer.output
    assert state(damaged.folder) == before


@pytest.mark.slow
def test_the_service_stays_up_with_the_page_and_ends_with_a_code_of_its_own(damaged: DamagedShop) -> None:
    before = state(damaged.folder)
    running = subprocess.Popen(
        [sys.executable, "-c", RUN, "--data", str(damaged.folder.path), "run", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr is not None
    said = ""
    while "http://" not in said:
        said += running.stderr.readline()
        assert running.poll() is None, said
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(f"{said.split()[-1]}till", timeout=10)
    page = answer.value.read().decode()
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=30)

    assert answer.value.code == 503
    assert "Cửa hàng tạm đóng" in page
    assert "cut@" in said
    assert running.returncode == 3
    assert state(damaged.folder) == before
