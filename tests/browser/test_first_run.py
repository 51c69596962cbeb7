"""The first run: an empty folder, a browser, and a shop that somebody signs in to; the same process all the while."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pos.data_folder import DataFolder
from tests.browser.conftest import BY_HAND_MS, PATIENCE_MS, ask

ROOT = Path(__file__).parents[2]
PIN = "246813"


@dataclass
class FirstRun:
    """`shop run` on a folder without a shop."""

    folder: DataFolder
    process: subprocess.Popen[str]
    address: str


@pytest.fixture
def first_run(tmp_path) -> Iterator[FirstRun]:
    folder = DataFolder(tmp_path / "mau-son")
    command = [
        sys.executable,
        "-c",
        "from pos.cli import main; main()",
        "--data",
        str(folder.path),
        "run",
        "--port",
        "0",
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
        yield FirstRun(folder, process, address)
        process.terminate()
        assert process.wait(timeout=20) == 0  # told to end, it ends in good order


def test_a_stranger_makes_a_shop_and_is_told_what_to_do_next(page: Page, first_run: FirstRun):
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page.goto(first_run.address)

    page.keyboard.type("HTX Nông sản Mẫu Sơn")
    page.locator("[name=registers]").fill("2")
    page.keyboard.press("Enter")
    page.locator("[name=words]").press_sequentially("mau son lang")
    page.get_by_role("button", name="Xã Mẫu Sơn, Tỉnh Lạng Sơn").click()
    page.locator("[value=cooperative]").check()
    page.locator("[name=tax_code]").fill("4900000006")  # the check digit is wrong
    page.locator("[value=deduction]").check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_contain_text("4900000006")
    page.locator("[name=tax_code]").fill("")
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("[name=person]").fill("Lý Thị Sao")
    page.locator("[name=pin]").fill(PIN)
    page.locator("[name=pin_again]").fill("246814")
    page.get_by_role("button", name="Lập cửa hàng này").click()
    expect(page.get_by_role("alert")).to_contain_text("không giống nhau")
    page.locator("[name=pin]").fill(PIN)
    page.locator("[name=pin_again]").fill(PIN)
    page.get_by_role("button", name="Lập cửa hàng này").dblclick()

    expect(page.locator("[data-pin]")).to_be_visible()
    assert page.url.startswith(first_run.address)
    page.keyboard.type(PIN, delay=BY_HAND_MS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Những việc đầu tiên")).to_be_visible()
    assert ask(first_run.folder, "SELECT name FROM staff") == [("Lý Thị Sao",)]
    assert ask(first_run.folder, "SELECT count(*) FROM registers") == [(2,)]
    assert [file.name for file in first_run.folder.path.glob(".ma*")] == []
