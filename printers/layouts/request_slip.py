"""The delivery request on the till roll: to whom, by when, what and how much of it."""

from collections.abc import Iterator

from core.i18n import gettext, use, written_day, written_quantity
from printers.blocks import Align, Block, Cells, Gap, Pair, Rule, Size, Text
from printers.layouts.parts import copy_mark, demo_notice, shop_head
from printers.request_documents import RequestPaper

WIDE_COLUMNS = 48


def lay_out_request(paper: RequestPaper, width: int = WIDE_COLUMNS) -> list[Block]:
    """Set the slip: head, whom it is for, its lines, two places to sign."""
    with use(paper.language):
        return [
            *shop_head(paper.shop, width),
            *_title(paper),
            *_lines(paper),
            *_signatures(),
            *demo_notice(paper.demo),
        ]


def _title(paper: RequestPaper) -> Iterator[Block]:
    yield Gap(2)
    yield Rule("heavy")
    yield Gap(1)
    yield Text(gettext("DELIVERY REQUEST"), Size.LARGE, Align.CENTRE, bold=True)
    yield from copy_mark(paper.mark)
    yield Gap(2)
    yield Pair(gettext("Number"), str(paper.number))
    yield Pair(gettext("Day"), written_day(paper.day), figures=False)
    yield Text(gettext("To: %(producer)s", producer=f"{paper.producer} ({paper.producer_code})"), bold=True)
    wanted = f"{paper.weekday} {written_day(paper.wanted_on)}"
    yield Pair(gettext("Please deliver on"), wanted, bold=True, figures=False)
    yield Pair(gettext("Asked by"), paper.by, Size.SMALL, figures=False)


def _lines(paper: RequestPaper) -> Iterator[Block]:
    yield Gap(1)
    yield Rule()
    for n, line in enumerate(paper.lines, start=1):
        yield Text(f"{n}. {line.name}")
        yield Pair(line.sku, f"{written_quantity(line.quantity)} {line.unit_label}", bold=True, figures=False)
    yield Rule()
    if paper.note:
        yield Text(paper.note)
    yield Text(gettext("Please tell us in time if something cannot come."), Size.SMALL)


def _signatures() -> Iterator[Block]:
    yield Gap(3)
    yield Cells((gettext("The shop"), gettext("The producer")), (1, 1), bold=True)
    yield Gap(12)
    yield Cells(("." * 14, "." * 14), (1, 1))
