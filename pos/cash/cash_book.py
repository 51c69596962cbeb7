"""The shop's cash book: every đồng that came into drawers and safe or left them, day by day, with what was left.

What only changes places between drawer and safe is no line of it. A float that a register began with for the first time
came from outside; what was counted too much or too little is a line of its own, so that the book ends with the cash
that really lies there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from core.database import db
from core.i18n import gettext
from core.money import ZERO, Money
from pos.cash.cash_move_table import BETWEEN_DRAWER_AND_SAFE, CashMove
from pos.cash.hand_over_table import HandOver
from pos.reports.span import Span, before, on_days
from pos.returns.refund_table import Refund, RefundTender
from pos.sale import Sale, Tender
from pos.shifts.shift_acts import purpose_words
from pos.shifts.shift_table import Shift, ShiftClosing
from pos.tender import TenderKind


@dataclass(frozen=True, slots=True)
class CashLine:
    """One line: on which day and when, what, who, in (above zero) or out, and what was left after it."""

    day: date
    at: datetime
    what: str
    words: str
    by: str
    amount: Money
    left: Money = ZERO


@dataclass(frozen=True, slots=True)
class CashBook:
    """The cash book of some days."""

    before: Money
    lines: tuple[CashLine, ...]

    @property
    def came_in(self) -> Money:
        """What came in on these days."""
        return sum((line.amount for line in self.lines if line.amount > ZERO), ZERO)

    @property
    def went_out(self) -> Money:
        """What left on these days."""
        return -sum((line.amount for line in self.lines if line.amount < ZERO), ZERO)

    @property
    def left(self) -> Money:
        """What lies in drawers and safe at the end of the last day."""
        return self.before + self.came_in - self.went_out


def cash_book(first: date, last: date) -> CashBook:
    """The lines from one business day to another, both included, and what was there before."""
    brought = sum((line.amount for line in lines_in(before(first))), ZERO)
    lines, left = [], brought
    for line in sorted(lines_in(on_days(first, last)), key=lambda each: (each.day, each.at)):
        left = left + line.amount
        lines.append(replace(line, left=left))
    return CashBook(brought, tuple(lines))


def lines_in(span: Span) -> Iterator[CashLine]:
    """Every line of a span of days, in no order yet."""
    yield from first_floats(span)
    yield from cash_of_sales(span)
    yield from cash_given_back(span)
    yield from moves(span)
    yield from count_differences(span)
    yield from hand_over_differences(span)


def first_floats(span: Span) -> Iterator[CashLine]:
    """What a register began with when it was first used."""
    firsts = select(func.min(Shift.number)).group_by(Shift.register_id)
    for shift in db.session.scalars(select(Shift).where(span(Shift), Shift.number.in_(firsts))):
        what = gettext("First float of %(register)s", register=shift.register.name)
        yield CashLine(shift.day, shift.opened_at, what, "", shift.staff.name, shift.float_)


def cash_of_sales(span: Span) -> Iterator[CashLine]:
    """The cash of a shift's sales, less the change, for each of its days."""
    handed = (
        select(Tender.sale_number, func.sum(Tender.amount).label("cash"))
        .where(Tender.kind == TenderKind.CASH)
        .group_by(Tender.sale_number)
        .subquery()
    )
    rows = db.session.execute(
        select(
            Shift,
            Sale.day,
            func.max(Sale.sold_at),
            func.count(),
            func.sum(handed.c.cash),
            func.sum(Sale.change),
        )
        .join(Sale, Sale.shift_number == Shift.number)
        .join(handed, handed.c.sale_number == Sale.number)
        .where(span(Sale))
        .group_by(Shift.number, Sale.day)
    ).all()
    for shift, day, at, count, cash, change in rows:
        what = gettext("Cash of sales, shift %(number)s", number=shift.number)
        words = gettext("%(count)s receipts", count=count)
        yield CashLine(day, at, what, words, shift.staff.name, cash - change)


def cash_given_back(span: Span) -> Iterator[CashLine]:
    """What went back to customers in cash, a line for each refund."""
    back = select(Refund, RefundTender.amount).join(RefundTender, RefundTender.refund_number == Refund.number)
    for refund, amount in db.session.execute(back.where(span(Refund), RefundTender.kind == TenderKind.CASH)):
        what = gettext("Given back for goods, return %(number)s", number=refund.number)
        yield CashLine(refund.day, refund.refunded_at, what, refund.reason, refund.staff.name, -amount)


def moves(span: Span) -> Iterator[CashLine]:
    """Cash put in and taken out without a sale, as far as it came from outside or went there."""
    outside = select(CashMove).where(span(CashMove), CashMove.purpose.not_in(BETWEEN_DRAWER_AND_SAFE))
    for move in db.session.scalars(outside):
        yield CashLine(move.day, move.moved_at, purpose_words(move), move.words, move.staff.name, move.signed)


def count_differences(span: Span) -> Iterator[CashLine]:
    """What the counts at the end of shifts found too much or too little."""
    for closing in db.session.scalars(select(ShiftClosing).where(span(ShiftClosing))):
        if closing.difference:
            what = gettext("Count of shift %(number)s", number=closing.shift_number)
            words = gettext("too much") if closing.difference > ZERO else gettext("too little")
            yield CashLine(closing.day, closing.closed_at, what, words, closing.staff.name, closing.difference)


def hand_over_differences(span: Span) -> Iterator[CashLine]:
    """What the next person found otherwise than the one before had counted."""
    found = select(HandOver).join(Shift, Shift.number == HandOver.shift_number).where(span(Shift))
    for handed in db.session.scalars(found):
        if handed.difference:
            what = gettext("Recounted at the hand-over to shift %(number)s", number=handed.shift_number)
            shift = handed.shift
            yield CashLine(shift.day, shift.opened_at, what, "", shift.staff.name, handed.difference)
