"""Reading a spreadsheet that somebody sent: .xlsx, .xls, .ods, .csv, and the web pages that call themselves .xls.

The file is opened in a child process with 200 MB of memory and five seconds of the processor. What it answers is rows
of text; nothing of the file touches the disk of the shop.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from core.errors import RuleBroken
from core.i18n import N_
from core.spreadsheet.old_fonts import font_of, from_font
from core.spreadsheet.sheet import Cell, CellKind, Sheet, SheetRow

BIGGEST_FILE = 8_000_000
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".tsv")
SECONDS = 15
_PROJECT = Path(__file__).parents[2]


class SpreadsheetRefused(RuleBroken):
    """A file that cannot be taken as a list."""


class NotASpreadsheet(SpreadsheetRefused):
    message = N_("This file is damaged or is no spreadsheet. Open it in Excel or LibreOffice, save it as .xlsx, "
                 "and choose it again.")  # fmt: skip


class OtherKindOfFile(SpreadsheetRefused):
    message = N_("“%(name)s” is not a kind of file that can be read. Save the list as .xlsx, .xls, .ods or .csv.")


class FileTooBig(SpreadsheetRefused):
    message = N_("The file is larger than 8 MB. Take pictures and other sheets out of it, or split the list.")


class FileTooHeavy(SpreadsheetRefused):
    message = N_("This file asks for more time or memory than any list of goods needs. Copy the list alone into a new "
                 "spreadsheet and choose that one.")  # fmt: skip


class FileLocked(SpreadsheetRefused):
    message = N_("This file is locked with a password. Save it without one and choose it again.")


class NothingInFile(SpreadsheetRefused):
    message = N_("There is nothing in this file. Check that you chose the right one.")


class OldLetters(SpreadsheetRefused):
    message = N_("The Vietnamese letters of this file cannot be read safely. In Excel, save it as “CSV UTF-8” or as "
                 ".xlsx; a list typed in an old font (.VnTime, VNI) must be turned into Unicode first.")  # fmt: skip


class TooManyRows(SpreadsheetRefused):
    message = N_("The list has more than %(most)s rows. Split it into several files.")


class TooManyColumns(SpreadsheetRefused):
    message = N_("The list has more than %(most)s columns. Copy the columns that are needed into a new spreadsheet.")


class LongCell(SpreadsheetRefused):
    message = N_(
        "A cell of row %(row)s holds far more text than a name or an address. Shorten it and choose the file again."
    )


REFUSALS: dict[str, type[SpreadsheetRefused]] = {
    "not_a_spreadsheet": NotASpreadsheet,
    "too_heavy": FileTooHeavy,
    "locked": FileLocked,
    "empty": NothingInFile,
    "not_unicode": OldLetters,
    "too_many_rows": TooManyRows,
    "too_wide": TooManyColumns,
    "long_cell": LongCell,
}


def read_spreadsheet(content: bytes, *, name: str) -> Sheet:
    """The rows of a file, or the sentence that says why it was not taken. Call it outside of transaction()."""
    if not name.lower().endswith(SUFFIXES):
        raise OtherKindOfFile(name=name[-60:])
    if len(content) > BIGGEST_FILE:
        raise FileTooBig()
    answer = ask_child(content)
    if "refused" in answer:
        values = {key: value for key, value in answer.items() if key != "refused"}
        raise REFUSALS[answer["refused"]](**values)
    sheet = Sheet(
        rows=tuple(
            SheetRow(number, tuple(Cell(text, CellKind(kind)) for kind, text in cells), cut)
            for number, cells, cut in answer["rows"]
        ),
        font=answer["font"],
        others=tuple(answer["others"]),
    )
    return in_unicode(sheet)


def ask_child(content: bytes) -> dict[str, Any]:
    """What the child process makes of a file; a child that was stopped or fell found the file too heavy."""
    command = [sys.executable, "-E", "-s", "-m", "core.spreadsheet.child"]
    try:
        child = subprocess.run(  # noqa: S603  (our own program, and nothing of the file is in its words)
            command, input=content, capture_output=True, timeout=SECONDS, cwd=_PROJECT, check=False
        )
    except subprocess.TimeoutExpired:
        raise FileTooHeavy() from None
    if child.returncode != 0:
        raise FileTooHeavy()
    answer: dict[str, Any] = json.loads(child.stdout)
    return answer


def in_unicode(sheet: Sheet) -> Sheet:
    """The sheet with the letters of an old font turned into Unicode, where its cells were typed in one."""
    font = font_of(cell.text for row in sheet.rows for cell in row.cells)
    if font is None:
        return sheet
    rows = tuple(
        SheetRow(row.number, tuple(Cell(from_old(cell.text, font), cell.kind) for cell in row.cells), row.cut)
        for row in sheet.rows
    )
    return Sheet(rows, font, sheet.others)


def from_old(text: str, font: str) -> str:
    """A cell in Unicode; one that holds letters beyond Latin-1 was Unicode already."""
    return from_font(text, font) if all(c <= "\u00ff" for c in text) else text
