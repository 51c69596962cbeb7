"""The feasts of the table, worked out again from the moon, and against days that everybody remembers."""

from __future__ import annotations

import math
from datetime import date

import pytest

from config.reference.lunar_feasts import feasts_between, lunar_feasts

ZONE = 7 / 24
MONTH = 29.530588853
EPOCH = 2415021.076998695
SIN = [  # Meeus, Astronomical Algorithms (1991): amplitude, and multiples of M, M' and F
    (-0.4068, 0, 1, 0), (0.1734, 1, 0, 0), (0.0161, 0, 2, 0), (0.0104, 0, 0, 2), (-0.0074, 1, -1, 0),
    (-0.0051, 1, 1, 0), (0.0021, 2, 0, 0), (0.0010, 0, -1, 2), (0.0005, 1, 2, 0), (0.0004, 1, 0, 2),
    (-0.0004, 0, 3, 0), (-0.0004, -1, 0, 2), (-0.0006, 0, 1, 2),
]  # fmt: skip


def new_moon(k: int) -> int:
    """The day, in Viet Nam, of the k-th new moon since 1900."""
    t = k / 1236.85
    at = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2
    at += 0.00033 * math.sin(math.radians(166.56 + 132.87 * t))
    sun, moon = 359.2242 + 29.10535608 * k, 306.0253 + 385.81691806 * k + 0.0107306 * t**2
    node = 21.2964 + 390.67050646 * k - 0.0016528 * t**2
    at += sum(size * math.sin(math.radians(a * sun + b * moon + c * node)) for size, a, b, c in SIN)
    at += -0.000393 * t * math.sin(math.radians(sun))
    at -= -0.000278 + 0.000265 * t + 0.000262 * t**2
    return math.floor(at + 0.5 + ZONE)


def sun_sector(day: int) -> int:
    """In which twelfth of its way the sun stands as a day begins."""
    t = (day - 0.5 - ZONE - 2451545.0) / 36525
    m = math.radians(357.5291 + 35999.0503 * t)
    along = 280.46645 + 36000.76983 * t + (1.9146 - 0.004817 * t) * math.sin(m) + 0.019993 * math.sin(2 * m)
    return int(along % 360 // 30)


def eleventh_month(year: int) -> int:
    """The new moon (by its count) before the winter solstice."""
    k = int((date(year, 12, 31).toordinal() + 1721425 - 2415021) / MONTH)
    return k - 1 if sun_sector(new_moon(k)) >= 9 else k


def solar(day: int, month: int, year: int) -> date:
    """The solar day of a lunar one, leap months before it counted."""
    first, last = eleventh_month(year - 1), eleventh_month(year)
    steps = (month - 11) % 12
    if last - first == 13:
        leap = next(n for n in range(1, 14) if sun_sector(new_moon(first + n)) == sun_sector(new_moon(first + n + 1)))
        steps += steps >= leap
    return date.fromordinal(new_moon(first + steps) + day - 1 - 1721425)


def test_every_day_of_the_table_is_the_moons() -> None:
    wrong = {
        (feast.code, feast.day): solar(feast.lunar_day, feast.lunar_month, feast.day.year)
        for feast in lunar_feasts()
        if solar(feast.lunar_day, feast.lunar_month, feast.day.year) != feast.day
    }

    assert not wrong
    assert len(lunar_feasts()) == 13 * 6


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("tet", date(2024, 2, 10)),
        ("tet", date(2025, 1, 29)),
        ("tet", date(2026, 2, 17)),
        ("tet", date(2027, 2, 6)),
        ("tet", date(2030, 2, 2)),  # a day before China's
        ("trung_thu", date(2025, 10, 6)),  # after a leap month
        ("trung_thu", date(2026, 9, 25)),
        ("vu_lan", date(2026, 8, 27)),
        ("gio_to", date(2026, 4, 26)),
    ],
)
def test_known_days_are_in_the_table(code: str, day: date) -> None:
    assert day in {feast.day for feast in lunar_feasts() if feast.code == code}


def test_a_feast_is_felt_from_its_first_to_its_last_day() -> None:
    before, first, after = date(2027, 1, 15), date(2027, 1, 16), date(2027, 2, 7)

    assert [feast.code for feast in feasts_between(first, first)] == ["tet"]
    assert not feasts_between(before, before)
    assert not feasts_between(after, after)
