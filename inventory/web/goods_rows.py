"""Reads the rows of somebody's list as strictly as a form: a value of the trade, or a sentence that names the column.

A row with one cell that cannot be read is refused as a whole; nothing is guessed but what is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from config.reference.goods_columns import goods_words
from config.reference.localities import communes_named, provinces_on
from core.clock import today
from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.quantity import Unit
from core.spreadsheet.sheet import EMPTY, Cell, CellKind, Sheet, SheetRow
from core.spreadsheet.writing import starts_a_formula
from core.text import clean, fold
from core.web.forms import read_day, read_money, read_quantity, read_text, read_whole
from inventory.catalogue.product_number import as_gtin14
from inventory.importing.goods_columns import Headings
from inventory.importing.goods_import_outcome import Outcome, Said
from inventory.importing.goods_row import GoodsRow, MakerCells, PaperCells, StockCells
from inventory.web.goods_cells import (
    read_basis,
    read_form,
    read_group,
    read_percent,
    read_province,
    read_stars,
    read_tax_class,
    read_terms,
)

Value = TypeVar("Value")

_NOTHING = {"-", "–", "—", "n/a", "#n/a"}
_SHORT_YEAR = re.compile(r"([0-9]{1,2}[/.\-][0-9]{1,2}[/.\-])([0-9]{2})")
_EXCEL_BEGINS = date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)  # days of 2000 to 2099 as spreadsheets count them
_LENGTHS = (8, 12, 13, 14)


class FormulaInCell(RuleBroken):
    message = N_("This begins like a formula. Type the value itself.")


class RowCutOff(RuleBroken):
    message = N_("The file ends in the middle of this row. Save the list anew and choose it again.")


class TotalRow(RuleBroken):
    message = N_("This row looks like a total and is left out.")


class ExampleRow(RuleBroken):
    message = N_("This is an example row of the template and is left out.")


class NameMissing(RuleBroken):
    message = N_("This row has no name of a product and is left out.")


class BarcodeShortened(RuleBroken):
    message = N_("The spreadsheet shortened this barcode to “%(text)s”. Format the column as text and type it anew.")


@dataclass(frozen=True, slots=True)
class ReadList:
    """The rows that could be read, and what is said of those that could not."""

    rows: list[GoodsRow]
    refused: list[Outcome]


class CellTrouble(Exception):
    """Carries a broken rule with the column it happened in."""

    def __init__(self, column: str | None, trouble: RuleBroken) -> None:
        self.said = Said.of(trouble, column=column)


class RowReader:
    """The cells of one row by the column they stand in."""

    def __init__(self, row: SheetRow, columns: Sequence[str | None]) -> None:
        self.cells = {column: row.cell(place) for place, column in enumerate(columns) if column}

    def cell(self, column: str) -> Cell:
        """The cell of a column; an empty one where the list has no such column, or says so in its own way."""
        cell = self.cells.get(column, EMPTY)
        return EMPTY if cell.text.strip().casefold() in _NOTHING else cell

    def text(self, column: str, *, limit: int = 200) -> str:
        """The text of a column, fit to keep: nothing that would run when somebody exports it again."""

        def read(form: dict[str, str]) -> str:
            if starts_a_formula(form["cell"]) and column != "phone":  # +84…
                raise FormulaInCell()
            return read_text(form, "cell", limit=limit)

        return self.read(column, read, "")

    def read(self, column: str, reader: Callable[[dict[str, str]], Value], otherwise: Value) -> Value:
        """What a reader of forms makes of a cell; `otherwise` where the cell is empty."""
        cell = self.cell(column)
        if not cell.text.strip():
            return otherwise
        try:
            return reader({"cell": cell.text})
        except RuleBroken as trouble:
            raise CellTrouble(column, trouble) from None


def read_list(sheet: Sheet, headings: Headings, columns: Sequence[str | None]) -> ReadList:
    """Every row below the headings."""
    found = ReadList([], [])
    for row in sheet.rows[headings.last_row + 1 :]:
        cells = RowReader(row, columns)
        try:
            found.rows.append(read_row(row, cells))
        except CellTrouble as trouble:
            outcome = Outcome(row.number, clean(cells.cell("name").text, limit=5_000)[:200])
            outcome.refuse(trouble.said)
            found.refused.append(outcome)
    return found


def read_row(row: SheetRow, cells: RowReader) -> GoodsRow:
    """One row; CellTrouble says which of its cells cannot be read, and why."""
    refuse_no_goods(row, cells)
    unit, label = read_unit(cells)
    barcode, zeros_added = read_barcode(cells)
    return GoodsRow(
        number=row.number,
        name=cells.text("name"),
        unit=unit,
        unit_label=label,
        pack=cells.text("pack", limit=80),
        price=read_amount(cells, "price"),
        barcode=barcode,
        zeros_added=zeros_added,
        own_code=cells.text("code", limit=80),
        group=cells.read("group", read_group, None),
        tax_class=cells.read("tax_class", read_tax_class, None),
        within_days=cells.read("within_days", lambda form: read_whole(form, "cell", least=1, most=3650), None),
        maker=read_maker(cells),
        papers=read_papers(cells),
        stock=read_stock(cells, unit),
    )


def refuse_no_goods(row: SheetRow, cells: RowReader) -> None:
    """Refuse what is no row of goods: cut off, a total, an example, a line without a name."""
    first = fold(next((cell.text for cell in row.cells if cell.text.strip()), "")).strip(" :.")
    if row.cut:
        raise CellTrouble(None, RowCutOff())
    if first in goods_words("total"):
        raise CellTrouble(None, TotalRow())
    if first.split(":")[0].strip() in goods_words("example"):
        raise CellTrouble(None, ExampleRow())
    if not cells.cell("name").text.strip():
        raise CellTrouble("name", NameMissing())


def read_unit(cells: RowReader) -> tuple[Unit, str]:
    """What one of it is, and the word for one: kg, litre and metre are sold in parts, everything else whole."""
    word = cells.text("unit", limit=20)
    means = goods_words("unit").get(fold(word).strip("."))
    return (Unit(means), Unit(means).symbol) if means else (Unit.PIECE, word.lower())


def read_amount(cells: RowReader, column: str) -> Money | None:
    """An amount in đồng as shops write it."""
    return cells.read(column, lambda form: read_money(form, "cell"), None)


def read_barcode(cells: RowReader) -> tuple[str | None, bool]:
    """The digits of a barcode, and whether zeros were put back that a spreadsheet had dropped.

    Zeros in front do not change a check digit, so a number that is right without them is right with them; only cells
    that hold a number can have lost any.
    """
    cell = cells.cell("number")

    def read(form: dict[str, str]) -> tuple[str, bool]:
        digits = read_text(form, "cell", limit=40).replace(" ", "")
        if cell.kind is CellKind.NUMBER and not digits.isdigit():
            raise BarcodeShortened(text=digits)
        if re.fullmatch(r"[0-9.,]+E\+?[0-9]+", digits, re.IGNORECASE):
            raise BarcodeShortened(text=digits)
        whole = next((n for n in _LENGTHS if n >= len(digits)), 0) if cell.kind is CellKind.NUMBER else 0
        as_gtin14(digits.zfill(whole))
        return digits.zfill(whole), whole > len(digits)

    return cells.read("number", read, (None, False))


def read_maker(cells: RowReader) -> MakerCells:
    """Who makes it. A commune that is not one of today's, or of another province, stays as it was written."""
    province = cells.read("province", read_province, None)
    commune = cells.text("commune")
    name = next((one.name for one in provinces_on(today()) if one.id == province), None)
    found = communes_named(commune, today(), name) if commune else ()
    locality = found[0].id if len(found) == 1 and name else None
    return MakerCells(
        called=cells.text("producer"),
        form=cells.read("form", read_form, None),
        province_id=province,
        locality_id=locality,
        old_commune="" if locality else commune,
        tax_code=cells.text("tax_code", limit=20) or None,
        phone=cells.text("phone", limit=40),
        address=cells.text("address", limit=300),
    )


