"""The slip of cash that was put in or taken out without a sale; it lies in the drawer until the shift is counted."""

from collections.abc import Iterator

from core.i18n import gettext, use, written_instant
from printers.blocks import Align, Block, Cells, Gap, Pair, Rule, Size, Text
from printers.day_documents import CashSlip
from printers.layouts.parts import copy_mark, demo_notice, dong, shop_head

WIDE_COLUMNS = 48


def lay_out_cash_slip(slip: CashSlip, width: int = WIDE_COLUMNS) -> list[Block]:
    """Set the slip: what for, how much, from whom or to whom, and two places to sign."""
    with use(slip.language):
        return [
            *shop_head(slip.shop, width),
            *_title(slip),
            *_body(slip),
            *_signatures(slip),
            *demo_notice(slip.demo),
        ]


def _title(slip: CashSlip) -> Iterator[Block]:
    yield Gap(2)
    yield Rule("heavy")
    yield Gap(1)
    name = gettext("CASH PUT IN") if slip.into else gettext("CASH TAKEN OUT")
    yield Text(name, Size.LARGE, Align.CENTRE, bold=True)
    yield Text(gettext("Internal slip of the shift, not an accounting voucher"), Size.SMALL, Align.CENTRE)
    yield from copy_mark(slip.mark)
    yield Gap(2)
    yield Pair(gettext("Journal record"), str(slip.record))
    yield Pair(gettext("Cash of"), slip.place, figures=False)
    if slip.shift is not None:
        yield Pair(gettext("Shift"), str(slip.shift))
    yield Pair(gettext("At"), written_instant(slip.at), figures=False)


def _body(slip: CashSlip) -> Iterator[Block]:
    yield Gap(1)
    yield Text(slip.what, bold=True)
    for word, said in (
        (gettext("Paid to"), slip.payee),
        (gettext("Deposit slip"), slip.reference),
        (gettext("What for"), slip.reason),
    ):
        if said:
            yield Pair(word, said, figures=False)
    yield Gap(1)
    yield Pair(gettext("AMOUNT"), dong(slip.amount), Size.LARGE, bold=True, figures=False)
    yield Gap(1)
    yield Pair(gettext("Recorded by"), slip.by, Size.SMALL, figures=False)
    if slip.approved_by:
        yield Pair(gettext("Approved by"), slip.approved_by, Size.SMALL, figures=False)


def _signatures(slip: CashSlip) -> Iterator[Block]:
    other = gettext("Brought by") if slip.into else gettext("Received by")
    yield Gap(3)
    yield Cells((gettext("Recorded by"), other), (1, 1), bold=True)
    yield Gap(12)
    yield Cells(("." * 14, "." * 14), (1, 1))
