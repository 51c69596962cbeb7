"""Each fault scenario that others collected is played somewhere, or waits for what it needs; none is forgotten."""

from __future__ import annotations

from pathlib import Path

from tests.shared_cases import PROJECT, shared_json

PLAYED = {
    "F01": ("tests/faults/test_killed_at_each_write.py", "tests/faults/test_power_cut.py"),
    "F03": ("tests/printers/test_scripted_faults.py", "tests/printers/test_killed.py"),
    "F25": (
        "tests/pos/invoice/test_all_services_down.py",
        "tests/pos/invoice/test_sending.py",
        "tests/pos/invoice/test_on_receipt.py",
    ),
    "F05": ("tests/faults/test_turned_clock.py", "tests/core/journal/test_selling_day.py"),
}
IN_PART = {
    "F07": "its half without a hub: tests/pos/test_two_hands_at_once.py presses one form eight times at once",
    "F19": "its half without a hub: tests/pos/test_upgrade.py kills the upgrade at each step",
}
NEEDS_A_HUB = {"F07", "F09", "F11", "F13", "F15", "F17", "F19", "F21"}
NEEDS_RETURNS = {"F23"}


def test_every_scenario_is_played_or_waits() -> None:
    told = shared_json("cases/faults/fault_scenarios.json", cases=13)
    known = PLAYED.keys() | IN_PART.keys() | NEEDS_A_HUB | NEEDS_RETURNS

    assert {one["id"] for one in told["scenarios"]} == known


def test_what_plays_them_is_there() -> None:
    files = [Path(PROJECT / name) for names in PLAYED.values() for name in names]

    assert [file for file in files if not file.exists()] == []