def read_papers(cells: RowReader) -> PaperCells:
    """Its certificate, its other basis; 0 stars are none."""
    return PaperCells(
        stars=cells.read("stars", read_stars, None) or None,
        decision=cells.text("decision", limit=120),
        decision_date=read_when(cells, "decision_date"),
        issuer=cells.text("issuer"),
        number=cells.text("certificate", limit=80),
        basis=cells.read("basis", read_basis, None),
        evidence=cells.text("evidence", limit=300),
        basis_from=read_when(cells, "basis_from"),
        basis_until=read_when(cells, "basis_until"),
    )


def read_stock(cells: RowReader, unit: Unit) -> StockCells:
    """What of it is in the shop."""
    return StockCells(
        quantity=cells.read("quantity", lambda form: read_quantity(form, "cell", unit), None),
        terms=cells.read("terms", read_terms, None),
        amount=read_amount(cells, "amount"),
        commission=cells.read("commission", read_percent, None),
        best_before=read_when(cells, "best_before"),
        producer_lot=cells.text("producer_lot", limit=40),
    )


def read_when(cells: RowReader, column: str) -> date | None:
    """A day as people write it, of two digits for the year too, or as the number that spreadsheets keep for it."""
    cell = cells.cell(column)

    def read(form: dict[str, str]) -> date:
        text = form["cell"].strip()
        if cell.kind is CellKind.NUMBER and text.isdigit() and int(text) in _SERIALS:
            return _EXCEL_BEGINS + timedelta(days=int(text))
        short = _SHORT_YEAR.fullmatch(text)
        return read_day({"cell": f"{short[1]}20{short[2]}" if short else text}, "cell")

    return cells.read(column, read, None)
