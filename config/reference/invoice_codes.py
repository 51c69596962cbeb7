"""Codes and texts of invoices made at a till: forms, messages, rates, words; each from its first to its last day.

`sure` says how far a row can be relied on: C read in its source, P second-hand, M from memory (docs/invoices.md).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date

from config.reference.table import UnknownReference, day_or_none, holds_on, read_table


@dataclass(frozen=True, slots=True)
class InvoiceCode:
    """One code: what it is for, what calls it, and what is written."""

    what: str
    key: str
    value: str
    vi: str
    source: str
    sure: str
    first_day: date | None
    last_day: date | None


@functools.cache
def invoice_codes() -> tuple[InvoiceCode, ...]:
    """Every code that was or is in force."""
    return tuple(
        InvoiceCode(
            what=row["what"],
            key=row["key"],
            value=row["value"],
            vi=row["vi"],
            source=row["source"],
            sure=row["sure"],
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
        )
        for row in read_table("invoice_codes")
    )


def invoice_code(what: str, key: str, day: date) -> InvoiceCode:
    """The code in force on a day; UnknownReference where none is."""
    for code in invoice_codes():
        if (code.what, code.key) == (what, key) and holds_on(code, day):
            return code
    raise UnknownReference("invoice_codes", f"{what}, {key}, {day}")
