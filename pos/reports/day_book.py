"""The day book: what the whole shop sold, took and counted on a day, or from one day to another, over all registers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from pos.cash.cash_book import CashBook, cash_book
from pos.cash.cash_move_table import CashMove, deposits_on_their_way
from pos.cash.drawer_cash import cash_in_drawer
from pos.cash.safe import cash_in_safe
from pos.register import Register, all_registers
from pos.reports.span import at_register, on_days
from pos.returns.refund_table import Refund
from pos.sale import Sale
from pos.shifts.shift_count import ShiftCount, counts_of
from pos.shifts.shift_table import Shift, ShiftClosing
from pos.shifts.shift_totals import Totals, totals_in

MOST_DAYS = 366


class DaysTurnedRound(RuleBroken):
    """From comes before until."""

    message = N_("The first day comes after the last one. Turn them round.")


class TooManyDays(RuleBroken):
    """A book of many years is an export's work."""

    message = N_("That is more than a year. Choose at most %(most)s days.")


@dataclass(frozen=True, slots=True)
class ShiftOfDay:
    """One shift of the book: what its drawer should have held and what was counted; None while it runs."""

    shift: Shift
    expected: Money
    counted: Money | None
    counts: tuple[ShiftCount, ...]

    @property
    def difference(self) -> Money | None:
        """Counted less expected."""
        return None if self.counted is None else self.counted - self.expected


@dataclass(frozen=True, slots=True)
class RegisterOfDay:
    """What was sold at one register."""

    register: Register
    totals: Totals


@dataclass(frozen=True, slots=True)
class DayBook:
    """Everything of some days; safe and deposits as they stand now."""

    first: date
    last: date
    totals: Totals
    registers: tuple[RegisterOfDay, ...]
    shifts: tuple[ShiftOfDay, ...]
    cash: CashBook
    safe: Money
    deposits: tuple[CashMove, ...]


def day_book(first: date, last: date) -> DayBook:
    """Add up the business days from one to another, both included."""
    need_days(first, last)
    span = on_days(first, last)
    registers = ((register, totals_in(at_register(register, span))) for register in all_registers())
    return DayBook(
        first=first,
        last=last,
        totals=totals_in(span),
        registers=tuple(RegisterOfDay(register, totals) for register, totals in registers if has_traded(totals)),
        shifts=tuple(shift_of_day(shift) for shift in shifts_on(first, last)),
        cash=cash_book(first, last),
        safe=cash_in_safe(),
        deposits=tuple(deposits_on_their_way()),
    )


def need_days(first: date, last: date) -> None:
    """Refuse days that are turned round, and more than anybody reads."""
    if first > last:
        raise DaysTurnedRound()
    if (last - first).days >= MOST_DAYS:
        raise TooManyDays(most=MOST_DAYS)


def has_traded(totals: Totals) -> bool:
    """Whether anything stands in the books of a register."""
    return bool(totals.sales_count or totals.refunds.count or totals.moves or totals.lowered)


def shifts_on(first: date, last: date) -> list[Shift]:
    """Shifts that were opened or counted on these days, or sold something on them."""
    opened = Shift.day.between(first, last)
    counted = select(ShiftClosing.shift_number).where(ShiftClosing.day.between(first, last))
    sold = select(Sale.shift_number).where(Sale.day.between(first, last))
    wanted = select(Shift).where(or_(opened, Shift.number.in_(counted), Shift.number.in_(sold)))
    related = (joinedload(Shift.register), joinedload(Shift.staff), joinedload(Shift.closing))
    return list(db.session.scalars(wanted.options(*related).order_by(Shift.number)))


def shift_of_day(shift: Shift) -> ShiftOfDay:
    """One shift with what it should have held."""
    if shift.closing is None:
        return ShiftOfDay(shift, cash_in_drawer(shift), None, ())
    return ShiftOfDay(shift, shift.closing.expected, shift.closing.counted, tuple(counts_of(shift.number)))


def sales_on(first: date, last: date) -> list[Sale]:
    """Every sale of these days, in order, with its tenders and lines."""
    need_days(first, last)
    related = (joinedload(Sale.staff), joinedload(Sale.register))
    sales = select(Sale).where(Sale.day.between(first, last)).options(*related)
    return list(db.session.scalars(sales.order_by(Sale.number)))


def refunds_on(first: date, last: date) -> list[Refund]:
    """Every refund of these days, in order."""
    need_days(first, last)
    return list(db.session.scalars(select(Refund).where(Refund.day.between(first, last)).order_by(Refund.number)))
