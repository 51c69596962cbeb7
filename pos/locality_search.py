"""Find a commune by some letters of its name: there are over 3,000 of them, and nobody knows their numbers."""

import functools
from datetime import date

from config.reference.localities import Commune, address_line, communes_on, provinces_on
from core.text import fold, sort_key

MOST_SHOWN = 12


def find_communes(words: str, day: date, *, limit: int = MOST_SHOWN) -> list[Commune]:
    """The communes of a day whose name with its province holds all these words or beginnings of words.

    Marks may be left out: "mau son lang" finds Xã Mẫu Sơn, Tỉnh Lạng Sơn. Names that begin so come first.
    """
    wanted = fold(words).replace(",", " ").split()
    if not wanted:
        return []
    found = [(known, one) for known, one in _all_of(day) if _holds(known, wanted)]
    start = " ".join(wanted)
    found.sort(key=lambda each: (not fold(each[1].name).startswith(start), sort_key(each[1].name)))
    return [one for _, one in found[:limit]]


@functools.cache
def _all_of(day: date) -> tuple[tuple[str, Commune], ...]:
    communes = (one for province in provinces_on(day) for one in communes_on(day, province.id))
    return tuple((f" {fold(address_line(one.id, day)).replace(',', '')}", one) for one in communes)


def _holds(known: str, wanted: list[str]) -> bool:
    return all(f" {word}" in known for word in wanted)
