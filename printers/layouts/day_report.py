"""X and Z reports of a shift: what was sold, taken, counted, corrected and sealed."""

from collections.abc import Iterator

from core.i18n import gettext, use, written_instant
from core.money import ZERO, Money
from printers.blocks import Align, Banner, Block, Cells, Gap, Pair, Rule, Size, Text
from printers.documents import Correction, DayReport, TenderCount
from printers.layouts.parts import (
    bearer_word,
    copy_mark,
    demo_notice,
    discount_word,
    dong,
    figures,
    heading,
    is_narrow,
    payment_word,
    shop_head,
    tax_table,
)

WIDE_COLUMNS = 48


def lay_out_day_report(report: DayReport, width: int = WIDE_COLUMNS) -> list[Block]:
    """Set an X or Z report for paper of `width` columns (48 on 80 mm, 32 on 58 mm)."""
    with use(report.language):
        return [
            *shop_head(report.shop, width),
            *_title(report),
            *_sales(report, width),
            *_tenders(report, width),
            *_corrections(report),
            *_chain(report),
            *_signatures(report),
            *demo_notice(report.demo),
        ]


def _title(report: DayReport) -> Iterator[Block]:
    yield Gap(2)
    yield Rule("heavy")
    yield Gap(1)
    name = gettext("SHIFT REPORT (Z)") if report.kind.upper() == "Z" else gettext("INTERIM REPORT (X)")
    yield Text(name, Size.LARGE, Align.CENTRE, bold=True)
    yield from copy_mark(report.mark)
    yield Gap(2)
    number = gettext("No. %(number)s", number=report.number)
    yield Pair(number, report.register, bold=True, figures=False)
    yield Pair(gettext("Shift"), str(report.shift))
    yield Pair(gettext("Opened"), written_instant(report.opened_at), Size.SMALL, figures=False)
    yield Pair(gettext("Opened by"), report.opened_by, Size.SMALL, figures=False)
    yield Pair(gettext("Made at"), written_instant(report.made_at), Size.SMALL, figures=False)
    yield Pair(gettext("Made by"), report.made_by, Size.SMALL, figures=False)


def _sales(report: DayReport, width: int) -> Iterator[Block]:
    yield from heading(gettext("Sales"))
    yield Pair(gettext("Receipts"), str(report.sales_count))
    if report.first_receipt is not None and report.last_receipt is not None:
        yield Pair(gettext("From number"), f"{report.first_receipt:06d}")
        yield Pair(gettext("To number"), f"{report.last_receipt:06d}")
    yield Pair(gettext("Visitors"), str(report.visitors))
    if report.practised:
        yield Pair(gettext("Practice receipts (no sales)"), str(report.practised))
    if report.discounts:
        yield Pair(gettext("Discounts given"), figures(report.discounts))
    for each in report.discount_kinds:
        word = f"{discount_word(each.kind)}, {bearer_word(each.bearer)} ({each.count})"
        yield Pair(word, figures(each.amount), Size.SMALL, indent=1)
    yield Gap(1)
    yield Pair(gettext("SALES"), dong(report.sales_total), Size.LARGE, bold=True, figures=False)
    yield from tax_table(report.taxes, width)


def _tenders(report: DayReport, width: int) -> Iterator[Block]:
    yield from heading(gettext("Money taken"))
    yield Pair(gettext("Float at opening"), figures(report.cash_float))
    yield Gap(1)
    counted = any(tender.counted is not None for tender in report.tenders)
    if not counted:
        yield from (_expected(tender) for tender in report.tenders)
    elif is_narrow(width):
        yield from _counted_list(report)
    else:
        yield from _counted_table(report)
    if counted:
        yield from _difference(report)


def _expected(tender: TenderCount) -> Block:
    return Pair(_called(tender), figures(tender.expected))


def _called(tender: TenderCount) -> str:
    """The kind of payment, and how often it was taken."""
    word = payment_word(tender.kind)
    return f"{word} ({tender.count})" if tender.count else word


def _counted_table(report: DayReport) -> Iterator[Block]:
    shares = (6, 4, 4, 4)
    yield Cells(("", gettext("Expected"), gettext("Counted"), gettext("Difference")), shares, bold=True)
    for tender in report.tenders:
        word = _called(tender)
        if tender.counted is None:
            yield Cells((word, figures(tender.expected), "–", "–"), shares)
        else:
            gap = tender.counted - tender.expected
            yield Cells((word, figures(tender.expected), figures(tender.counted), _signed(gap)), shares)


def _counted_list(report: DayReport) -> Iterator[Block]:
    for tender in report.tenders:
        yield Text(_called(tender), bold=True)
        yield Pair(gettext("Expected"), figures(tender.expected), Size.SMALL, indent=1)
        if tender.counted is not None:
            yield Pair(gettext("Counted"), figures(tender.counted), Size.SMALL, indent=1)
            yield Pair(gettext("Difference"), _signed(tender.counted - tender.expected), Size.SMALL, indent=1)


def _difference(report: DayReport) -> Iterator[Block]:
    gaps = [tender.counted - tender.expected for tender in report.tenders if tender.counted is not None]
    gap = sum(gaps, ZERO)
    yield Gap(1)
    if gap == ZERO:
        yield Text(gettext("The count agrees with the till."), bold=True)
    else:
        word = gettext("OVER") if gap > ZERO else gettext("SHORT")
        yield Pair(word, dong(gap if gap > ZERO else -gap), Size.LARGE, bold=True, figures=False)


def _signed(gap: Money) -> str:
    return f"+{figures(gap)}" if gap > ZERO else figures(gap)


def _corrections(report: DayReport) -> Iterator[Block]:
    yield from heading(gettext("What lowered a total"))
    if not report.corrections:
        yield Text(gettext("Nothing."), Size.SMALL)
        return
    for correction in report.corrections:
        yield from _correction(correction)
    total = sum((correction.amount for correction in report.corrections), ZERO)
    count = gettext("%(count)s corrections", count=len(report.corrections))
    yield Pair(count, figures(total), bold=True)


def _correction(correction: Correction) -> Iterator[Block]:
    yield Pair(correction.what, figures(correction.amount), Size.SMALL)
    who = " · ".join(part for part in (written_instant(correction.at), correction.by, correction.reason) if part)
    yield Text(who, Size.SMALL, indent=1)


def _chain(report: DayReport) -> Iterator[Block]:
    yield from heading(gettext("Journal"))
    if report.perpetual_total is not None:
        yield Pair(gettext("Perpetual total"), figures(report.perpetual_total))
    if report.chain_seq is not None:
        yield Pair(gettext("Last record"), str(report.chain_seq))
    if report.chain_hash:
        yield Text(gettext("Head of the chain"), Size.SMALL)
        yield Text(" ".join(report.chain_hash[at : at + 8] for at in range(0, len(report.chain_hash), 8)), Size.SMALL)
    if not report.signed:
        yield Gap(1)
        yield Banner(gettext("NOT SIGNED"))


def _signatures(report: DayReport) -> Iterator[Block]:
    if report.kind.upper() != "Z":
        return
    yield Gap(3)
    yield Cells((gettext("Clerk"), gettext("Manager")), (1, 1), bold=True)
    yield Gap(14)
    yield Cells(("." * 14, "." * 14), (1, 1))
