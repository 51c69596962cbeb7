"""Printing labels: a run is written down with its prices and stars, then goes to a printer or becomes a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.reference.label_stocks import LabelStock, label_stock
from config.reference.table import UnknownReference
from config.settings import PrinterSettings
from core.clock import today
from core.current_settings import current_settings
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_, use
from core.journal.chain import write_record
from core.journal.record import Kind
from core.staff import Staff
from inventory.catalogue.mark_use import remember_mark
from inventory.labels.label_design import design
from inventory.labels.label_draft import LabelWish
from inventory.labels.label_facts import LabelFacts, facts_of
from inventory.labels.label_kind import LabelSymbol
from inventory.labels.label_run_table import LabelLine, LabelRun, next_run_number
from printers.labels.label import Pen, PlacedLabel
from printers.labels.picture import DotPen
from printers.labels.print_run import row_width
from printers.labels.sheet import LinePen, NoSuchPlace
from printers.labels.stock_room import place_on
from printers.labels.symbol import in_millimetres
from printers.spool import enqueue

LABELS = "labels"
"""What a run is called in the spool, and its use of a mark."""


class NothingToPrint(RuleBroken):
    """The list is empty."""

    message = N_("Nothing is on the list. Scan a product or a lot, or choose a receipt.")


class NoSuchStock(RuleBroken):
    """A kind of label that the program does not know."""

    message = N_("There is no label called “%(stock)s”. Choose one from the list.")


class PrinterMissing(RuleBroken):
    """A roll needs a printer."""

    message = N_("These labels come from a printer. Choose one, or enter a label printer in the settings.")


class PrinterTooNarrow(RuleBroken):
    """A part of each label would be missing."""

    message = N_("“%(printer)s” prints %(has)s mm and these labels are %(needs)s mm wide. Choose another label.")


@dataclass(frozen=True, slots=True)
class LabelPlan:
    """On what the labels are printed, and with which symbol."""

    stock: LabelStock
    symbol: LabelSymbol = LabelSymbol.BARS
    printer: PrinterSettings | None = None
    start: int = 1


def stock_of(code: str) -> LabelStock:
    """The kind of label of a code, or the sentence that there is none."""
    try:
        return label_stock(code)
    except UnknownReference:
        raise NoSuchStock(stock=code[:40]) from None


def label_printers() -> list[PrinterSettings]:
    """Printers that print labels, those for labels first; receipt printers can too."""
    printers = [printer for printer in current_settings().printers if printer.role in ("label", "receipt")]
    return sorted(printers, key=lambda printer: printer.role != "label")


def print_labels(wishes: Sequence[LabelWish], plan: LabelPlan, *, by: Staff) -> LabelRun:
    """Write down what is printed today and leave it to the printer; sheets are fetched as a PDF.

    Everything is set before anything is written: what does not fit, or has no price or number, is refused.
    """
    if not wishes:
        raise NothingToPrint()
    check_plan(plan)
    day = today()
    facts = [placed_facts(wish, plan, day)[0] for wish in wishes]
    number = next_run_number()
    lines = [_line(number, n, wish, fact) for n, (wish, fact) in enumerate(zip(wishes, facts, strict=True), start=1)]
    run = LabelRun(
        number=number,
        day=day,
        stock=plan.stock.code,
        printer=plan.printer.key if plan.printer else None,
        start=plan.start,
        symbol=plan.symbol,
        staff_code=by.code,
    )
    run.record_seq = write_record(Kind.LABELS, run_body(run, lines, wishes), by=by).seq
    db.session.add(run)
    db.session.flush()
    db.session.add_all(lines)
    _remember_marks(run, lines, wishes)
    db.session.flush()
    if plan.printer is not None:
        enqueue(LABELS, number, role=plan.printer.role, printer=plan.printer.key, by=by)
    return run


def check_plan(plan: LabelPlan) -> None:
    """Refuse a printer that is missing or too narrow, and a place that the sheet does not have."""
    if plan.stock.kind == "sheet":
        if not 1 <= plan.start <= plan.stock.places:
            raise NoSuchPlace(places=plan.stock.places)
        return
    if plan.printer is None:
        raise PrinterMissing()
    needs = row_width(plan.stock)
    if needs * plan.printer.dpi // 254 > plan.printer.dots:
        has = plan.printer.dots * 254 // plan.printer.dpi
        name = plan.printer.name
        raise PrinterTooNarrow(printer=name, has=in_millimetres(has), needs=in_millimetres(needs))


def placed_facts(
    wish: LabelWish, plan: LabelPlan, day: date, *, pen: Pen | None = None
) -> tuple[LabelFacts, PlacedLabel]:
    """What a label will say, and everything at its place; raises what keeps it from being printed.

    `pen` is another than that of the stock, for the screen.
    """
    facts = facts_of(wish.product, wish.lot, wish.kind, day=day, symbol=plan.symbol)
    drawn = LinePen() if plan.stock.kind == "sheet" else DotPen(plan.printer.dpi if plan.printer else 203)
    with use(current_settings().receipt.language):
        return facts, place_on(design(facts, plan.stock), plan.stock, pen or drawn)


def _line(number: int, n: int, wish: LabelWish, facts: LabelFacts) -> LabelLine:
    return LabelLine(
        run_number=number,
        n=n,
        kind=wish.kind,
        product_id=wish.product_id,
        lot_id=wish.lot_id,
        copies=wish.copies,
        price=facts.price,
        stars=facts.stars.stars if facts.stars else None,
        stars_until=facts.stars.until if facts.stars else None,
    )


def _remember_marks(run: LabelRun, lines: Sequence[LabelLine], wishes: Sequence[LabelWish]) -> None:
    for line, wish in zip(lines, wishes, strict=True):
        if line.stars is not None and line.stars_until is not None:
            remember_mark(
                wish.product, LABELS, run.number, line.n, stars=line.stars, until=line.stars_until, day=run.day,
                copies=line.copies, record_seq=run.record_seq,
            )  # fmt: skip


def run_body(run: LabelRun, lines: Sequence[LabelLine], wishes: Sequence[LabelWish]) -> dict[str, object]:
    """A run as the journal keeps it (docs/journal.md, LABELS)."""
    return {
        "no": run.number,
        "day": run.day.isoformat(),
        "stock": run.stock,
        "printer": run.printer,
        "start": run.start,
        "symbol": run.symbol.value,
        "lines": [
            {
                "n": line.n,
                "label": line.kind.value,
                "sku": wish.product.sku,
                "lot": wish.lot.number if wish.lot else None,
                "copies": line.copies,
                "price": line.price.dong if line.price is not None else None,
                "stars": line.stars,
                "until": line.stars_until.isoformat() if line.stars_until else None,
            }
            for line, wish in zip(lines, wishes, strict=True)
        ],
    }
