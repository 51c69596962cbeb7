"""A list to take away: the same page with `?as=csv` or `?as=xlsx` is a spreadsheet of all its rows.

A page says what its columns are, each a heading and what to write of a row; the links to both files are made by the
macro `file_links`. Amounts are whole numbers of đồng, quantities are written with their comma, days as 22/11/2026, and
what holds is marked with an x.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from flask import request, url_for
from werkzeug.wrappers import Response

from core.i18n import gettext, written_day, written_instant, written_quantity
from core.money import Money
from core.quantity import Quantity
from core.spreadsheet.writing import Column, Value, as_csv, as_xlsx
from core.web.download import download

Row = TypeVar("Row")
Columns = Sequence[tuple[str, Callable[[Row], object]]]
KINDS = ("csv", "xlsx")


def wants_file() -> bool:
    """Whether the list is asked for as a file: then the page leaves out no row."""
    return request.args.get("as") in KINDS


def same_page_as(kind: str) -> str:
    """The address of this page, with what is chosen on it, as a file."""
    chosen = {name: value for name, value in request.args.items(multi=True) if name != "as"}
    return url_for(request.endpoint or "", **(request.view_args or {}), **chosen, **{"as": kind})


def list_file(name: str, title: str, columns: Columns[Row], rows: Iterable[Row]) -> Response:
    """The rows as the kind of file that was asked for. `title` names the sheet, both are said untranslated (N_)."""
    kind = request.args["as"]
    headings = [gettext(heading) for heading, _ in columns]
    cells = [[_cell(write(row)) for _, write in columns] for row in rows]
    if kind == "csv":
        return download(as_csv(headings, cells), f"{name}.csv")
    sheet = as_xlsx(gettext(title)[:31], [Column(heading) for heading in headings], cells)
    return download(sheet, f"{name}.xlsx")


# datetime before date, bool before int: each is one of the other, too.
_WRITERS: tuple[tuple[type, Callable[[Any], Value]], ...] = (
    (bool, lambda value: "x" if value else ""),
    (Money, lambda value: value.dong),
    (Quantity, written_quantity),
    (datetime, written_instant),
    (date, written_day),
    (int, int),
)


def _cell(value: object) -> Value:
    """A value of the trade as a spreadsheet keeps it."""
    if value is None:
        return None
    write = next((write for kind, write in _WRITERS if isinstance(value, kind)), str)
    return write(value)
