"""Baskets, goods and value by business day and by month: of the journal, of the listed lines, of the whole file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from bench.replay.sales_file import SalesFile
from core.journal.export import read_export
from core.journal.record import Kind

Sums = dict[str, dict[str, dict[str, Any]]]
Number = int | Decimal
_SIGNS = {Kind.SALE: 1, Kind.REFUND: -1}


class Counted(NamedTuple):
    """What counts: on which day, in which basket, how much; what was brought back stands below zero."""

    day: str
    basket: str
    thousandths: Number
    dong: Number


def sums_of_journal(export: Iterable[str], digest: str) -> Sums:
    """Sales less refunds of one file's baskets, from the lines of `shop journal export`."""
    return sums_of(_in_journal(export, digest))


def _in_journal(export: Iterable[str], digest: str) -> Iterator[Counted]:
    for sealed in read_export(export):
        record = json.loads(sealed.text)
        sign, body = _SIGNS.get(record["typ"]), record["body"]
        if sign is not None:
            of_file, day, basket = body["key"].split(" ", 2)
            assert day == body["day"], body["key"]
            if of_file == digest:
                quantity = sum(line["qty"] for line in body["lines"])
                yield Counted(day, basket, sign * quantity, sign * body["total"])


def sums_of_file(file: SalesFile) -> Sums:
    """What the lines of the file say, played or not: only to hold the journal against."""
    return sums_of((*_played(file), *_listed(file)))


def sums_of_listed(file: SalesFile) -> Sums:
    """What the listed lines leave to the sums of the file. A basket counts here when nothing of it was played."""
    sums = sums_of(_listed(file))
    whole, played = sums_of_file(file), sums_of(_played(file))
    for stretch, of_stretch in sums.items():
        for name, one in of_stretch.items():
            one["baskets"] = whole[stretch][name]["baskets"] - played[stretch].get(name, _NOTHING)["baskets"]
    return sums


def _played(file: SalesFile) -> Iterator[Counted]:
    for line in file.played:
        value = Decimal(line.thousandths) * line.price / 1000
        yield Counted(line.day.isoformat(), line.basket, line.thousandths, value)


def _listed(file: SalesFile) -> Iterator[Counted]:
    return (Counted(line.day.isoformat(), line.basket, line.thousandths, line.value) for line in file.listed)


def sums_of(counted: Iterable[Counted]) -> Sums:
    """Added up by day and by month, in order; a basket of two days is one basket of its month."""
    found: dict[str, dict[str, list[Counted]]] = {"per_day": {}, "per_month": {}}
    for one in counted:
        found["per_day"].setdefault(one.day, []).append(one)
        found["per_month"].setdefault(one.day[:7], []).append(one)
    return {stretch: {name: _sum(ones[name]) for name in sorted(ones)} for stretch, ones in found.items()}


def _sum(counted: list[Counted]) -> dict[str, Any]:
    return {
        "baskets": len({one.basket for one in counted}),
        "quantity_thousandths": plain(sum(one.thousandths for one in counted)),
        "value_dong": plain(sum(one.dong for one in counted)),
    }


def added(one: Sums, other: Sums) -> Sums:
    """Two sums that have no basket in common, as one."""
    return {
        stretch: {
            name: _added(one[stretch].get(name, _NOTHING), other[stretch].get(name, _NOTHING))
            for name in sorted(one[stretch].keys() | other[stretch].keys())
        }
        for stretch in ("per_day", "per_month")
    }


def _added(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(Decimal(one[name]) + Decimal(other[name])) for name in _NOTHING}


_NOTHING = {"baskets": 0, "quantity_thousandths": 0, "value_dong": 0}


def plain(number: Number) -> int | str:
    """A number as JSON keeps it exactly: a whole one, else the text of its decimals."""
    if isinstance(number, Decimal) and number % 1:
        return str(number.normalize())
    return int(number)
