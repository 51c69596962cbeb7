"""Quarantine (tạm giữ lô): the shop lays a lot aside by itself, and lets it go again when it was found good.

Whoever sells learns it from the lot (`Lot.hold`, read with it); whoever moves goods inside the shop or to another
point asks `refuse_held` first. Giving back and writing off stay open: that is how most holds end.
"""

from collections.abc import Sequence

from sqlalchemy import select

from core.attached_file import AttachedFile, attach_files, files_body
from core.clock import now
from core.columns import iso_instant
from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.journal.chain import write_record
from core.journal.record import Kind, uuid7
from core.staff import Staff
from core.text import clean
from inventory.catalogue.eligibility import on_hold
from inventory.lot import Lot
from inventory.tracing.hold_table import HOLD_IN_FORCE, LotHold, LotRelease

__all__ = ["LotHold", "LotRelease", "hold_lot", "lots_on_hold", "refuse_held", "release_lot"]

_REASON = 300


class HoldReasonMissing(RuleBroken):
    """Whoever finds the goods laid aside must know why."""

    message = N_("Say why: what was seen, or which paper is missing.")


class HeldAlready(RuleBroken):
    """A lot is laid aside once."""

    message = N_("Lot %(lot)s is on hold already: %(reason)s. Let it go first to give another reason.")


class NotHeld(RuleBroken):
    """Nothing to let go."""

    message = N_("Lot %(lot)s is not on hold. Load the page again.")


def hold_lot(lot: Lot, *, reason: str, by: Staff, files: Sequence[AttachedFile] = ()) -> LotHold:
    """Lay a lot aside, from this moment on and wherever it is; photos may show why."""
    if (held := hold_of(lot)) is not None:
        raise HeldAlready(lot=lot.number, reason=held.reason)
    row = LotHold(uid=uuid7(), lot_id=lot.id, since=now(), reason=_reason(reason))
    body: dict[str, object] = {
        "act": "held",
        "uid": row.uid,
        "lot": lot.number,
        "since": iso_instant(row.since),
        "reason": row.reason,
    }
    if files:
        body["files"] = files_body(files)
    row.record_seq = write_record(Kind.HOLD, body, by=by).seq
    attach_files(row.record_seq, files)
    _write(row, lot)
    return row


def release_lot(lot: Lot, *, reason: str, by: Staff) -> LotRelease:
    """Let a lot go again; the reason says who looked at it and what was found."""
    held = hold_of(lot)
    if held is None:
        raise NotHeld(lot=lot.number)
    row = LotRelease(hold_id=held.id, since=now(), reason=_reason(reason))
    body = {"act": "released", "uid": held.uid, "since": iso_instant(row.since), "reason": row.reason}
    row.record_seq = write_record(Kind.HOLD, body, by=by).seq
    _write(row, lot)
    return row


def _reason(typed: str) -> str:
    reason = clean(typed, limit=_REASON)
    if not reason:
        raise HoldReasonMissing()
    return reason


def _write(row: LotHold | LotRelease, lot: Lot) -> None:
    db.session.add(row)
    db.session.flush()
    db.session.expire(lot, ["hold"])


def hold_of(lot: Lot) -> LotHold | None:
    """The hold in force of a lot, or None."""
    return db.session.scalar(select(HOLD_IN_FORCE).where(HOLD_IN_FORCE.lot_id == lot.id))


def lots_on_hold() -> list[Lot]:
    """The lots laid aside now, the one that waits longest first."""
    return list(db.session.scalars(select(Lot).join(HOLD_IN_FORCE, HOLD_IN_FORCE.lot_id == Lot.id)
                                   .order_by(HOLD_IN_FORCE.since, Lot.id)))  # fmt: skip


def refuse_held(lot: Lot) -> None:
    """Refuse to move goods of a lot on hold to where they could be sold."""
    trouble = on_hold(lot.product, lot)
    if trouble is not None:
        raise trouble
