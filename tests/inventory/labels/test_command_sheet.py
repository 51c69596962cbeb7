"""The sheet of command barcodes: every one reads back, none means goods, and the script knows exactly these."""

from __future__ import annotations

import re
from pathlib import Path

import core.web
from inventory.labels.command_sheet import COMMANDS, command_sheet, number_of
from tests.pdf_reader import pictures_of
from tests.printers.labels.readers import by_zbar, by_zxing

SCRIPT = Path(core.web.__file__).parent / "static" / "scan_command.js"


def test_every_command_reads_back_from_the_sheet(shop):
    (picture,) = pictures_of(command_sheet(author="Điểm OCOP Chi Lăng"))

    assert by_zxing(picture) == by_zbar(picture) == {number_of(command) for command, _ in COMMANDS}


def test_the_script_knows_exactly_these():
    script = SCRIPT.read_text()
    named = set(re.findall(r'\["(\d{3})"', script))
    digits = {f"10{digit}" for digit in range(10)} if "ACTS.set(`10${digit}`" in script else set()

    assert named | digits == {command for command, _ in COMMANDS}
    assert all(re.fullmatch(r"0990\d{3}\d", number_of(command)) for command, _ in COMMANDS)
