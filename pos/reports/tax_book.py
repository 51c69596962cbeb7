"""Tax by rate for each business day: what sales brought and refunds took, with the VAT that was frozen on their lines.

A shift may run over midnight, and over the end of a rate; its Z report tells the shift, this tells the days, which is
what is declared. VAT is never taken out anew here: sums of what the receipts said (docs/journal.md, SALE).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import func, select

from core.database import db
from core.money import ZERO, Money
from pos.returns.refund_table import Refund, RefundLine
from pos.sale import Sale, SaleLine


@dataclass(frozen=True, slots=True)
class TaxedAmount:
    """All lines of one rate on one day, goods brought back taken off: below zero where more came back than was sold.

    `rate` is None for a seller who separated no VAT. What comes back has the rate that it was sold under.
    """

    day: date
    rate: str | None
    gross: Money
    vat: Money

    @property
    def net(self) -> Money:
        """What is left without the VAT."""
        return self.gross - self.vat


def tax_by_day(first: date, last: date) -> list[TaxedAmount]:
    """What was sold on each day between two days, both included, by rate, less what came back on that day."""
    amounts: dict[tuple[date, str | None], TaxedAmount] = {}
    for day, rate, gross, vat in _sold(first, last):
        amounts[day, rate] = TaxedAmount(day, rate, gross, vat)
    for day, rate, gross, vat in _brought_back(first, last):
        sold = amounts.get((day, rate), TaxedAmount(day, rate, ZERO, ZERO))
        amounts[day, rate] = TaxedAmount(day, rate, sold.gross - gross, sold.vat - vat)
    return sorted(amounts.values(), key=lambda one: (one.day, one.rate or ""))


def _sold(first: date, last: date) -> Iterable[Any]:
    return db.session.execute(
        select(Sale.day, SaleLine.rate, func.sum(SaleLine.amount), func.sum(SaleLine.vat))
        .join(Sale, Sale.number == SaleLine.sale_number)
        .where(Sale.day.between(first, last))
        .group_by(Sale.day, SaleLine.rate)
    )


def _brought_back(first: date, last: date) -> Iterable[Any]:
    return db.session.execute(
        select(Refund.day, RefundLine.rate, func.sum(RefundLine.amount), func.sum(RefundLine.vat))
        .join(Refund, Refund.number == RefundLine.refund_number)
        .where(Refund.day.between(first, last))
        .group_by(Refund.day, RefundLine.rate)
    )


def by_rate(amounts: Iterable[TaxedAmount], last: date) -> list[TaxedAmount]:
    """The amounts of many days added up, one for each rate, under the last of the days."""
    totals: dict[str | None, TaxedAmount] = {}
    for one in sorted(amounts, key=attrgetter("day")):
        before = totals.get(one.rate, TaxedAmount(last, one.rate, ZERO, ZERO))
        totals[one.rate] = TaxedAmount(last, one.rate, before.gross + one.gross, before.vat + one.vat)
    return sorted(totals.values(), key=lambda one: one.rate or "")
