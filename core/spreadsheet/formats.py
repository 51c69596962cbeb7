"""Which kind of file this is, by what it holds and never by its name, and its rows. Runs in the child process only."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import PurePosixPath

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from core.spreadsheet.comma_separated import read_separated
from core.spreadsheet.refused import Refused
from core.spreadsheet.sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, CellKind

Cells = list[tuple[str, str]]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_UNPACKED = 40 * 1024 * 1024
_MOST_MEMBERS = 500
_MOST_HEIGHT = 20_000  # empty rows included
_PROLOGUE = 4_096
_PAGE = (b"<html", b"<table", b"<!doctype html", b"<meta")


def read_bytes(content: bytes) -> dict[str, object]:
    """The rows of a file: for each its number, its cells as (kind, text), and whether it was cut off."""
    if not content.strip():
        raise Refused("empty")
    if content.startswith(_ZIP):
        check_archive(content)
        return read_workbook(content)
    if content.startswith(_OLE):
        return read_workbook(content)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower().startswith(_PAGE):
        return as_answer(read_page(content))
    rows, font, cut = read_separated(content)
    texts = ([(CellKind.TEXT.value, text) for text in row] for row in rows)
    return {**as_answer(list(texts), cut=cut), "font": font}


def check_archive(content: bytes) -> None:
    """Refuse an archive that unpacks to more than any list of goods, climbs out of its folder, or defines words."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS or sum(one.file_size for one in members) > _MOST_UNPACKED:
                raise Refused("too_heavy")
            for one in members:
                path = PurePosixPath(one.filename.replace("\\", "/"))
                if path.is_absolute() or ".." in path.parts:
                    raise Refused("not_a_spreadsheet")
                if one.filename.endswith((".xml", ".rels")) and _defines_entities(archive, one):
                    raise Refused("not_a_spreadsheet")
    # What zipfile raises: NotImplementedError for a way of packing it does not know, RuntimeError for a password.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise Refused("not_a_spreadsheet") from None


def _defines_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """No spreadsheet program writes a DOCTYPE; it is there to make a short file long."""
    with archive.open(member) as file:
        return b"<!DOCTYPE" in file.read(_PROLOGUE).replace(b"\0", b"").upper()


def read_workbook(content: bytes) -> dict[str, object]:
    """The first sheet that anybody can see and that holds something; the names of the other ones."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        seen = [
            one.name
            for one in workbook.sheets_metadata
            if one.visible is SheetVisibleEnum.Visible and one.typ is SheetTypeEnum.WorkSheet
        ]
        for place, name in enumerate(seen):
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_width > MOST_COLUMNS:
                raise Refused("too_wide", most=MOST_COLUMNS)
            if sheet.total_height > _MOST_HEIGHT:
                raise Refused("too_many_rows", most=MOST_ROWS)
            rows = sheet.to_python(skip_empty_area=False)
            if any(any(cell != "" for cell in row) for row in rows):
                cells = [[as_cell(value) for value in row] for row in rows]
                return {**as_answer(cells), "others": seen[:place] + seen[place + 1 :]}
    except PasswordError:
        raise Refused("locked") from None
    except (CalamineError, ValueError, OSError):
        raise Refused("not_a_spreadsheet") from None
    raise Refused("empty")


def as_cell(value: object) -> tuple[str, str]:
    """A value as people see it. Whole numbers lose the point that a spreadsheet keeps behind them."""
    if isinstance(value, bool):
        return CellKind.TEXT.value, str(value)
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 10**15
        return CellKind.NUMBER.value, str(int(value)) if whole else repr(value)
    if isinstance(value, int):
        return CellKind.NUMBER.value, str(value)
    if isinstance(value, datetime):
        return CellKind.DAY.value, value.date().isoformat()
    if isinstance(value, date):
        return CellKind.DAY.value, value.isoformat()
    return CellKind.TEXT.value, str(value)


def as_answer(rows: list[Cells], *, cut: bool = False) -> dict[str, object]:
    """The rows that hold something, with the numbers that the program shows; refuses what no list of goods has."""
    kept: list[tuple[int, Cells, bool]] = []
    for number, row in enumerate(rows, start=1):
        if not any(text.strip() for _, text in row):
            continue
        if len(row) > MOST_COLUMNS:
            raise Refused("too_wide", most=MOST_COLUMNS)
        if any(len(text) > LONGEST_CELL for _, text in row):
            raise Refused("long_cell", row=number)
        if any("\0" in text for _, text in row):
            raise Refused("not_a_spreadsheet")
        kept.append((number, row, cut and number == len(rows)))
    if len(kept) > MOST_ROWS:
        raise Refused("too_many_rows", most=MOST_ROWS)
    if not kept:
        raise Refused("empty")
    return {"rows": kept, "font": None, "others": []}


def read_page(content: bytes) -> list[Cells]:
    """The rows of the tables of a web page that calls itself .xls, as many old systems export."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("not_unicode") from None
    reader = _TableReader()
    reader.feed(text)
    reader.close()
    return [[(CellKind.TEXT.value, " ".join(cell.split())) for cell in row] for row in reader.rows]


class _TableReader(HTMLParser):
    """Collects the text of table cells and looks at nothing else: no link is followed, no script read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        self._in_cell = tag in ("td", "th") or (self._in_cell and tag not in ("tr", "table"))
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data
