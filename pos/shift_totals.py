"""What a shift took so far: the figures of X, Z and of the closing record."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from core.database import db
from core.money import ZERO, Money
from pos.correction import Correction, CorrectionKind
from pos.drawer import DrawerOpening
from pos.practice import practised_in
from pos.refund_totals import cash_given_back
from pos.sale import Sale, SaleLine, Tender
from pos.shift_table import Shift
from pos.tender import TYPED, TenderKind
from pos.visitor import visitors_of


@dataclass(frozen=True, slots=True)
class TenderTotal:
    """One kind of payment over a shift. For cash the change given back is taken off."""

    kind: TenderKind
    amount: Money
    count: int


@dataclass(frozen=True, slots=True)
class RateSum:
    """All lines of one tax rate over a shift."""

    rate: str
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True)
class DayTotal:
    """The sales of one business day within a shift; a shift over midnight has two."""

    day: date
    count: int
    total: Money


@dataclass(frozen=True, slots=True)
class Lowered:
    """One kind of act that lowered a total, or went round a rule: how often, by how much."""

    kind: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class ShiftTotals:
    """The figures of one shift at the moment of asking."""

    sales_count: int
    sales_total: Money
    first_receipt: int | None
    last_receipt: int | None
    tenders: tuple[TenderTotal, ...]
    expected_cash: Money
    taxes: tuple[RateSum, ...]
    days: tuple[DayTotal, ...]
    lowered: tuple[Lowered, ...]
    visitors: int
    practised: int


def totals_of(shift: Shift) -> ShiftTotals:
    """Add up one shift: sales, tenders, tax by rate, and everything that lowered a total."""
    sold = db.session.execute(
        select(func.count(), func.sum(Sale.total), func.min(Sale.number), func.max(Sale.number)).where(
            Sale.shift_number == shift.number
        )
    ).one()
    tenders = tender_totals(shift.number)
    cash = sum((t.amount for t in tenders if t.kind is TenderKind.CASH), ZERO)
    return ShiftTotals(
        sales_count=sold[0],
        sales_total=sold[1] or ZERO,
        first_receipt=sold[2],
        last_receipt=sold[3],
        tenders=tenders,
        expected_cash=shift.float_ + cash - cash_given_back(shift.number),
        taxes=tax_totals(shift.number),
        days=day_totals(shift.number),
        lowered=lowered_in(shift.number),
        visitors=visitors_of(shift.number),
        practised=practised_in(shift),
    )


def tender_totals(shift_number: int) -> tuple[TenderTotal, ...]:
    """What came in by each kind of tender, cash less change."""
    rows = db.session.execute(
        select(Tender.kind, func.sum(Tender.amount), func.count())
        .join(Sale, Sale.number == Tender.sale_number)
        .where(Sale.shift_number == shift_number)
        .group_by(Tender.kind)
    ).all()
    change = db.session.scalar(select(func.sum(Sale.change)).where(Sale.shift_number == shift_number)) or ZERO
    given = {kind: (amount, count) for kind, amount, count in rows}
    totals = []
    for kind in TYPED:
        amount, count = given.get(kind, (ZERO, 0))
        totals.append(TenderTotal(kind, amount - change if kind is TenderKind.CASH else amount, count))
    return tuple(totals)


def tax_totals(shift_number: int) -> tuple[RateSum, ...]:
    """Net and VAT by rate; empty for a seller who shows no VAT."""
    rows = db.session.execute(
        select(SaleLine.rate, func.sum(SaleLine.amount), func.sum(SaleLine.vat))
        .join(Sale, Sale.number == SaleLine.sale_number)
        .where(Sale.shift_number == shift_number, SaleLine.rate.is_not(None))
        .group_by(SaleLine.rate)
        .order_by(SaleLine.rate)
    )
    return tuple(RateSum(str(rate), gross - vat, vat) for rate, gross, vat in rows)


def day_totals(shift_number: int) -> tuple[DayTotal, ...]:
    """The sales of each business day; a shift left open over midnight keeps them apart."""
    rows = db.session.execute(
        select(Sale.day, func.count(), func.sum(Sale.total))
        .where(Sale.shift_number == shift_number)
        .group_by(Sale.day)
        .order_by(Sale.day)
    )
    return tuple(DayTotal(day, count, total) for day, count, total in rows)


def lowered_in(shift_number: int) -> tuple[Lowered, ...]:
    """How often and by how much totals were lowered, and how often the drawer opened without a sale."""
    rows = db.session.execute(
        select(Correction.kind, func.count(), func.sum(Correction.amount))
        .where(Correction.shift_number == shift_number)
        .group_by(Correction.kind)
    ).all()
    found = {kind: Lowered(kind.value, count, amount) for kind, count, amount in rows}
    opened = db.session.scalar(select(func.count()).where(DrawerOpening.shift_number == shift_number)) or 0
    lowered = [found[kind] for kind in CorrectionKind if kind in found]
    return tuple(lowered + ([Lowered("drawer", opened, ZERO)] if opened else []))
