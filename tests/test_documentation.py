"""What the documents promise, held to the code."""

from __future__ import annotations

import re

import pytest

from tests.house.source import ROOT, Source, read_project


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def wanted() -> list[str]:
    """The libraries we ask for ourselves, without their extras."""
    lines = [line for name in ("requirements.in", "requirements-dev.in") for line in text(name).splitlines()]
    return [re.split(r"[\[=]", line)[0] for line in lines if line and not line.startswith(("#", "-"))]


def locked() -> dict[str, str]:
    locks = text("requirements.lock") + text("requirements-dev.lock")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", locks, re.MULTILINE))


@pytest.mark.parametrize("library", wanted())
def test_each_library_has_its_reason_and_its_version_in_the_documents(library: str) -> None:
    rows = [row for row in text("docs/dependencies.md").splitlines() if row.startswith("|")]

    assert any(library.lower() in row.lower() and locked()[library] in row for row in rows), library


def test_each_locked_library_carries_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        entries = re.split(r"\n(?=\S)", text(name))
        assert all("--hash=sha256:" in entry for entry in entries if "==" in entry), name


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_commands_that_are_named_exist(name: str) -> None:
    named = set(re.findall(r"`make ([a-z-]+)`|^\s*make ([a-z-]+)", text(name), re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))

    assert named
    assert {one or other for one, other in named} <= targets


def test_the_files_that_are_named_exist() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        paths = re.findall(r"\]\(([\w./-]+)\)", text(name))
        missing = [path for path in paths if not (ROOT / path).exists()]
        assert not missing, f"{name} names {missing}"


def decisions() -> set[int]:
    return {int(number) for number in re.findall(r"^(\d+)\. \*\*", text("docs/decisions.md"), re.MULTILINE)}


def test_decisions_are_numbered_without_a_gap() -> None:
    assert decisions() == set(range(1, len(decisions()) + 1))


def named_decisions(source: Source) -> set[int]:
    return {int(number) for number in re.findall(r"docs/decisions\.md, (\d+)", source.text)}


def test_a_decision_that_the_code_names_exists() -> None:
    assert {number for source in read_project(".py") for number in named_decisions(source)} <= decisions()


def test_every_word_of_the_glossary_has_its_vietnamese() -> None:
    rows = [row.split("|") for row in text("docs/glossary.md").splitlines() if row.startswith("| ")]

    assert rows
    assert all(len(row) == 5 and all(cell.strip() for cell in row[1:4]) for row in rows)
