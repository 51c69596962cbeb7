"""Card and transfer at the end of a shift: what the till expects beside what the clerk read from slips and telephone.

Both are counted blind, like the drawer, and both may be left open: what nobody has added up is unknown, never zero.
"""

from collections.abc import Mapping

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from core.database import AppendOnly, Base, db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import ZERO, Money
from pos.shifts.shift_totals import ShiftTotals
from pos.tender import TenderKind

COUNTED_KINDS = (TenderKind.TRANSFER, TenderKind.CARD)
Counts = Mapping[TenderKind, Money]
"""What was added up of a kind of tender; a kind that is missing was not counted."""
NOT_COUNTED: Counts = {}
AddedUp = tuple[TenderKind, Money, Money | None]
"""A kind of tender, what the till expects of it, and what somebody added up, if anybody did."""


class NegativeCount(RuleBroken):
    """Slips come to something or to nothing."""

    message = N_("The sum of slips or transfers cannot be less than 0 ₫. Add it up again.")


class ShiftCount(AppendOnly, Base):
    """One kind of tender of a closed shift; `counted` is None where nobody added it up. Cash stands in the closing."""

    __tablename__ = "shift_counts"
    __table_args__ = (CheckConstraint("counted >= 0", "counted_not_negative"),)

    shift_number: Mapped[int] = mapped_column(ForeignKey("shifts.number"), primary_key=True, autoincrement=False)
    kind: Mapped[TenderKind] = mapped_column(primary_key=True)
    expected: Mapped[Money]
    counted: Mapped[Money | None]
    record_seq: Mapped[int]

    @property
    def difference(self) -> Money | None:
        """Counted less expected; None while nobody knows."""
        return None if self.counted is None else self.counted - self.expected


def need_counts(counts: Counts) -> None:
    """Refuse a sum below zero."""
    if any(counted < ZERO for counted in counts.values()):
        raise NegativeCount()


def counts_for(totals: ShiftTotals, counts: Counts) -> list[AddedUp]:
    """Each kind that the shift took, or that somebody added up: expected and counted."""
    expected = expected_of(totals)
    return [
        (kind, expected.get(kind, ZERO), counts.get(kind))
        for kind in COUNTED_KINDS
        if expected.get(kind) or kind in counts
    ]


def expected_of(totals: ShiftTotals) -> dict[TenderKind, Money]:
    """What slips and notices should come to: a card machine takes off what it gave back, a transfer back is another."""
    expected = {total.kind: total.amount for total in totals.tenders}
    back = {total.kind: total.amount for total in totals.refunds.tenders}
    return expected | {TenderKind.CARD: expected[TenderKind.CARD] - back.get(TenderKind.CARD, ZERO)}


def counts_of(shift_number: int) -> list[ShiftCount]:
    """What was added up beside the drawer when a shift was closed."""
    of_shift = select(ShiftCount).where(ShiftCount.shift_number == shift_number)
    counted = {count.kind: count for count in db.session.scalars(of_shift)}
    return [counted[kind] for kind in COUNTED_KINDS if kind in counted]
