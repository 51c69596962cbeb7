"""What was sold, brought back and given away, on the reports of a shift and of days."""

from collections.abc import Iterator, Sequence

from core.i18n import gettext
from core.money import ZERO
from printers.blocks import Block, Gap, Pair, Size
from printers.day_documents import DayBookPaper, DayReport, DiscountTotal, NamedSum
from printers.layouts.parts import bearer_word, discount_word, dong, figures, heading, tax_table


def sales(report: DayReport | DayBookPaper, width: int) -> Iterator[Block]:
    """Receipts, visitors, what was sold, and the tax inside."""
    yield from heading(gettext("Sales"))
    yield Pair(gettext("Receipts"), str(report.sales_count))
    if report.first_receipt is not None and report.last_receipt is not None:
        yield Pair(gettext("From number"), f"{report.first_receipt:06d}")
        yield Pair(gettext("To number"), f"{report.last_receipt:06d}")
    yield Pair(gettext("Visitors"), str(report.visitors))
    if isinstance(report, DayReport) and report.practised:
        yield Pair(gettext("Practice receipts (no sales)"), str(report.practised))
    yield Gap(1)
    yield Pair(gettext("SALES"), dong(report.sales_total), Size.LARGE, bold=True, figures=False)
    yield from tax_table(report.taxes, width)


def returns(report: DayReport | DayBookPaper, width: int) -> Iterator[Block]:
    """Goods brought back with their tax, and what is left of the sales."""
    if not report.returns_count:
        return
    yield from heading(gettext("Goods brought back"))
    count = gettext("Returns (%(count)s)", count=report.returns_count)
    yield Pair(count, figures(-report.returns_total), bold=True)
    yield from tax_table(report.return_taxes, width)
    yield Gap(1)
    net = report.sales_total - report.returns_total
    yield Pair(gettext("SALES LESS RETURNS"), dong(net), Size.LARGE, bold=True, figures=False)


def discounts(given: Sequence[DiscountTotal]) -> Iterator[Block]:
    """Each kind of discount with who bears it."""
    if not given:
        return
    yield from heading(gettext("Discounts given"))
    for each in given:
        word = f"{discount_word(each.kind)}, {bearer_word(each.bearer)} ({each.count})"
        yield Pair(word, figures(each.amount), Size.SMALL)
    yield Pair(gettext("Discounts together"), figures(sum((each.amount for each in given), ZERO)), bold=True)


def named_sums(sums: Sequence[NamedSum]) -> Iterator[Block]:
    """Several sums, each with how often."""
    yield from (Pair(f"{each.what} ({each.count})", figures(each.amount)) for each in sums)
