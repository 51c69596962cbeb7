"""Writing off (hủy hàng): what broke, went bad, was stolen or recalled leaves the books with a reason and a photo."""

from collections.abc import Sequence

from core.attached_file import AttachedFile
from core.clock import now, today
from core.errors import RuleBroken
from core.i18n import N_
from core.staff import Staff
from core.text import clean
from inventory.catalogue.recall import recalls_at
from inventory.location import LOSS
from inventory.moving.move_slip import WRITE_OFF_CAUSES, Cause, MoveSlip, Portion, SlipKind, check_portions
from inventory.moving.slip_record import take_out


class ReasonNeeded(RuleBroken):
    message = N_("Say what happened: it stands on the slip, in the journal and, for consigned goods, in the claim.")


class NotPastItsDay(RuleBroken):
    message = N_("Lot %(lot)s is not past its day. Choose another cause.")


class NotRecalled(RuleBroken):
    message = N_("Lot %(lot)s is not recalled. Recall it first, or choose another cause.")


def write_off(
    portions: Sequence[Portion],
    *,
    source: str,
    cause: Cause,
    reason: str,
    by: Staff,
    files: Sequence[AttachedFile] = (),
) -> MoveSlip:
    """Take goods out of the books. The cause decides who answers for a producer's goods, so it must be the true one."""
    assert cause in WRITE_OFF_CAUSES, cause
    check_portions(portions, source)
    for one in portions:
        refuse_untrue(cause, one)
    return take_out(
        SlipKind.WRITE_OFF, portions, source=source, target=LOSS, cause=cause, reason=need_words(reason), by=by,
        files=files,
    )  # fmt: skip


def refuse_untrue(cause: Cause, one: Portion) -> None:
    """A cause that the books know to be wrong: it would lay the loss on somebody who does not bear it."""
    lot = one.lot
    if cause is Cause.EXPIRY and (lot.sell_by is None or lot.sell_by > today()):
        raise NotPastItsDay(lot=lot.number)
    if cause is Cause.RECALL and not any(recall.covers(lot) for recall in recalls_at(now(), [lot.product_id])):
        raise NotRecalled(lot=lot.number)


def need_words(reason: str) -> str:
    """What happened, in words."""
    given = clean(reason, limit=300)
    if not given:
        raise ReasonNeeded()
    return given
