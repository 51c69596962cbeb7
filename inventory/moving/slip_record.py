"""Putting a slip into the books: its row, its moves, its files; and its record for what leaves the shop's stock."""

from collections.abc import Sequence
from typing import Any

from core.attached_file import AttachedFile, attach_files, files_body
from core.database import db
from core.journal.chain import next_seq, write_record
from core.staff import Staff
from inventory.consignment.claim import raise_claim
from inventory.consignment.loss_cause import ClaimCause
from inventory.moving.move_slip import Cause, MoveSlip, Portion, SlipKind, new_slip
from inventory.stock_move import Move, post_moves

CLAIMS_FOR = {
    Cause.BREAKAGE: ClaimCause.BREAKAGE,
    Cause.SPOILED: ClaimCause.BREAKAGE,
    Cause.EXPIRY: ClaimCause.EXPIRY,
    Cause.THEFT: ClaimCause.THEFT,
    Cause.RECALL: ClaimCause.RECALL,
    Cause.OTHER: ClaimCause.OTHER,
    Cause.OWN_USE: ClaimCause.USED,
    Cause.TASTING: ClaimCause.USED,
}
"""How the owner's agreement names a cause; goods gone bad before their day count as damaged."""


def post_slip(slip: MoveSlip, moves: Sequence[Move], files: Sequence[AttachedFile] = ()) -> MoveSlip:
    """Write the rows of a slip whose record is written."""
    db.session.add(slip)
    db.session.flush()
    attach_files(slip.record_seq, files)
    post_moves(moves, slip.record_seq)
    return slip


def take_out(
    kind: SlipKind,
    portions: Sequence[Portion],
    *,
    source: str,
    target: str,
    cause: Cause,
    reason: str,
    by: Staff,
    files: Sequence[AttachedFile] = (),
) -> MoveSlip:
    """Let goods leave the stock: consigned ones raise a claim on whom the agreement names, in the same record."""
    seq = next_seq()
    slip = new_slip(kind, cause=cause, reason=reason, by=by, record_seq=seq)
    body = {
        "no": slip.number,
        "day": slip.day.isoformat(),
        "cause": cause.value,
        "reason": reason,
        "from": source,
        "lines": [_line(slip, n, one, cause) for n, one in enumerate(portions, start=1)],
    }
    if files:
        body["files"] = files_body(files)
    record = write_record(kind.record, body, by=by)
    assert record.seq == seq
    moves = [Move(one.lot, source, target, one.quantity, n) for n, one in enumerate(portions, start=1)]
    return post_slip(slip, moves, files)


def _line(slip: MoveSlip, n: int, one: Portion, cause: Cause) -> dict[str, Any]:
    line: dict[str, Any] = {
        "n": n, "lot": one.lot.number, "own": one.lot.owner_code, "qty": one.quantity.thousandths,
    }  # fmt: skip
    claim = raise_claim(one.lot, one.quantity, CLAIMS_FOR[cause], record_seq=slip.record_seq, line=n, day=slip.day)
    if claim is not None:
        line["claim"] = claim.as_body()
    return line
