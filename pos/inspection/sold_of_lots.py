"""What customers paid for each lot over some records, and what of it is owed to its owner; what came back taken off."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from core.database import db
from core.journal.past_day import Records
from core.money import ZERO, Money
from inventory.consignment.claim_table import Claim, ClaimReversal
from pos.returns.refund_table import Refund, RefundLine
from pos.sale import Sale, SaleLine


@dataclass(slots=True)
class SoldOf:
    """Money of one lot, or of several; `claimed` is owed for goods that were lost."""

    amount: Money = ZERO
    due: Money = ZERO
    claimed: Money = ZERO

    def __iadd__(self, other: "SoldOf") -> "SoldOf":
        self.amount += other.amount
        self.due += other.due
        self.claimed += other.claimed
        return self


def sold_of_lots(records: Records) -> dict[int, SoldOf]:
    """By lot, in four questions."""
    found: dict[int, SoldOf] = {}
    for lot_id, amount, due in _sums(SaleLine, Sale, SaleLine.sale_number == Sale.number, records):
        found.setdefault(lot_id, SoldOf())
        found[lot_id] += SoldOf(amount, due)
    for lot_id, amount, due in _sums(RefundLine, Refund, RefundLine.refund_number == Refund.number, records):
        found.setdefault(lot_id, SoldOf())
        found[lot_id] += SoldOf(-amount, -due)
    for lot_id, claimed in _claims(records):
        found.setdefault(lot_id, SoldOf())
        found[lot_id] += SoldOf(claimed=claimed)
    return found


def _sums(line: Any, paper: Any, belongs: Any, records: Records) -> list[Any]:
    sums = select(line.lot_id, func.sum(line.amount), func.sum(line.due)).join(paper, belongs)
    return list(
        db.session.execute(sums.where(records.hold(paper.record_seq), line.lot_id.is_not(None)).group_by(line.lot_id))
    )


def _claims(records: Records) -> list[tuple[int, Money]]:
    raised = select(Claim.lot_id, func.sum(Claim.due)).where(records.hold(Claim.record_seq)).group_by(Claim.lot_id)
    back = (
        select(Claim.lot_id, func.sum(ClaimReversal.due))
        .join(Claim, Claim.id == ClaimReversal.claim_id)
        .where(records.hold(ClaimReversal.record_seq))
        .group_by(Claim.lot_id)
    )
    taken_back = [(lot_id, -due) for lot_id, due in db.session.execute(back)]
    return [*((lot_id, due) for lot_id, due in db.session.execute(raised)), *taken_back]
