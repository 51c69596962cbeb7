"""Reads the tables of this folder: CSV, UTF-8, one heading row, days as YYYY-MM-DD, empty for none."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

FOLDER = Path(__file__).parent


class UnknownReference(LookupError):
    """A code that a table does not have."""

    def __init__(self, table: str, code: str) -> None:
        super().__init__(f"{table} has no “{code}”")


class Dated(Protocol):
    """A row that holds from its first to its last day; None is open."""

    @property
    def first_day(self) -> date | None: ...

    @property
    def last_day(self) -> date | None: ...


class Coded(Protocol):
    """A row that is called by a code."""

    @property
    def code(self) -> str:
        """What calls it."""


D = TypeVar("D", bound=Dated)
C = TypeVar("C", bound=Coded)


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table of this folder, in their order."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def day_or_none(text: str) -> date | None:
    """A day of a table; an empty cell leaves that end open."""
    return date.fromisoformat(text) if text else None


def holds_on(row: Dated, day: date) -> bool:
    """Whether a row is in force on a day; both ends belong to it."""
    begun = row.first_day is None or row.first_day <= day
    return begun and (row.last_day is None or day <= row.last_day)


def in_force(rows: tuple[D, ...], day: date) -> tuple[D, ...]:
    """The rows that hold on a day."""
    return tuple(row for row in rows if holds_on(row, day))


def with_code(table: str, rows: tuple[C, ...], code: str) -> C:
    """The row of a code; an unknown one raises UnknownReference with the table's name."""
    for row in rows:
        if row.code == code:
            return row
    raise UnknownReference(table, code)
