"""Which column of somebody's list holds what: found by its headings, corrected by the manager."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from config.reference.goods_columns import goods_columns
from core.errors import RuleBroken
from core.i18n import N_
from core.spreadsheet.sheet import Sheet, SheetRow
from core.text import clean, fold

_LOOKED_AT = 20
_IN_BRACKETS = re.compile(r"\([^)]*\)")


class NoHeadings(RuleBroken):
    """Without headings a name and an address look alike."""

    message = N_("No row of headings was found in this list. Write in its first row what each column holds, such as "
                 "name, price, barcode, or start from the template.")  # fmt: skip


class ColumnTwice(RuleBroken):
    """Two columns cannot both be the price."""

    message = N_("Two columns are both marked as “%(column)s”. Keep one of them.")


class NameColumnMissing(RuleBroken):
    """What has no name is no product."""

    message = N_("No column is marked as the name of the product. Choose it above the list.")


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a list: the place of their last row, their words, and what each column holds; None: not used."""

    last_row: int
    words: tuple[str, ...]
    columns: tuple[str | None, ...]


def find_headings(sheet: Sheet) -> Headings:
    """The row of headings, which may stand below titles and may be two rows high."""
    best: Headings | None = None
    for place, row in enumerate(sheet.rows[:_LOOKED_AT]):
        words = headings_of(row, sheet.rows[place - 1] if place else None, sheet.width)
        columns = columns_of(words)
        found = Headings(place, words, columns)
        if "name" in columns and (best is None or used(found) > used(best)):
            best = found
    if best is None or used(best) < 2:
        raise NoHeadings()
    return best


def used(headings: Headings) -> int:
    """How many columns were understood."""
    return sum(column is not None for column in headings.columns)


def headings_of(row: SheetRow, above: SheetRow | None, width: int) -> tuple[str, ...]:
    """The words over each column; where a merged heading leaves its lower cell empty, those of the row above."""
    words = [clean(row.cell(place).text, limit=5_000) for place in range(width)]
    if above is None:
        return tuple(words)
    return tuple(word or clean(above.cell(place).text, limit=5_000) for place, word in enumerate(words))


def columns_of(words: Sequence[str]) -> tuple[str | None, ...]:
    """What each column holds by its heading; of two that say the same the first one counts."""
    seen: set[str] = set()
    columns: list[str | None] = []
    for word in words:
        column = column_called(word)
        columns.append(column if column not in seen else None)
        seen |= {column} if column else set()
    return tuple(columns)


def column_called(heading: str) -> str | None:
    """The column that a heading means, whatever its marks, capitals, blanks and what stands in brackets."""
    known = _known_headings()
    return known.get(_bare(heading)) or known.get(_bare(_IN_BRACKETS.sub("", heading)))


@functools.cache
def _known_headings() -> dict[str, str]:
    return {_bare(word): one.code for one in goods_columns() for word in (one.vi, one.en, *one.also)}


def _bare(heading: str) -> str:
    return " ".join(fold(heading).split()).strip(" *:.")


def check_columns(columns: Sequence[str | None]) -> None:
    """Refuse a choice that makes no list of goods."""
    for one in goods_columns():
        if columns.count(one.code) > 1:
            raise ColumnTwice(column=one.vi)
    if "name" not in columns:
        raise NameColumnMissing()
