"""What we stand on, and known weak spots in what we wrote: the lock, the licences, the bill of materials, bandit."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.house.bill_of_materials import COPIED_IN, FILE, bill, component
from tests.house.licences import ACCEPTED, licence_of, locked, parts
from tests.house.source import ROOT, read_project

SHOP, TESTS = "requirements.lock", "requirements-dev.lock"


def wanted() -> list[str]:
    """The libraries we ask for ourselves."""
    lines = [
        line for name in ("requirements.in", "requirements-dev.in") for line in (ROOT / name).read_text().split("\n")
    ]
    return [re.split(r"[\[=]", line)[0] for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize("library", sorted({*locked(SHOP), *locked(TESTS)}))
def test_each_library_comes_under_a_licence_that_we_may_use(library: str) -> None:
    assert parts(licence_of(library)) <= ACCEPTED, licence_of(library)


def test_each_library_we_ask_for_is_listed_with_the_licence_its_metadata_names() -> None:
    rows = [row.lower() for row in (ROOT / "docs/dependencies.md").read_text().splitlines() if row.startswith("|")]
    wrong = [
        f"{library}: {licence_of(library)}"
        for library in wanted()
        if not any(library.lower() in row and names(row, licence_of(library)) for row in rows)
    ]

    assert wrong == []


def names(row: str, licence: str) -> bool:
    """Whether a row of the document names this licence; "only" is not written there."""
    return all(one.removesuffix("-only").lower() in row for one in parts(licence))


def test_what_they_bring_along_is_named_too() -> None:
    said = (ROOT / "docs/dependencies.md").read_text().lower().replace("_", "-")

    assert [library for library in locked(SHOP) if library.replace(".", "-") not in said.replace(".", "-")] == []


@pytest.mark.full
def test_the_bill_of_materials_is_what_its_command_writes() -> None:
    assert FILE.read_text(encoding="utf-8") == bill(), "type: bin/bill-of-materials"


def test_the_bill_is_whole_and_well_formed_and_names_no_place() -> None:
    text = FILE.read_text(encoding="utf-8")
    entries = json.loads(text)["components"]
    listed = {(one["name"], one["version"]) for one in entries}

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert listed == {*locked(SHOP).items(), *((name, version) for name, version, _ in COPIED_IN)}, (
        "bin/bill-of-materials"
    )
    assert all(
        one["licenses"] == component("", "", licence_of(one["name"]))["licenses"] for one in entries if "purl" in one
    )
    assert re.findall(r"\w+://[^\"]*", text) == ["http://cyclonedx.org/schema/bom-1.6.schema.json"]
    assert str(ROOT) not in text


def test_what_was_copied_in_has_the_versions_of_its_notes() -> None:
    notes = (ROOT / "core/web/static/VENDOR.md").read_text() + (ROOT / "printers/fonts/README.md").read_text()

    for name, version, _ in COPIED_IN:
        assert re.search(rf"{name}\b.*\b{re.escape(version)}", notes), name


@pytest.mark.slow
def test_bandit_finds_no_weak_spot_of_medium_weight() -> None:
    done = subprocess.run(["bin/weak-spots"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


def test_bandit_sees_a_planted_weak_spot(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("import subprocess\nsubprocess.run(input(), shell=True)\n")
    bandit = (ROOT / "bin/weak-spots").read_text().splitlines()[-1].removeprefix("exec ")
    command = [part for part in bandit.split(" config ")[0].split() if part != "--recursive"]

    done = subprocess.run([*command, str(planted)], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "shell=True" in done.stdout


def test_each_line_that_bandit_passes_over_says_which_rule_and_why() -> None:
    for source in read_project(".py"):
        lines = source.text.splitlines()
        for number, line in enumerate(lines):
            if source.is_ours and "# nosec" in line:
                assert re.search(r"# nosec B\d{3}\b", line), source.says(number + 1, "which rule?")
                assert re.search(r"# nosec B\d{3} \(", line) or lines[number - 1].strip().startswith("#"), "why?"
