"""What personal data of a buyer may be kept for, how long, and with which words the buyer was asked.

Months and words are dated and a row once used is never edited: what somebody agreed to can always be shown.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date

from config.reference.table import UnknownReference, day_or_none, in_force, read_table


@dataclass(frozen=True, slots=True)
class DataPurpose:
    """One purpose: the months that data for it is kept after its last use, and whether law asks to keep it."""

    code: str
    vi: str
    en: str
    months: int
    kept_by_law: bool
    source: str
    first_day: date | None
    last_day: date | None

    def name(self, language: str) -> str:
        """Its name in a language of the screen."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class ConsentWording:
    """The words a clerk reads out for one purpose; `%(shop)s` stands for the shop's name."""

    purpose: str
    version: int
    vi: str
    en: str
    first_day: date | None
    last_day: date | None

    def words(self, language: str, shop: str) -> str:
        """What is read out."""
        return (self.en if language == "en" else self.vi) % {"shop": shop}


@functools.cache
def _purposes() -> tuple[DataPurpose, ...]:
    return tuple(
        DataPurpose(
            code=row["code"],
            vi=row["vi"],
            en=row["en"],
            months=int(row["months"]),
            kept_by_law=row["kept_by_law"] == "yes",
            source=row["source"],
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
        )
        for row in read_table("data_purposes")
    )


@functools.cache
def _wordings() -> tuple[ConsentWording, ...]:
    return tuple(
        ConsentWording(
            purpose=row["purpose"],
            version=int(row["version"]),
            vi=row["vi"],
            en=row["en"],
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
        )
        for row in read_table("consent_wordings")
    )


def purposes_on(day: date) -> tuple[DataPurpose, ...]:
    """What a buyer may be asked for on a day."""
    return in_force(_purposes(), day)


def purpose_on(code: str, day: date) -> DataPurpose:
    """A purpose with its months as of a day; an unknown one raises UnknownReference."""
    for one in purposes_on(day):
        if one.code == code:
            return one
    raise UnknownReference("data_purposes", code)


def purpose_as_of(code: str, day: date) -> DataPurpose:
    """A purpose with its months as of a day; one that nobody is asked for any more, as it was last."""
    known = [one for one in _purposes() if one.code == code and (one.first_day or date.min) <= day]
    if not known:
        raise UnknownReference("data_purposes", code)
    return max(known, key=lambda one: one.first_day or date.min)


def wording_on(purpose: str, day: date) -> ConsentWording:
    """The words for a purpose on a day: the newest version in force."""
    return max((one for one in in_force(_wordings(), day) if one.purpose == purpose), key=lambda one: one.version)


def wording(purpose: str, version: int) -> ConsentWording:
    """The words of a version, whenever they were in force."""
    for one in _wordings():
        if (one.purpose, one.version) == (purpose, version):
            return one
    raise UnknownReference("consent_wordings", f"{purpose} {version}")
