"""The day book on the receipt printer."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from core.clock import now
from core.current_settings import current_settings
from core.database import db
from core.i18n import use
from core.money import ZERO, Money
from core.staff import Staff
from pos.cash.cash_book import CashBook, CashLine
from pos.receipt import shop_head, tax_line
from pos.register import Register, printer_at
from pos.reports.day_book import DayBook, ShiftOfDay, day_book, need_days
from pos.shifts.shift_acts import moved
from printers.blocks import Block
from printers.day_documents import CashSummary, DayBookPaper, NamedSum, ShiftResult
from printers.documents import Payment
from printers.layouts.day_book import lay_out_day_book
from printers.spool import PrintJob, enqueue, paper_columns

DAY_BOOK = "day_book"
_A_DAY = 10**8


def print_day_book(first: date, last: date, *, at: Register, by: Staff) -> PrintJob:
    """Print the book of these days as they stand when the paper comes out. Its job carries both days as its number."""
    need_days(first, last)
    return enqueue(DAY_BOOK, number_of(first, last), printer=printer_at(at), by=by)


def number_of(first: date, last: date) -> int:
    """Both days as one number of sixteen digits.

    >>> number_of(date(2026, 11, 20), date(2026, 11, 22))
    2026112020261122
    """
    return int(f"{first:%Y%m%d}") * _A_DAY + int(f"{last:%Y%m%d}")


def days_of(number: int) -> tuple[date, date]:
    """The days that a number stands for.

    >>> days_of(2026112020261122)
    (datetime.date(2026, 11, 20), datetime.date(2026, 11, 22))
    """
    first, last = divmod(number, _A_DAY)
    return date.fromisoformat(str(first)), date.fromisoformat(str(last))


def draw_day_book(number: int, copy: int, again: bool) -> list[Block]:
    """The blocks of a day book for the spool."""
    asked = (
        select(Staff.name)
        .join(PrintJob, PrintJob.asked_by == Staff.code)
        .where(PrintJob.kind == DAY_BOOK, PrintJob.number == number)
        .order_by(PrintJob.id.desc())
        .limit(1)
    )
    with use(current_settings().receipt.language):
        return lay_out_day_book(
            paper_of(day_book(*days_of(number)), by=db.session.scalar(asked) or ""), paper_columns()
        )


def paper_of(book: DayBook, *, by: str) -> DayBookPaper:
    """The book as a paper says it, in the language of the receipts."""
    settings, totals = current_settings(), book.totals
    return DayBookPaper(
        shop=shop_head(settings),
        first=book.first,
        last=book.last,
        made_at=now(),
        made_by=by,
        sales_count=totals.sales_count,
        sales_total=totals.sales_total,
        tenders=tuple(Payment(tender.kind.value, tender.amount) for tender in totals.tenders),
        registers=tuple(
            NamedSum(each.register.name, each.totals.sales_count, each.totals.sales_total) for each in book.registers
        ),
        shifts=tuple(result_of(shift) for shift in book.shifts),
        cash=summary_of(book.cash),
        taxes=tuple(tax_line(sum_.rate, sum_.net, sum_.vat) for sum_ in totals.taxes),
        discounts=totals.discounts,
        returns_count=totals.refunds.count,
        returns_total=totals.refunds.total,
        return_taxes=tuple(tax_line(tax.rate, tax.net, tax.vat) for tax in totals.refunds.taxes),
        given_back=tuple(Payment(back.kind.value, back.amount) for back in totals.refunds.tenders),
        deposits=tuple(moved(move) for move in book.deposits),
        first_receipt=totals.first_receipt,
        last_receipt=totals.last_receipt,
        visitors=totals.visitors,
        demo=settings.demo,
        language=settings.receipt.language,
    )


def result_of(each: ShiftOfDay) -> ShiftResult:
    """How a shift ended."""
    shift = each.shift
    return ShiftResult(shift.number, shift.register.name, shift.staff.name, each.expected, each.counted)


def summary_of(cash: CashBook) -> CashSummary:
    """The cash book with its lines of the same words added up."""
    came_in = added_up(line for line in cash.lines if line.amount > ZERO)
    went_out = added_up(line for line in cash.lines if line.amount < ZERO)
    return CashSummary(cash.before, came_in, went_out, cash.left)


def added_up(lines: Iterable[CashLine]) -> tuple[NamedSum, ...]:
    """Lines of the same words as one sum each, in the order in which they first came."""
    sums: dict[str, tuple[int, Money]] = {}
    for line in lines:
        count, amount = sums.get(line.what, (0, ZERO))
        sums[line.what] = (count + 1, amount + line.amount)
    return tuple(NamedSum(what, count, amount if amount > ZERO else -amount) for what, (count, amount) in sums.items())
