"""X and Z reports of a shift: what was sold, taken, counted, corrected and sealed."""

from collections.abc import Iterator

from core.i18n import gettext, use, written_instant
from core.money import ZERO
from printers.blocks import Align, Banner, Block, Cells, Gap, Pair, Rule, Size, Text
from printers.day_documents import Correction, DayReport
from printers.layouts.day_money import cash_moves, drawer_account, hand_over, money_given_back, other_tenders
from printers.layouts.day_sales import discounts, returns, sales
from printers.layouts.parts import (
    copy_mark,
    demo_notice,
    figures,
    heading,
    shop_head,
)

WIDE_COLUMNS = 48


def lay_out_day_report(report: DayReport, width: int = WIDE_COLUMNS) -> list[Block]:
    """Set an X or Z report for paper of `width` columns (48 on 80 mm, 32 on 58 mm)."""
    with use(report.language):
        return [
            *shop_head(report.shop, width),
            *_title(report),
            *sales(report, width),
            *returns(report, width),
            *discounts(report.discounts),
            *drawer_account(report.cash, counted=is_z(report)),
            *other_tenders(report.tenders, width, counted=is_z(report)),
            *money_given_back(report.given_back),
            *cash_moves(report.moves),
            *_corrections(report),
            *hand_over(report),
            *_chain(report),
            *_signatures(report),
            *demo_notice(report.demo),
        ]


def is_z(report: DayReport) -> bool:
    """Whether the shift was counted."""
    return report.kind.upper() == "Z"


def _title(report: DayReport) -> Iterator[Block]:
    yield Gap(2)
    yield Rule("heavy")
    yield Gap(1)
    name = gettext("SHIFT REPORT (Z)") if is_z(report) else gettext("INTERIM REPORT (X)")
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
    if not is_z(report):
        return
    receiver = gettext("Takes over") if report.handed_over else gettext("Manager")
    yield Gap(3)
    yield Cells((gettext("Clerk"), receiver), (1, 1), bold=True)
    yield Gap(14)
    yield Cells(("." * 14, "." * 14), (1, 1))
