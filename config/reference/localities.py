"""Localities of today: 34 provinces and their communes since 1 July 2025, each known by an id of our own.

State codes are attributes: lists that circulate differ in them. Names are never keys: they repeat and are spelled
in more than one way. A change of name or kind is a second row with the same id and its own days.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from config.reference.table import UnknownReference, day_or_none, holds_on, in_force, read_table

_Row = TypeVar("_Row", "Province", "Commune")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Province:
    """A province or city under the central government, as it is called between two days."""

    id: str
    kind: str
    name: str
    state_code: str
    first_day: date | None
    last_day: date | None

    @property
    def full_name(self) -> str:
        """Kind and name: Tỉnh Lạng Sơn."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone, as it is called between two days."""

    id: str
    province_id: str
    kind: str
    name: str
    state_code: str
    first_day: date | None
    last_day: date | None

    @property
    def full_name(self) -> str:
        """Kind and name: Xã Chi Lăng."""
        return f"{self.kind} {self.name}"


@functools.cache
def all_provinces() -> tuple[Province, ...]:
    """Every row of the provinces."""
    return tuple(
        Province(
            id=row["id"],
            kind=row["kind"],
            name=row["name"],
            state_code=row["state_code"],
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
        )
        for row in read_table("provinces")
    )


@functools.cache
def all_communes() -> tuple[Commune, ...]:
    """Every row of the communes."""
    return tuple(
        Commune(
            id=row["id"],
            province_id=row["province_id"],
            kind=row["kind"],
            name=row["name"],
            state_code=row["state_code"],
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
        )
        for row in read_table("communes")
    )


def provinces_on(day: date) -> tuple[Province, ...]:
    """The provinces of a day; none before 1 July 2025 (see old_localities)."""
    return in_force(all_provinces(), day)


def communes_on(day: date, province_id: str) -> tuple[Commune, ...]:
    """The communes of a province on a day."""
    return tuple(one for one in in_force(all_communes(), day) if one.province_id == province_id)


def province(province_id: str, day: date | None = None) -> Province:
    """A province by our id, as it is called on a day, else as it is called last."""
    return _by_id(_provinces_by_id(), province_id, day, "provinces")


def commune(commune_id: str, day: date | None = None) -> Commune:
    """A commune by our id, as it is called on a day, else as it is called last."""
    return _by_id(_communes_by_id(), commune_id, day, "communes")


def address_line(commune_id: str, day: date | None = None) -> str:
    """Commune and province as papers write them: "Xã Chi Lăng, Tỉnh Lạng Sơn"."""
    place = commune(commune_id, day)
    return f"{place.full_name}, {province(place.province_id, day).full_name}"


def communes_named(name: str, day: date, province_name: str | None = None) -> tuple[Commune, ...]:
    """The communes that a written name may mean on a day, with or without its kind; often more than one.

    Both ways of placing a tone are understood (Hòa, Hoà).
    """
    wanted = _communes_by_name().get(same_name(name), ())
    found = in_force(wanted, day)
    if province_name is None:
        return found
    asked = same_name(province_name)
    places = {one.id for one in provinces_on(day) if asked in (same_name(one.name), same_name(one.full_name))}
    return tuple(one for one in found if one.province_id in places)


def same_name(name: str) -> str:
    """A key under which two spellings of one name meet: small letters, each word's tone moved to its end."""
    return " ".join(_tone_last(word) for word in unicodedata.normalize("NFC", name).casefold().split())


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(c for c in letters if c in _TONES)
    return "".join(c for c in letters if c not in _TONES) + tone


@functools.cache
def _provinces_by_id() -> dict[str, tuple[Province, ...]]:
    found: dict[str, tuple[Province, ...]] = {}
    for one in all_provinces():
        found[one.id] = (*found.get(one.id, ()), one)
    return found


@functools.cache
def _communes_by_id() -> dict[str, tuple[Commune, ...]]:
    found: dict[str, tuple[Commune, ...]] = {}
    for one in all_communes():
        found[one.id] = (*found.get(one.id, ()), one)
    return found


@functools.cache
def _communes_by_name() -> dict[str, tuple[Commune, ...]]:
    found: dict[str, tuple[Commune, ...]] = {}
    for one in all_communes():
        for key in (same_name(one.name), same_name(one.full_name)):
            found[key] = (*found.get(key, ()), one)
    return found


def _by_id(rows: dict[str, tuple[_Row, ...]], wanted: str, day: date | None, table: str) -> _Row:
    found = rows.get(wanted, ())
    for one in found:
        if day is not None and holds_on(one, day):
            return one
    if not found or day is not None:
        raise UnknownReference(table, wanted if day is None else f"{wanted} on {day}")
    return found[-1]
