"""Product groups: the coding of QĐ 148/2023 and beside it the older one of QĐ 1048/2019.

Statistics across 2022 and 2023 need both; a later coding is added as rows with their own days.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date

from config.reference.table import day_or_none, in_force, read_table, with_code


@dataclass(frozen=True)
class ProductGroup:
    """A group (I), set (I.1) or sub-set (I.1.a); products are put into leaves only."""

    code: str
    vi: str
    en: str
    ministries: tuple[str, ...]
    goods: bool
    licence: str
    old_code: str
    first_day: date | None
    last_day: date | None
    is_leaf: bool

    @property
    def top(self) -> str:
        """Code of the group it belongs to: I for I.1.a."""
        return self.code.split(".")[0]

    def name(self, language: str) -> str:
        """Its name in a language of the screen."""
        return self.en if language == "en" else self.vi


@dataclass(frozen=True)
class OldProductGroup:
    """A group of the older coding; T1 to T6 in the order of the decision (the numbers are ours)."""

    code: str
    vi: str
    en: str
    first_day: date | None
    last_day: date | None
    new_codes: tuple[str, ...]

    def name(self, language: str) -> str:
        """Its name in a language of the screen."""
        return self.en if language == "en" else self.vi


@functools.cache
def all_groups() -> tuple[ProductGroup, ...]:
    """Every group, set and sub-set in the order of the decision."""
    rows = read_table("product_groups")
    parents = {row["code"].rpartition(".")[0] for row in rows}
    return tuple(
        ProductGroup(
            code=row["code"],
            vi=row["vi"],
            en=row["en"],
            ministries=tuple(row["ministries"].split("; ")) if row["ministries"] else (),
            goods=row["goods"] == "yes",
            licence=row["licence"],
            old_code=row["old_code"],
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
            is_leaf=row["code"] not in parents,
        )
        for row in rows
    )


def leaf_groups(day: date) -> tuple[ProductGroup, ...]:
    """What a product can be put into on a day."""
    return tuple(group for group in in_force(all_groups(), day) if group.is_leaf)


def product_group(code: str) -> ProductGroup:
    """The group of a code such as I.1.a; an unknown one raises UnknownReference."""
    return with_code("product_groups", all_groups(), code)


@functools.cache
def old_groups() -> tuple[OldProductGroup, ...]:
    """The six groups of the older coding, each with the leaves of today that came out of it."""
    return tuple(
        OldProductGroup(
            code=row["code"],
            vi=row["vi"],
            en=row["en"],
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
            new_codes=tuple(group.code for group in all_groups() if group.old_code == row["code"]),
        )
        for row in read_table("old_product_groups")
    )


def old_group(code: str) -> OldProductGroup:
    """The group of the older coding, T1 to T6; an unknown one raises UnknownReference."""
    return with_code("old_product_groups", old_groups(), code)
