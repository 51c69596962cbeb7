"""Work in a process of its own: its answer comes back whole, or none does."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.child_process import ask_child

PIPE_HOLDS = 64 * 1024


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that the child finds; it is written by the test."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "answering.py"


def test_an_answer_larger_than_a_pipe_comes_back_whole(module: Path) -> None:
    module.write_text(f"import sys; sys.stdout.write(sys.stdin.read() * {4 * PIPE_HOLDS})")
    looks = iter([False, False, True])  # one that waits for the child to end before it reads would be ended here

    answer = ask_child("answering", "x", is_stopping=lambda: next(looks, True))

    assert answer == "x" * (4 * PIPE_HOLDS)


@pytest.mark.parametrize("does", ["import sys; sys.exit(1)", "raise ValueError", "import os; os.abort()"])
def test_a_child_that_fails_has_no_answer(module: Path, does: str) -> None:
    module.write_text(f"print('half'); {does}" if does.startswith("import") else f"print('half')\n{does}")

    assert ask_child("answering", "x") is None


def test_a_child_that_reads_nothing_is_no_trouble(module: Path) -> None:
    module.write_text("print('done')")

    assert ask_child("answering", "x" * (4 * PIPE_HOLDS)) == "done\n"
