"""The independent cases: our copies are faithful, and a skip is never silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import shared_cases
from tests.shared_cases import Ledger, shared, vector

COPIES = sorted(shared_cases.VECTORS.glob("*.json"))


@pytest.mark.parametrize("copy", COPIES, ids=lambda path: path.stem)
def test_our_copy_of_a_vector_is_the_original(copy: Path) -> None:
    original = shared(f"vectors/{copy.name}")

    assert copy.read_bytes() == original.read_bytes()


def test_every_original_vector_has_been_copied() -> None:
    originals = {path.name for path in shared("vectors").glob("*.json")}

    assert {path.name for path in COPIES} == originals


def test_a_vector_says_where_it_comes_from() -> None:
    assert all({"about", "source"} & set(vector(copy.stem)) for copy in COPIES)


def test_without_the_folder_a_test_is_skipped_and_its_cases_are_counted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shared_cases, "SHARED", tmp_path / "absent")
    monkeypatch.setattr(shared_cases, "ledger", Ledger())

    with pytest.raises(pytest.skip.Exception):
        shared("cases/gs1/check_digits.json", cases=178)

    assert shared_cases.summary()[0].startswith("178 independent cases were not run")


def test_with_the_folder_the_skip_of_such_a_test_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shared_cases, "SHARED", tmp_path)
    monkeypatch.setattr(shared_cases, "ledger", Ledger())
    shared("")

    own_name = "test_with_the_folder_the_skip_of_such_a_test_is_a_failure"

    assert shared_cases.must_not_skip(f"tests/test_shared_cases.py::{own_name}")
    assert not shared_cases.must_not_skip("tests/test_shared_cases.py::another_test")
