"""What the tests of labels say: stocks, a printer, labels printed, the words on them."""

from __future__ import annotations

from config.reference.label_stocks import label_stock
from config.settings import PrinterSettings
from core.clock import today
from core.database import db, transaction
from core.i18n import use
from inventory.labels.label_design import design
from inventory.labels.label_draft import (
    wish_label,
)
from inventory.labels.label_facts import facts_of
from inventory.labels.label_kind import LabelKind, LabelSymbol
from inventory.labels.label_paper import labels_of
from inventory.labels.label_run import (
    LabelPlan,
    print_labels,
)

ROLL = label_stock("roll-60x40")
SHEET = label_stock("a4-21")
WIDE = PrinterSettings("Tem", "label", "virtual", "127.0.0.1:1", 640, False, False, "tspl", code="2")
ON_ROLL = LabelPlan(ROLL, printer=WIDE)
PRODUCT, SHELF, LOT = LabelKind.PRODUCT, LabelKind.SHELF, LabelKind.LOT


def printed(shop, plan=ON_ROLL, *wanted):
    """A run of these (product, lot, kind, copies)."""
    with transaction():
        wishes = [wish_label(shop.by, product, lot, kind, copies=copies) for product, lot, kind, copies in wanted]
        run = print_labels(wishes, plan, by=shop.by)
        for wish in wishes:
            db.session.delete(wish)
        return run


def words_on(run):
    with use("vi"):
        return [part.text for label, _ in labels_of(run) for part in label.parts]


def said(product, lot, kind, day=None, symbol=LabelSymbol.BARS, stock=ROLL):
    with use("vi"):
        facts = facts_of(product, lot, kind, day=day or today(), symbol=symbol)
        return [part.text for part in design(facts, stock).parts], facts.symbol
