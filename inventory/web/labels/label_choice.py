"""What is chosen on the page of labels: stock, symbol, kind, printer, first place of a used sheet."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from sqlalchemy import select

from config.reference.label_stocks import LabelStock, label_stocks
from config.settings import PrinterSettings
from core.database import db
from core.i18n import N_, current_language, gettext
from core.web.forms import read_whole
from inventory.labels.label_kind import KIND_NAMES, SYMBOL_NAMES, LabelKind, LabelSymbol
from inventory.labels.label_run import LabelPlan, label_printers, stock_of
from inventory.labels.label_run_table import LabelRun
from inventory.labels.replacement import WHY_NAMES

LEAST_STOCK = "roll-50x30"


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """The choices as they stand, for the page and for every form on it."""

    stock: LabelStock
    symbol: LabelSymbol
    kind: LabelKind
    printer: PrinterSettings | None
    start: int

    @property
    def is_sheet(self) -> bool:
        """Whether the labels become a PDF."""
        return self.stock.kind == "sheet"

    def plan(self) -> LabelPlan:
        """On what to print."""
        return LabelPlan(self.stock, self.symbol, None if self.is_sheet else self.printer, self.start)

    def fields(self) -> dict[str, str]:
        """The choices as fields of an address or a form."""
        chosen = {"stock": self.stock.code, "symbol": self.symbol.value, "kind": self.kind.value}
        printer = {"printer": self.printer.key} if self.printer else {}
        return {**chosen, **printer, "start": str(self.start)}


def read_label_choice() -> LabelChoice:
    """What was chosen; the last run's stock and symbol where nothing was."""
    given: Mapping[str, str] = request.values
    last = db.session.scalars(select(LabelRun).order_by(LabelRun.number.desc()).limit(1)).first()
    stock = stock_of(given.get("stock") or (last.stock if last else LEAST_STOCK))
    symbol = given.get("symbol") or (last.symbol.value if last else "")
    return LabelChoice(
        stock=stock,
        symbol=LabelSymbol(symbol) if symbol in list(LabelSymbol) else LabelSymbol.BARS,
        kind=LabelKind(given["kind"]) if given.get("kind") in list(LabelKind) else LabelKind.PRODUCT,
        printer=_printer(given.get("printer") or (last.printer if last else None)),
        start=read_whole(given, "start", least=1, most=stock.places, label=N_("First label"))
        if given.get("start") and stock.kind == "sheet"
        else 1,
    )


def _printer(key: str | None) -> PrinterSettings | None:
    printers = label_printers()
    chosen = next((printer for printer in printers if printer.key == key), None)
    return chosen or (printers[0] if printers else None)


def words() -> dict[str, object]:
    """What the templates of labels may say and offer."""
    return {
        "kind_name": lambda kind: gettext(KIND_NAMES[kind]),
        "why_name": lambda why: gettext(WHY_NAMES[why]),
        "kinds": [(kind.value, gettext(said)) for kind, said in KIND_NAMES.items()],
        "symbols": [(symbol.value, gettext(said)) for symbol, said in SYMBOL_NAMES.items()],
        "stocks": [(stock.code, stock.name(current_language())) for stock in label_stocks()],
        "label_printers": [(printer.key, printer.name) for printer in label_printers()],
    }
