"""What came back over a span: the figures of refunds for X, Z, the closing, the day and the day book."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from core.database import db
from core.money import ZERO, Money
from pos.reports.span import Span
from pos.returns.refund_table import Refund, RefundLine, RefundTender
from pos.tender import TYPED, TenderKind


@dataclass(frozen=True, slots=True)
class BackByKind:
    """What went back by one kind of money, exchanges left out: they only carry over."""

    kind: TenderKind
    amount: Money
    count: int


@dataclass(frozen=True, slots=True)
class TaxBack:
    """The tax that goes back with goods of one rate."""

    rate: str
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True)
class RefundTotals:
    """All refunds of a stretch together."""

    count: int
    total: Money
    tenders: tuple[BackByKind, ...]
    taxes: tuple[TaxBack, ...]

    @property
    def cash(self) -> Money:
        """What left the drawer."""
        return sum((back.amount for back in self.tenders if back.kind is TenderKind.CASH), ZERO)

    def as_plain(self) -> dict[str, Any]:
        """As a closing record keeps it (docs/journal.md)."""
        return {
            "n": self.count,
            "total": self.total.dong,
            "back": [{"kind": one.kind.value, "amt": one.amount.dong, "n": one.count} for one in self.tenders],
            "vat": [{"rate": tax.rate, "net": tax.net.dong, "vat": tax.vat.dong} for tax in self.taxes],
        }


def cash_given_back(span: Span) -> Money:
    """What left drawers for refunds over a span."""
    given = (
        select(func.sum(RefundTender.amount))
        .join(Refund, Refund.number == RefundTender.refund_number)
        .where(span(Refund), RefundTender.kind == TenderKind.CASH)
    )
    return db.session.scalar(given) or ZERO


def refunded_in(span: Span) -> RefundTotals:
    """What came back over a span."""
    wanted = span(Refund)
    count, total = db.session.execute(select(func.count(), func.sum(Refund.total)).where(wanted)).one()
    kinds = db.session.execute(
        select(RefundTender.kind, func.sum(RefundTender.amount), func.count())
        .join(Refund, Refund.number == RefundTender.refund_number)
        .where(wanted)
        .group_by(RefundTender.kind)
    ).all()
    found = {kind: BackByKind(kind, amount, times) for kind, amount, times in kinds}
    rates = db.session.execute(
        select(RefundLine.rate, func.sum(RefundLine.amount), func.sum(RefundLine.vat))
        .join(Refund, Refund.number == RefundLine.refund_number)
        .where(wanted, RefundLine.rate.is_not(None))
        .group_by(RefundLine.rate)
        .order_by(RefundLine.rate)
    )
    return RefundTotals(
        count=count,
        total=total or ZERO,
        tenders=tuple(found[kind] for kind in TYPED if kind in found),
        taxes=tuple(TaxBack(str(rate), gross - vat, vat) for rate, gross, vat in rates),
    )
