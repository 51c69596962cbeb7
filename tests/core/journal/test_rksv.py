"""Austria's official receipt sequences, played as a journal: totals as their counter, outages as theirs.

A receipt is a sale, its cancellation a refund, practice is TRAINING. Start and zero receipts have no counterpart
here: the first record is GENESIS, and a signed OUTAGE ends a time without the signing device.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from core.database import transaction
from core.journal.chain import head, write_record
from core.journal.record import Kind
from core.journal.seal import current_terminal
from tests.core.journal.story import is_whole, records, write
from tests.shared_cases import shared_json


def play(receipt: dict[str, Any]) -> None:
    """One receipt; what its signing device could not do, our key cannot."""
    cents = sum(receipt["cents_by_tax_set"].values())
    if receipt["type"] == "TRAINING_BELEG":
        write(Kind.TRAINING, total=abs(cents))
    elif cents < 0:
        write(Kind.REFUND, lines=[], slips=[], total=-cents)
    elif receipt["type"] in ("STANDARD_BELEG", "STORNO_BELEG") and cents:
        with transaction():
            write_record(Kind.SALE, {"lines": [], "slips": [], "total": cents}, by=None)
    else:
        write(n=0)


@pytest.mark.parametrize("number", [1, 3, 5, 7])
def test_the_official_sequence_gives_its_counter_and_its_outages(core_app: Flask, tmp_path: Path, number: int) -> None:
    told = shared_json(f"cases/faults/rksv_scenario_{number}.json")
    key, away, terminal = tmp_path / "terminal.key", tmp_path / "away", current_terminal()
    write(n=0)
    outages, down = 0, False
    for receipt in told["receipts"]:
        if receipt["signing_device_down"] != down:
            down = receipt["signing_device_down"]
            key.rename(away) if down else away.rename(key)
            terminal.key = None
            outages += down
        play(receipt)
        newest = head()
        assert newest is not None
        assert (newest.gross - newest.refunded).dong == receipt["turnover_counter_after_cents"], receipt["number"]
        assert (newest.sig is None) == down

    closed = [record["body"] for record in records() if record["typ"] == "OUTAGE"]
    assert len(told["receipts"]) == told["expected"]["receipts"]
    assert len(closed) == outages - down
    assert sum(one["last"] - one["first"] + 1 for one in closed) == told["expected"]["during_outage"]
    assert is_whole()
