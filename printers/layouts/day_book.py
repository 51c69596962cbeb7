"""The day book on paper: the whole shop from one day to another."""

from collections.abc import Iterator

from core.i18n import gettext, use, written_day, written_instant
from core.money import ZERO
from printers.blocks import Align, Block, Gap, Pair, Rule, Size, Text
from printers.day_documents import CashSummary, DayBookPaper, ShiftResult
from printers.layouts.day_money import money_given_back, signed
from printers.layouts.day_sales import discounts, named_sums, returns, sales
from printers.layouts.parts import demo_notice, dong, figures, heading, payment_word, shop_head

WIDE_COLUMNS = 48


def lay_out_day_book(book: DayBookPaper, width: int = WIDE_COLUMNS) -> list[Block]:
    """Set the day book for paper of `width` columns."""
    with use(book.language):
        return [
            *shop_head(book.shop, width),
            *_title(book),
            *sales(book, width),
            *returns(book, width),
            *discounts(book.discounts),
            *_tenders(book),
            *money_given_back(book.given_back),
            *_registers(book),
            *_shifts(book),
            *_cash(book.cash),
            *_deposits(book),
            *demo_notice(book.demo),
        ]


def _title(book: DayBookPaper) -> Iterator[Block]:
    yield Gap(2)
    yield Rule("heavy")
    yield Gap(1)
    yield Text(gettext("DAY BOOK"), Size.LARGE, Align.CENTRE, bold=True)
    first, last = written_day(book.first), written_day(book.last)
    days = first if first == last else gettext("from %(first)s to %(last)s", first=first, last=last)
    yield Text(days, align=Align.CENTRE, bold=True)
    yield Gap(1)
    yield Pair(gettext("Made at"), written_instant(book.made_at), Size.SMALL, figures=False)
    yield Pair(gettext("Made by"), book.made_by, Size.SMALL, figures=False)


def _tenders(book: DayBookPaper) -> Iterator[Block]:
    yield from heading(gettext("Paid by"))
    yield from (Pair(payment_word(paid.kind), figures(paid.amount)) for paid in book.tenders)


def _registers(book: DayBookPaper) -> Iterator[Block]:
    if len(book.registers) > 1:
        yield from heading(gettext("Sales by register"))
        yield from named_sums(book.registers)


def _shifts(book: DayBookPaper) -> Iterator[Block]:
    if not book.shifts:
        return
    yield from heading(gettext("Drawers"))
    for result in book.shifts:
        yield Text(f"{gettext('Shift')} {result.shift} · {result.register} · {result.clerk}", Size.SMALL, bold=True)
        yield from _drawer(result)


def _drawer(result: ShiftResult) -> Iterator[Block]:
    yield Pair(gettext("Should be there"), figures(result.expected), Size.SMALL, indent=1)
    if result.counted is None:
        yield Text(gettext("not counted yet"), Size.SMALL, indent=1)
        return
    yield Pair(gettext("Counted"), figures(result.counted), Size.SMALL, indent=1)
    gap = result.counted - result.expected
    if gap:
        yield Pair(gettext("Difference"), signed(gap), Size.SMALL, bold=True, indent=1)


def _cash(cash: CashSummary) -> Iterator[Block]:
    yield from heading(gettext("Cash of the shop"))
    yield Pair(gettext("Cash before"), figures(cash.before))
    for sums, word in ((cash.came_in, gettext("Came in")), (cash.went_out, gettext("Went out"))):
        if sums:
            yield Pair(word, figures(sum((each.amount for each in sums), ZERO)), bold=True)
            yield from (Pair(each.what, figures(each.amount), Size.SMALL, indent=1) for each in sums)
    yield Gap(1)
    yield Pair(gettext("CASH LEFT"), dong(cash.left), Size.LARGE, bold=True, figures=False)


def _deposits(book: DayBookPaper) -> Iterator[Block]:
    if not book.deposits:
        return
    yield from heading(gettext("Deposits not seen at the bank yet"))
    for deposit in book.deposits:
        yield Pair(written_instant(deposit.at), figures(-deposit.amount))
        yield Text(f"{deposit.words} · {deposit.by}", Size.SMALL, indent=1)
