"""The paper of a run: labels for a printer or sheets as a PDF, with the price of the run and the stars of today.

A run may be printed again, or wait for its printer, after its day: its price stays what was written down, but stars
whose certificate has ended meanwhile are not printed any more.
"""

from dataclasses import replace
from datetime import date

from config.reference.label_stocks import label_stock
from core.clock import today
from core.current_settings import current_settings
from core.database import db
from core.i18n import gettext, use
from inventory.labels.label_design import design
from inventory.labels.label_facts import LabelFacts, facts_of
from inventory.labels.label_run_table import LabelLine, LabelRun
from printers.labels.label import Label
from printers.labels.print_run import LabelPaper
from printers.labels.sheet import sheets_pdf


def draw_labels(number: int, copy: int, again: bool) -> LabelPaper:
    """The labels of a run for the spool."""
    run = db.session.get_one(LabelRun, number)
    return LabelPaper(tuple(labels_of(run)), label_stock(run.stock))


def sheets_of(run: LabelRun) -> bytes:
    """The sheets of a run as a PDF."""
    each = [label for label, copies in labels_of(run) for _ in range(copies)]
    title = gettext("Labels %(number)s", number=run.number)
    return sheets_pdf(each, label_stock(run.stock), start=run.start, title=title, author=current_settings().shop.name)


def labels_of(run: LabelRun) -> list[tuple[Label, int]]:
    """Each label of a run and how often it is printed, in the language of the shop's papers."""
    stock, day = label_stock(run.stock), today()
    with use(current_settings().receipt.language):
        return [(design(facts_on(line, run, day), stock), line.copies) for line in run.lines]


def facts_on(line: LabelLine, run: LabelRun, day: date) -> LabelFacts:
    """What a line says when it is printed on a day."""
    facts = facts_of(line.product, line.lot, line.kind, day=day, symbol=run.symbol)
    stars = facts.stars if line.stars is not None and facts.stars and facts.stars.stars == line.stars else None
    of_one = facts.content.price_of_one(line.price) if facts.content and line.price is not None else None
    return replace(facts, price=line.price, price_of_one=of_one, stars=stars)
