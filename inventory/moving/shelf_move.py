"""Shelf and stockroom (chuyển kho – quầy): goods stay in the shop and change their place."""

from collections.abc import Sequence

from core.clock import today
from core.journal.chain import next_seq, write_record
from core.staff import Staff
from core.text import clean
from inventory.catalogue.eligibility import papers_for
from inventory.location import SHELF, STOCKROOM
from inventory.moving.move_slip import MoveSlip, Portion, SlipKind, check_portions, new_slip
from inventory.moving.slip_record import post_slip
from inventory.stock_move import Move

OTHER_PLACE = {SHELF: STOCKROOM, STOCKROOM: SHELF}


def move_to_shelf(portions: Sequence[Portion], *, by: Staff, reason: str = "") -> MoveSlip:
    """Refill the shelf from the stockroom; what is recalled, on hold or past its day is refused."""
    papers = papers_for([one.lot.product for one in portions], today())
    for one in portions:
        trouble = papers.trouble(one.lot.product, one.lot)
        if trouble is not None:
            raise trouble
    return _move(portions, STOCKROOM, reason=reason, by=by)


def move_to_stockroom(portions: Sequence[Portion], *, by: Staff, reason: str = "") -> MoveSlip:
    """Take goods off the shelf and keep them; also what may not be sold any more."""
    return _move(portions, SHELF, reason=reason, by=by)


def _move(portions: Sequence[Portion], source: str, *, reason: str, by: Staff) -> MoveSlip:
    check_portions(portions, source)
    target, seq = OTHER_PLACE[source], next_seq()
    slip = new_slip(SlipKind.SHELF_MOVE, reason=clean(reason, limit=300), by=by, record_seq=seq)
    lines = [
        {"n": n, "lot": one.lot.number, "qty": one.quantity.thousandths} for n, one in enumerate(portions, start=1)
    ]
    body = {"no": slip.number, "day": slip.day.isoformat(), "from": source, "to": target, "reason": slip.reason}
    record = write_record(slip.kind.record, {**body, "lines": lines}, by=by)
    assert record.seq == seq
    return post_slip(
        slip, [Move(one.lot, source, target, one.quantity, n) for n, one in enumerate(portions, start=1)]
    )  # fmt: skip
