"""A neutral sales file: CSV in UTF-8, plain or gzipped, with a heading row and the columns below in any order.

Prices stand in a unit of 1,000 đồng: 2.55 is 2,550 đồng, as an exact decimal. A quantity below zero is goods brought
back. A line that a till cannot play is listed by its number in the file (the heading is 1) with the reason.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation, localcontext
from pathlib import Path

from core.clock import VIETNAM
from core.text import TooLong, clean

COLUMNS = ("datetime", "basket", "sku", "name", "qty", "unit_price")
GZIP = b"\x1f\x8b"
PRICE_UNIT = 1_000
LARGEST = 10**15  # thousandths, or đồng of a line: far below the journal's 2^53 - 1
MOST_DIGITS = 20
EXACT_DIGITS = 100  # more than two such numbers have when they are multiplied
_LONGEST = {"basket": 100, "sku": 80, "name": 200}


class NotASalesFile(ValueError):
    """The file cannot be read as a neutral sales file; nothing of it was played."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of the file; `thousandths` below zero is goods brought back, `price` is whole đồng for one unit."""

    number: int
    at: datetime
    basket: str
    sku: str
    name: str
    thousandths: int
    price: int

    @property
    def day(self) -> date:
        """The business day in Viet Nam: the file's times are local."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line that is not played: where it stands, what it says, and why a till cannot ring it up."""

    number: int
    day: date
    basket: str
    sku: str
    thousandths: Decimal
    value: Decimal
    why: str

    def told(self) -> dict[str, object]:
        """As the report says it; what is no whole number stays exact as text."""
        numbers = {"quantity_thousandths": self.thousandths, "value_dong": self.value}
        exact = {name: int(one) if one == int(one) else str(one) for name, one in numbers.items()}
        return {"line": self.number, "day": self.day.isoformat(), "basket": self.basket, "sku": self.sku, **exact,
                "why": self.why}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SalesFile:
    """All lines of a file. `digest` names its content, whatever the order of lines and columns or the packing."""

    digest: str
    played: tuple[FileLine, ...]
    listed: tuple[ListedLine, ...]

    @property
    def days(self) -> list[date]:
        """The days that have lines; prices, tax classes and bases of the replay hold from the first."""
        return sorted({line.day for line in self.played} | {line.day for line in self.listed})


def read_sales_file(path: Path) -> SalesFile:
    """Read a file whole; NotASalesFile, with the line, for what has no day or no number to be added up."""
    played: list[FileLine] = []
    listed: list[ListedLine] = []
    rows = list(_rows(path))
    if not rows:
        raise NotASalesFile(f"{path.name} holds no lines")
    with localcontext(prec=EXACT_DIGITS):
        for number, row in rows:
            line = _read_line(number, row)
            if isinstance(line, FileLine):
                played.append(line)
            else:
                listed.append(line)
    return SalesFile(_digest(row for _, row in rows), tuple(played), tuple(listed))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their numbers; of a row only the columns that are asked for."""
    with _opened(path) as text:
        reader = csv.DictReader(text, strict=True)
        try:
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise NotASalesFile(f"{path.name} has no column {', '.join(missing)}")
            for row in reader:
                yield reader.line_num, {name: row[name] or "" for name in COLUMNS}
        except (csv.Error, UnicodeDecodeError, EOFError, gzip.BadGzipFile) as trouble:
            raise NotASalesFile(f"{path.name}, after line {reader.line_num}: {trouble}") from trouble


def _opened(path: Path) -> io.TextIOWrapper:
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    return io.TextIOWrapper(gzip.open(path) if packed else path.open("rb"), encoding="utf-8-sig", newline="")


def _digest(rows: Iterable[dict[str, str]]) -> str:
    """A name for what the rows say, in whatever order they stand."""
    told = sorted(json.dumps([row[name] for name in COLUMNS]) for row in rows)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def _read_line(number: int, row: dict[str, str]) -> FileLine | ListedLine:
    at = _time(number, row["datetime"])
    basket, sku = (_text(number, column, row[column]) for column in ("basket", "sku"))
    name = clean(row["name"][: _LONGEST["name"]])  # what an article is called tells no two apart
    if not basket:
        raise NotASalesFile(f"line {number} names no basket")
    quantity, price = _number(number, "qty", row["qty"]), _number(number, "unit_price", row["unit_price"] or "0")
    thousandths, unit_price = quantity * 1000, price * PRICE_UNIT
    why = _why_not(row["unit_price"], thousandths, unit_price)
    if why:
        return ListedLine(number, at.date(), basket, sku, thousandths, quantity * unit_price, why)
    return FileLine(number, at, basket, sku, name, int(thousandths), int(unit_price))


def _why_not(price_cell: str, thousandths: Decimal, price: Decimal) -> str:
    """Why a till does not ring a line up, the first reason of several; empty when it does."""
    reasons = {
        "no price": not price_cell.strip(),
        "price 0": price == 0,
        "price below 0": price < 0,
        "quantity 0": thousandths == 0,
        "too large": max(abs(thousandths), price, abs(thousandths * price / 1000)) > LARGEST,
        "quantity finer than a thousandth": thousandths % 1,
        "price finer than a đồng": price % 1,
        "value finer than a đồng": thousandths * price % 1000,
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _time(number: int, text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise NotASalesFile(f"line {number}: {text[:40]!r} is no time") from None
    return at.astimezone(VIETNAM) if at.tzinfo else at.replace(tzinfo=VIETNAM)


def _number(number: int, column: str, text: str) -> Decimal:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or len(value.as_tuple().digits) > MOST_DIGITS or abs(value.adjusted()) > MOST_DIGITS:
        raise NotASalesFile(f"line {number}: {text[:40]!r} is no {column}")
    return value


def _text(number: int, column: str, text: str) -> str:
    """Cleaned as at the door of the shop, so that what looks alike is one basket and one article."""
    try:
        return clean(text, limit=_LONGEST[column])
    except TooLong as trouble:
        raise NotASalesFile(f"line {number}, {column}: {trouble}") from trouble
