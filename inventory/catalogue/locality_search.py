"""Find a commune by some letters of its name: there are over 3,000 of them, and nobody knows their numbers.

Papers of before 1/7/2025 name communes and districts that are gone; typed as they stand there they lead to the
communes of today that took them in, often more than one.
"""

import functools
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from config.reference.localities import Commune, address_line, all_communes, communes_on, provinces_on
from config.reference.old_localities import OldCommune, old_communes, old_district
from core.text import fold, sort_key

MOST_SHOWN = 12


class _Known(NamedTuple):
    """A commune and the letters it is found by: its name with its province, and the names it came from."""

    commune: Commune
    today: str
    before: tuple[str, ...]


def find_communes(words: str, day: date, *, limit: int = MOST_SHOWN) -> list[Commune]:
    """The communes of a day whose name with its province holds all these words or beginnings of words.

    Marks may be left out: "mau son lang" finds Xã Mẫu Sơn, Tỉnh Lạng Sơn. Communes that are called so come first,
    then those that took in one called so, then all others. Old names must hold what stands between commas as it
    stands, for they are many: "đồng mỏ, chi lăng".
    """
    phrases = [" ".join(phrase.split()) for phrase in fold(words).split(",") if phrase.strip()]
    if not phrases:
        return []
    ranked = ((_rank(known, phrases), sort_key(known.commune.name), known.commune) for known in _all_of(day))
    found = sorted(((rank, name, one) for rank, name, one in ranked if rank is not None), key=lambda each: each[:2])
    return [one for _, _, one in found[:limit]]


def is_called(place: Commune, words: str) -> bool:
    """Whether a commune is called so today, not only before."""
    return _holds(_key(address_line(place.id)), fold(words).replace(",", " ").split())


def _rank(known: _Known, phrases: list[str]) -> int | None:
    if _begins(known.today, phrases[0]) and _holds(known.today, " ".join(phrases).split()):
        return 0
    before = [name for name in known.before if all(f" {phrase}" in name for phrase in phrases)]
    if any(_begins(name, phrases[0]) for name in before):
        return 1
    if _holds(known.today, " ".join(phrases).split()):
        return 2
    return 3 if before else None


def _begins(known: str, start: str) -> bool:
    """With or without the kind of place in front."""
    return known.startswith(f" {start}") or any(known.startswith(f" {kind} {start}") for kind in _kinds())


@functools.cache
def _kinds() -> frozenset[str]:
    return frozenset(map(fold, {one.kind for one in all_communes()} | {one.kind for one in old_communes()}))


@functools.lru_cache(maxsize=1)  # the day turns once a day
def _all_of(day: date) -> tuple[_Known, ...]:
    communes = (one for province in provinces_on(day) for one in communes_on(day, province.id))
    return tuple(_Known(one, _key(address_line(one.id, day)), _names_before(one.id)) for one in communes)


def _names_before(commune_id: str) -> tuple[str, ...]:
    return tuple(_key(old_address(one)) for one in _came_from().get(commune_id, ()))


def _key(name: str) -> str:
    return f" {fold(name)}".replace(",", "")


def _holds(known: str, wanted: Iterable[str]) -> bool:
    return all(f" {word}" in known for word in wanted)


@functools.cache
def _came_from() -> dict[str, tuple[OldCommune, ...]]:
    found: dict[str, tuple[OldCommune, ...]] = {}
    for old in old_communes():
        for commune_id in old.now:
            found[commune_id] = (*found.get(commune_id, ()), old)
    return found


def old_address(old: OldCommune) -> str:
    """An old commune as papers of its time write it, with district and province."""
    district = old_district(old.district_id)
    return f"{old.kind} {old.name}, {district.full_name}, {district.province}"


def places_before(commune_id: str) -> tuple[str, ...]:
    """The communes and districts of before 1/7/2025 that a commune of today came from, wholly or in part."""
    return tuple(old_address(one) for one in _came_from().get(commune_id, ()))
