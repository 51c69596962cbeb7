"""The rows of a list of past sales: which product, on which day, how much; or why a row cannot be used."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.clock import today
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.quantity import NONE, Quantity
from core.spreadsheet.sheet import Sheet, SheetRow
from core.text import fold
from core.web.forms import read_day, read_quantity
from inventory.catalogue.product import Product
from inventory.catalogue.product_number import ProductNumber
from inventory.reordering.demand import YEARS_READ
from inventory.reordering.past_demand import SoldElsewhere

LOOKED_AT = 20
COLUMNS = {
    "day": ("ngay", "ngay ban", "thoi gian", "date", "day", "sold on"),
    "code": ("ma", "ma hang", "ma vach", "ma san pham", "sku", "code", "barcode", "product code"),
    "name": ("ten", "ten hang", "ten san pham", "hang hoa", "san pham", "name", "product"),
    "quantity": ("so luong", "sl", "sl ban", "so luong ban", "quantity", "qty", "sold"),
}
_MOMENT = re.compile(r"\s+[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$")


class NoSalesHeadings(RuleBroken):
    """A list whose columns nobody can tell."""

    message = N_("No headings were found in this list. Its first row needs a day, a quantity, and the code or the name "
                 "of the product.")  # fmt: skip


class DayTooOld(RuleBroken):
    """Before the two years that are looked at, or not yet over."""

    message = N_("%(day)s is not within the last two years up to yesterday. This row says nothing of what sells.")


class NothingSoldThen(RuleBroken):
    """Goods brought back, or nothing at all."""

    message = N_("A quantity above 0 is needed; goods brought back are left out.")


class UnknownGoods(RuleBroken):
    """No product of this code or name."""

    message = N_("No product of the shop has the code or name “%(text)s”.")


class UnclearName(RuleBroken):
    """Several products are called so."""

    message = N_("Several products are called “%(text)s”. Write the code of the right one.")


@dataclass(frozen=True, slots=True)
class PastRow:
    """One row: what can be used of it, or why it cannot."""

    number: int
    words: str
    sold: SoldElsewhere | None = None
    trouble: RuleBroken | None = None


def read_past_sales(sheet: Sheet) -> list[PastRow]:
    """Every row below the headings."""
    last, columns = headings_of(sheet)
    names = Names()
    return [read_past_row(row, columns, names) for row in sheet.rows[last + 1 :]]


def headings_of(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The row of the headings, and where each column stands."""
    for place, row in enumerate(sheet.rows[:LOOKED_AT]):
        words = [fold(cell.text.strip(" .:")) for cell in row.cells]
        found = {
            name: words.index(word) for name, known in COLUMNS.items() for word in reversed(known) if word in words
        }
        if {"day", "quantity"} <= set(found) and {"code", "name"} & set(found):
            return place, found
    raise NoSalesHeadings()


class Names:
    """The shop's goods by code, number and name."""

    def __init__(self) -> None:
        goods = list(db.session.scalars(select(Product).where(Product.service.is_(False))))
        self.by_sku = {product.sku: product for product in goods}
        self.by_name: dict[str, list[Product]] = defaultdict(list)
        for product in goods:
            for name in {fold(product.name), fold(product.full_name)}:
                self.by_name[name].append(product)
        by_id = {product.id: product for product in goods}
        numbers = select(ProductNumber.number, ProductNumber.product_id).where(ProductNumber.withdrawn.is_(False))
        self.by_number = {
            row.number.lstrip("0"): by_id[row.product_id]
            for row in db.session.execute(numbers)
            if row.product_id in by_id
        }

    def product(self, code: str, name: str) -> Product:
        """The product of a code, of a number (its first zeros may be lost), or of a name that only one has."""
        found = self.by_sku.get(code) or self.by_number.get(code.lstrip("0") or "-")
        if found is not None:
            return found
        called = self.by_name.get(fold(name), []) if name else []
        if len(called) == 1:
            return called[0]
        raise UnclearName(text=name[:40]) if called else UnknownGoods(text=(code or name)[:40])


def read_past_row(row: SheetRow, columns: dict[str, int], names: Names) -> PastRow:
    """One row, judged by itself."""
    texts = {name: row.cell(place).text.strip() for name, place in columns.items()}
    words = " · ".join(text[:40] for text in texts.values() if text)
    try:
        product = names.product(texts.get("code", ""), texts.get("name", ""))
        day = read_day({"day": _MOMENT.sub("", texts["day"])}, "day", label=N_("Day"))
        quantity = read_sold(texts["quantity"], product)
        refuse_unusable(day, quantity)
    except RuleBroken as trouble:
        return PastRow(row.number, words, trouble=trouble)
    return PastRow(row.number, words, SoldElsewhere(product, day, quantity))


def read_sold(text: str, product: Product) -> Quantity:
    """A quantity; what another till writes as 2.0 is two."""
    if text.startswith("-"):
        raise NothingSoldThen()
    whole = re.sub(r"[.,]0+$", "", text) if not product.unit.divisible else text
    return read_quantity({"quantity": whole}, "quantity", product.unit, label=N_("Quantity"))


def refuse_unusable(day: date, quantity: Quantity) -> None:
    """Refuse what says nothing of demand."""
    if not today() - YEARS_READ <= day < today():
        raise DayTooOld(day=day)
    if quantity <= NONE:
        raise NothingSoldThen()


def usable(rows: Sequence[PastRow]) -> list[SoldElsewhere]:
    """What can be used."""
    return [row.sold for row in rows if row.sold is not None]
