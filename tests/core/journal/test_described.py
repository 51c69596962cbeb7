"""docs/journal.md describes every kind of record that something writes."""

from __future__ import annotations

import re

import pytest

from tests.house.source import ROOT

WRITES = re.compile(r"\b(?:write_record|_append)\((?:[^,\n]+, )?Kind\.([A-Z_]+)")
ROOMS = ("core", "inventory", "printers", "signage_assets", "pos")


def written_kinds() -> set[str]:
    return {
        kind
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for kind in WRITES.findall(path.read_text(encoding="utf-8"))
    }


def headings() -> set[str]:
    text = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
    return {
        kind for line in re.findall(r"^#{2,4} (.*)$", text, re.MULTILINE) for kind in re.findall(r"[A-Z_]{4,}", line)
    }


@pytest.mark.parametrize("kind", sorted(written_kinds()))
def test_a_kind_that_is_written_has_a_section(kind: str) -> None:
    assert kind in headings()


def test_the_search_finds_what_is_written() -> None:
    assert {"GENESIS", "STAFF", "SALE", "PRINT", "PRICE"} <= written_kinds()
