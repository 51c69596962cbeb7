"""Spreadsheets of ours to take away: text that begins like a formula stays text wherever it is opened.

A name such as `=HYPERLINK(…)` may have come from outside and would run on somebody's office machine (CSV injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

FORMULA_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIRST_ROW, _LAST_ROW = 1, 1_000  # where a choice may be made from its list
_CHOICES = "Lists"

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table to take away: its heading, what to write below it, and the choices where there are some."""

    heading: str
    hint: str = ""
    choices: Sequence[str] = field(default=())
    width: int = 18


def starts_a_formula(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula; blanks before it do not hide it."""
    return text.startswith(FORMULA_STARTERS) or text.lstrip().startswith(FORMULA_STARTERS[:4])


def neutral(text: str) -> str:
    """Text for a CSV cell: with an apostrophe before it where it would begin a formula, and without NUL.

    >>> neutral("=1+1"), neutral("OCOP")
    ("'=1+1", 'OCOP')
    """
    return ("'" if starts_a_formula(text) else "") + text.replace("\0", "")


def as_csv(headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """A CSV that Excel opens with its Vietnamese letters: UTF-8 with its mark, separated by commas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (headings, *rows):
        writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> bytes:
    """An .xlsx with its headings frozen, hints on them, and a list to choose from where a column has choices."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(title)
        text, quoted = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "quote_prefix": True})
        write_headings(book, sheet, columns, text)
        for place, row in enumerate(rows, start=_FIRST_ROW):
            for column, value in enumerate(row):
                write_cell(sheet, place, column, value, text, quoted)
        offer_choices(book, sheet, columns)
    return out.getvalue()


def write_headings(book: Workbook, sheet: Worksheet, columns: Sequence[Column], text: Format) -> None:
    """Headings that stay in sight. Columns are text, so that a barcode keeps its zeros and a price its point."""
    bold = book.add_format({"bold": True, "bg_color": "#F0E6D2", "text_wrap": True, "valign": "top", "border": 1})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, text)
        sheet.write_string(0, place, column.heading, bold)
        if column.hint:
            sheet.write_comment(0, place, column.hint, {"x_scale": 2})
    sheet.freeze_panes(1, 1)


def write_cell(sheet: Worksheet, row: int, column: int, value: Value, text: Format, quoted: Format) -> None:
    """One cell: a number, or text that is marked as text where it begins like a formula."""
    if isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value.replace("\0", ""), quoted if starts_a_formula(value) else text)


def offer_choices(book: Workbook, sheet: Worksheet, columns: Sequence[Column]) -> None:
    """A list to choose from in each column that has one; the choices stand on a sheet of their own, out of sight."""
    lists = book.add_worksheet(_CHOICES)
    lists.hide()
    for place, column in enumerate(columns):
        if column.choices:
            lists.write_column(0, place, list(column.choices))
            letter = xl_col_to_name(place, col_abs=True)
            source = f"={_CHOICES}!{letter}$1:{letter}${len(column.choices)}"
            offer = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(_FIRST_ROW, place, _LAST_ROW, place, offer)
