"""The invoices of a day as rows of a table to take away; no buyer's data but whether there was any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.spreadsheet.writing import Value
from pos.invoice.invoice_list import find_invoices
from pos.invoice.invoice_table import Standing

Row = list[Value]


def rows_of(day: date, said: Callable[[Standing], str]) -> list[Row]:
    """One row an invoice, the first one first; `said` gives the words for how it stands."""
    return [
        [
            found.invoice.full_series,
            found.invoice.number,
            found.invoice.code,
            found.invoice.day.isoformat(),
            found.invoice.sale_number,
            found.invoice.total.dong,
            found.invoice.vat.dong,
            said(found.standing),
            found.invoice.corrects or "",
            found.invoice.reason,
        ]
        for found in reversed(find_invoices("day", day))
    ]
