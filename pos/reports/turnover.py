"""The turnover of a calendar year, month by month, against the threshold under which a household owes no tax.

Most of what a point takes is not its own: of goods on commission only the commission is its turnover (an agent who
sells at the owner's fixed price for a commission). Goods bought, services, and goods taken at a delivery price, whose
selling price the point sets itself, count whole. Goods brought back are taken off on the day they came back.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select

from config.reference.turnover_thresholds import TurnoverThreshold, threshold_of
from core.database import db
from core.money import ZERO, Money
from inventory.lot import Lot, TermsKind
from pos.returns.refund_table import Refund, RefundLine
from pos.sale import Sale, SaleLine

WARN_FROM = Fraction(80, 100)
"""The share of the threshold from which the page warns: at a steady pace ten weeks are left to see the accountant."""


@dataclass(frozen=True, slots=True)
class MonthOfTurnover:
    """One month: sales less what came back, what of it is the point's turnover, and the year's up to its end."""

    month: date
    sold: Money
    turnover: Money
    running: Money


@dataclass(frozen=True, slots=True)
class YearOfTurnover:
    """A year up to and including a day."""

    until: date
    months: tuple[MonthOfTurnover, ...]
    threshold: TurnoverThreshold

    @property
    def turnover(self) -> Money:
        """What counts towards the threshold so far."""
        return self.months[-1].running

    @property
    def sold(self) -> Money:
        """What customers paid and did not get back, the producers' part included."""
        return sum((month.sold for month in self.months), ZERO)

    @property
    def limit(self) -> Money:
        """The threshold of the year."""
        return Money(self.threshold.amount)

    @property
    def is_over(self) -> bool:
        """Whether the threshold is passed; up to and including it nothing is owed."""
        return self.turnover > self.limit

    @property
    def is_near(self) -> bool:
        """Whether it will soon be."""
        return not self.is_over and self.turnover >= self.limit.share(WARN_FROM)

    @property
    def at_this_pace(self) -> Money:
        """What the whole year would come to if it went on as it did so far."""
        year_long = 366 if calendar.isleap(self.until.year) else 365
        return self.turnover.share(Fraction(year_long, self.until.timetuple().tm_yday))


def turnover_until(day: date) -> YearOfTurnover:
    """The turnover from the first of January up to and including a day."""
    sold, own = [ZERO] * day.month, [ZERO] * day.month
    first = date(day.year, 1, 1)
    for month, amount, turnover in _counted(_sold_between(first, day)):
        sold[month - 1] += amount
        own[month - 1] += turnover
    for month, amount, turnover in _counted(_brought_back_between(first, day)):
        sold[month - 1] -= amount
        own[month - 1] -= turnover
    months, running = [], ZERO
    for place in range(day.month):
        running += own[place]
        months.append(MonthOfTurnover(date(day.year, place + 1, 1), sold[place], own[place], running))
    return YearOfTurnover(day, tuple(months), threshold_of(day.year))


def _counted(rows: Iterable[Any]) -> Iterator[tuple[int, Money, Money]]:
    """Month, amount and what of it is turnover; a service has no lot and no terms."""
    for day, terms, amount, due in rows:
        yield day.month, amount, amount - due if terms == TermsKind.COMMISSION else amount


def _sold_between(first: date, last: date) -> Iterable[Any]:
    return db.session.execute(
        select(Sale.day, Lot.terms, func.sum(SaleLine.amount), func.sum(SaleLine.due))
        .select_from(SaleLine)
        .join(Sale, Sale.number == SaleLine.sale_number)
        .outerjoin(Lot, Lot.id == SaleLine.lot_id)
        .where(Sale.day.between(first, last))
        .group_by(Sale.day, Lot.terms)
    )


def _brought_back_between(first: date, last: date) -> Iterable[Any]:
    return db.session.execute(
        select(Refund.day, Lot.terms, func.sum(RefundLine.amount), func.sum(RefundLine.due))
        .select_from(RefundLine)
        .join(Refund, Refund.number == RefundLine.refund_number)
        .outerjoin(Lot, Lot.id == RefundLine.lot_id)
        .where(Refund.day.between(first, last))
        .group_by(Refund.day, Lot.terms)
    )
