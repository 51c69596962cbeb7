"""The day book as tables to take away: a row for each receipt, a row for each line of the cash book."""

from collections.abc import Iterable
from datetime import date

from core.i18n import gettext, written_day, written_moment
from core.money import ZERO
from core.spreadsheet.writing import Value
from pos.cash.cash_book import cash_book
from pos.reports.day_book import need_days, refunds_on, sales_on
from pos.returns.refund_table import Refund
from pos.sale import Sale
from pos.tender import TenderKind

Table = tuple[list[str], list[list[Value]]]


def sales_table(first: date, last: date) -> Table:
    """Every receipt and return of these days."""
    return table_of(sales_on(first, last), refunds_on(first, last))


def table_of(sales: Iterable[Sale], refunds: Iterable[Refund]) -> Table:
    """Receipts and returns as they followed: when, where, who, how much, paid how, with how much tax inside."""
    headings = [
        gettext("Receipt"), gettext("Day"), gettext("Time"), gettext("Register"), gettext("Shift"), gettext("Clerk"),
        gettext("Order"), gettext("Total"), gettext("Cash"), gettext("Bank transfer"), gettext("Card"), gettext("VAT"),
    ]  # fmt: skip
    sold = [(sale.record_seq, sale_row(sale)) for sale in sales]
    back = [(refund.record_seq, refund_row(refund)) for refund in refunds]
    return headings, [row for _, row in sorted(sold + back)]


def refund_row(refund: Refund) -> list[Value]:
    """Goods brought back: the same columns, below zero."""
    back = {kind: sum((t.amount for t in refund.tenders if t.kind is kind), ZERO) for kind in TenderKind}
    vat = sum((line.vat for line in refund.lines), ZERO)
    return [
        gettext("Return %(number)s", number=refund.number), written_day(refund.day),
        written_moment(refund.refunded_at), refund.register.name, refund.shift_number, refund.staff.name,
        refund.order_code, -refund.total.dong, -back[TenderKind.CASH].dong, -back[TenderKind.TRANSFER].dong,
        -back[TenderKind.CARD].dong, -vat.dong,
    ]  # fmt: skip


def sale_row(sale: Sale) -> list[Value]:
    """One receipt; cash is what stayed of it, change taken off."""
    paid = {kind: sum((t.amount for t in sale.tenders if t.kind is kind), ZERO) for kind in TenderKind}
    vat = sum((line.vat for line in sale.lines), ZERO)
    return [
        sale.number, written_day(sale.day), written_moment(sale.sold_at), sale.register.name, sale.shift_number,
        sale.staff.name, sale.order_code, sale.total.dong, (paid[TenderKind.CASH] - sale.change).dong,
        paid[TenderKind.TRANSFER].dong, paid[TenderKind.CARD].dong, vat.dong,
    ]  # fmt: skip


def cash_table(first: date, last: date) -> Table:
    """The cash book of these days; its first row is what was there before."""
    need_days(first, last)
    book = cash_book(first, last)
    headings = [
        gettext("Day"), gettext("Time"), gettext("What"), gettext("Details"), gettext("Who"), gettext("In"),
        gettext("Out"), gettext("Balance"),
    ]  # fmt: skip
    rows: list[list[Value]] = [[written_day(first), "", gettext("Cash before"), "", "", None, None, book.before.dong]]
    for line in book.lines:
        came, went = (line.amount.dong, None) if line.amount > ZERO else (None, -line.amount.dong)
        when = [written_day(line.day), written_moment(line.at)]
        rows.append([*when, line.what, line.words, line.by, came, went, line.left.dong])
    return headings, rows
