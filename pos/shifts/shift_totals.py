"""What was sold, taken and moved: the figures of X and Z, of the closing record, of a day's close and of the day book.

Each figure is a function of a span (pos/reports/span.py), so that the same sum serves a shift, the records of a day
close and any days that a manager asks for. A new figure is a function here or in the file of its noun, and one line in
`totals_in`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from core.database import db
from core.money import ZERO, Money
from pos.cash.cash_move_table import CashMove, Place, Purpose, Way
from pos.cash.drawer import DrawerOpening
from pos.cash.drawer_cash import DrawerCash, drawer_cash_of
from pos.correction import Correction, CorrectionKind
from pos.discounts.discount_totals import discounts_in
from pos.practising.practice import practised_in
from pos.reports.span import Span, in_shift
from pos.returns.refund_totals import RefundTotals, refunded_in
from pos.sale import Sale, SaleLine, Tender
from pos.shifts.shift_table import Shift
from pos.shifts.visitor import visitors_in
from pos.tender import TYPED, TenderKind
from printers.day_documents import DiscountTotal


@dataclass(frozen=True, slots=True)
class TenderTotal:
    """One kind of payment. For cash the change given back is taken off."""

    kind: TenderKind
    amount: Money
    count: int


@dataclass(frozen=True, slots=True)
class RateSum:
    """All lines of one tax rate."""

    rate: str
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True)
class DayTotal:
    """The sales of one business day; a shift over midnight has two."""

    day: date
    count: int
    total: Money


@dataclass(frozen=True, slots=True)
class MoveTotal:
    """Cash put in or taken out for one purpose."""

    place: Place
    way: Way
    purpose: Purpose
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Lowered:
    """One kind of act that lowered a total, or went round a rule: how often, by how much."""

    kind: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a span at the moment of asking."""

    sales_count: int
    sales_total: Money
    first_receipt: int | None
    last_receipt: int | None
    refunds: RefundTotals
    discounts: tuple[DiscountTotal, ...]
    tenders: tuple[TenderTotal, ...]
    taxes: tuple[RateSum, ...]
    days: tuple[DayTotal, ...]
    moves: tuple[MoveTotal, ...]
    lowered: tuple[Lowered, ...]
    visitors: int


@dataclass(frozen=True, slots=True)
class ShiftTotals(Totals):
    """The same of one shift, with the account of its drawer, and how often somebody practised."""

    cash: DrawerCash
    practised: int

    @property
    def expected_cash(self) -> Money:
        """What should be in the drawer."""
        return self.cash.expected


def totals_of(shift: Shift) -> ShiftTotals:
    """Add up one shift."""
    figures = _figures(in_shift(shift.number))
    return ShiftTotals(**figures, cash=drawer_cash_of(shift), practised=practised_in(shift))


def totals_in(span: Span) -> Totals:
    """Add up whatever lies in a span."""
    return Totals(**_figures(span))


def _figures(span: Span) -> dict[str, Any]:
    count, total, first, last = db.session.execute(
        select(func.count(), func.sum(Sale.total), func.min(Sale.number), func.max(Sale.number)).where(span(Sale))
    ).one()
    return {
        "sales_count": count,
        "sales_total": total or ZERO,
        "first_receipt": first,
        "last_receipt": last,
        "refunds": refunded_in(span),
        "discounts": discounts_in(span),
        "tenders": tenders_in(span),
        "taxes": taxes_in(span),
        "days": days_in(span),
        "moves": moves_in(span),
        "lowered": lowered_in(span),
        "visitors": visitors_in(span),
    }


def tenders_in(span: Span) -> tuple[TenderTotal, ...]:
    """What came in by each kind of tender, cash less change."""
    rows = db.session.execute(
        select(Tender.kind, func.sum(Tender.amount), func.count())
        .join(Sale, Sale.number == Tender.sale_number)
        .where(span(Sale))
        .group_by(Tender.kind)
    ).all()
    change = db.session.scalar(select(func.sum(Sale.change)).where(span(Sale))) or ZERO
    given = {kind: (amount, count) for kind, amount, count in rows}
    totals = []
    for kind in TYPED:
        amount, count = given.get(kind, (ZERO, 0))
        totals.append(TenderTotal(kind, amount - change if kind is TenderKind.CASH else amount, count))
    return tuple(totals)


def taxes_in(span: Span) -> tuple[RateSum, ...]:
    """Net and VAT by rate; empty for a seller who shows no VAT."""
    rows = db.session.execute(
        select(SaleLine.rate, func.sum(SaleLine.amount), func.sum(SaleLine.vat))
        .join(Sale, Sale.number == SaleLine.sale_number)
        .where(span(Sale), SaleLine.rate.is_not(None))
        .group_by(SaleLine.rate)
        .order_by(SaleLine.rate)
    )
    return tuple(RateSum(str(rate), gross - vat, vat) for rate, gross, vat in rows)


def days_in(span: Span) -> tuple[DayTotal, ...]:
    """The sales of each business day; a shift left open over midnight keeps them apart."""
    rows = db.session.execute(
        select(Sale.day, func.count(), func.sum(Sale.total)).where(span(Sale)).group_by(Sale.day).order_by(Sale.day)
    )
    return tuple(DayTotal(day, count, total) for day, count, total in rows)


def moves_in(span: Span) -> tuple[MoveTotal, ...]:
    """Cash put in and taken out without a sale, by place, way and purpose."""
    kind = (CashMove.place, CashMove.way, CashMove.purpose)
    rows = db.session.execute(
        select(*kind, func.count(), func.sum(CashMove.amount)).where(span(CashMove)).group_by(*kind)
    ).all()
    order = {purpose: n for n, purpose in enumerate(Purpose)}
    return tuple(
        sorted((MoveTotal(*row) for row in rows), key=lambda move: (move.place, move.way, order[move.purpose]))
    )


def lowered_in(span: Span) -> tuple[Lowered, ...]:
    """How often and by how much totals were lowered, and how often the drawer opened without a sale."""
    rows = db.session.execute(
        select(Correction.kind, func.count(), func.sum(Correction.amount))
        .where(span(Correction))
        .group_by(Correction.kind)
    ).all()
    found = {kind: Lowered(kind.value, count, amount) for kind, count, amount in rows}
    opened = db.session.scalar(select(func.count()).select_from(DrawerOpening).where(span(DrawerOpening))) or 0
    lowered = [found[kind] for kind in CorrectionKind if kind in found]
    return tuple(lowered + ([Lowered("drawer", opened, ZERO)] if opened else []))
