"""The perpetual totals that every record carries: what was ever sold, what was ever given back, how many sales."""

from typing import Any, NamedTuple

from core.journal.record import Kind
from core.money import ZERO, Money


class Totals(NamedTuple):
    """Totals after a record: `gross` never falls, refunds stand beside it; practice and voided baskets do not count."""

    gross: Money = ZERO
    refunded: Money = ZERO
    sales: int = 0

    def after(self, kind: str, body: dict[str, Any]) -> "Totals":
        """The totals once a record of this kind and body was added; ValueError for an amount below zero."""
        if kind == Kind.SALE:
            return Totals(self.gross + _amount(body), self.refunded, self.sales + 1)
        if kind == Kind.REFUND:
            return Totals(self.gross, self.refunded + _amount(body), self.sales)
        return self

    def as_plain(self) -> dict[str, int]:
        """As the record writes them, whole đồng."""
        net = self.gross - self.refunded
        return {"gross": self.gross.dong, "ref": self.refunded.dong, "net": net.dong, "n": self.sales}


def _amount(body: dict[str, Any]) -> Money:
    total = Money(body["total"])
    if total < ZERO:
        raise ValueError(f"Amounts are positive, the kind gives the direction: {total.dong}")
    return total
