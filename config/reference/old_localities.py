"""Localities as they were before 1 July 2025: 63 provinces, districts, communes; and what they belong to today.

Certificates and plans of those years name these units. Never look for an old commune without its district: names
repeat within a province. Totals of a district cannot be rebuilt from communes of today, so a record keeps its old unit.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date

from config.reference.localities import same_name
from config.reference.table import UnknownReference, day_or_none, read_table


@dataclass(frozen=True, slots=True)
class OldDistrict:
    """A district that ended on 30 June 2025, with the province of its time."""

    id: str
    province_kind: str
    province: str
    kind: str
    name: str
    state_code: str

    @property
    def full_name(self) -> str:
        """Kind and name: Huyện Chi Lăng."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune that ended on or before 30 June 2025.

    `now` holds the ids of the communes it went to, the main one first; `last_day` is None when it ended in an earlier
    round whose day is not known here.
    """

    id: str
    district_id: str
    kind: str
    name: str
    state_code: str
    now: tuple[str, ...]
    last_day: date | None

    @property
    def full_name(self) -> str:
        """Kind and name: Thị trấn Đồng Mỏ."""
        return f"{self.kind} {self.name}"

    @property
    def was_split(self) -> bool:
        """Whether someone must say which commune of today is meant."""
        return len(self.now) > 1


@functools.cache
def old_districts() -> tuple[OldDistrict, ...]:
    """Every old district."""
    return tuple(OldDistrict(**row) for row in read_table("old_districts"))


@functools.cache
def old_communes() -> tuple[OldCommune, ...]:
    """Every old commune."""
    return tuple(
        OldCommune(
            id=row["id"],
            district_id=row["district_id"],
            kind=row["kind"],
            name=row["name"],
            state_code=row["state_code"],
            now=tuple(row["now"].split()),
            last_day=day_or_none(row["last_day"]),
        )
        for row in read_table("old_communes")
    )


def old_district(district_id: str) -> OldDistrict:
    """An old district by our id; an unknown one raises UnknownReference."""
    try:
        return _districts_by_id()[district_id]
    except KeyError:
        raise UnknownReference("old_districts", district_id) from None


def old_commune(commune_id: str) -> OldCommune:
    """An old commune by our id; an unknown one raises UnknownReference."""
    try:
        return _communes_by_id()[commune_id]
    except KeyError:
        raise UnknownReference("old_communes", commune_id) from None


def old_districts_named(name: str, province_name: str | None = None) -> tuple[OldDistrict, ...]:
    """The old districts that a written name may mean, with or without its kind."""
    wanted = same_name(name)
    return tuple(
        one
        for one in old_districts()
        if wanted in (same_name(one.name), same_name(one.full_name))
        and (province_name is None or same_name(province_name) == same_name(one.province))
    )


def old_communes_named(name: str, district_id: str) -> tuple[OldCommune, ...]:
    """The old communes of a district that a written name may mean: a town and a commune may share it."""
    wanted = same_name(name)
    return tuple(one for one in _communes_of(district_id) if wanted in (same_name(one.name), same_name(one.full_name)))


def old_places(commune_id: str) -> tuple[OldCommune, ...]:
    """The old communes that went, wholly or in part, into a commune of today."""
    return tuple(one for one in old_communes() if commune_id in one.now)


@functools.cache
def _districts_by_id() -> dict[str, OldDistrict]:
    return {one.id: one for one in old_districts()}


@functools.cache
def _communes_by_id() -> dict[str, OldCommune]:
    return {one.id: one for one in old_communes()}


@functools.cache
def _communes_of(district_id: str) -> tuple[OldCommune, ...]:
    return tuple(one for one in old_communes() if one.district_id == district_id)
