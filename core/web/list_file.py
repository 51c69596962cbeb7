"""A list to take away: the same page with `?as=csv` or `?as=xlsx` is a spreadsheet of all its rows.

A page says what its columns are, each a heading and what to write of a row; the links to both files are made by the
macro `file_links`. Amounts are whole numbers of đồng, quantities are written with their comma, days as 22/11/2026, and
what holds is marked with an x (core/listing.py). Whoever may open the page may take its list away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from flask import request, url_for
from werkzeug.wrappers import Response

from core.i18n import gettext
from core.listing import sheet_name, taken_away
from core.spreadsheet.writing import Column, as_csv, as_xlsx
from core.web.download import download

Row = TypeVar("Row")
Columns = Sequence[tuple[str, Callable[[Row], object]]]
KINDS = ("csv", "xlsx")


def wants_file() -> bool:
    """Whether the list is asked for as a file: then the page leaves out no row."""
    return request.args.get("as") in KINDS


def at_most(shown: int) -> int | None:
    """How many rows a page that shows the newest asks for: as many as it shows, and all of them for a file."""
    return None if wants_file() else shown


def same_page_as(kind: str, **more: str) -> str:
    """The address of this page, with what is chosen on it, as a file; `more` says which list, where it has several."""
    chosen = {name: value for name, value in request.args.items(multi=True) if name != "as"}
    return url_for(request.endpoint or "", **(request.view_args or {}), **{**chosen, **more, "as": kind})


def list_file(name: str, title: str, columns: Columns[Row], rows: Iterable[Row]) -> Response:
    """The rows as the kind of file that was asked for. `title` names the sheet, both are said untranslated (N_)."""
    headings = [gettext(heading) for heading, _ in columns]
    return table_file(name, gettext(title), headings, ([write(row) for _, write in columns] for row in rows))


def table_file(name: str, title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The same of a table that is ready, in the language of the screen."""
    cells = [[taken_away(value) for value in row] for row in rows]
    if request.args["as"] == "csv":
        return download(as_csv(headings, cells), f"{name}.csv")
    return download(as_xlsx(sheet_name(title), [Column(heading) for heading in headings], cells), f"{name}.xlsx")
