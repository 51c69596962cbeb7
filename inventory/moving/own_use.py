"""Own use and tasting (xuất dùng, dùng thử): what the shop uses up itself. A producer's goods are paid for as sold."""

from collections.abc import Sequence

from core.clock import today
from core.staff import Staff
from inventory.catalogue.eligibility import LotOnHold, PastItsDay, Recalled, papers_for
from inventory.location import USED, set_up_locations
from inventory.moving.move_slip import USE_CAUSES, Cause, MoveSlip, Portion, SlipKind, check_portions
from inventory.moving.slip_record import take_out
from inventory.moving.write_off import need_words

_UNFIT = (Recalled, LotOnHold, PastItsDay)
"""Nobody eats what is recalled, held or past its day. A certificate that ended does no harm to who tastes it."""


def use_up(portions: Sequence[Portion], *, source: str, cause: Cause, reason: str, by: Staff) -> MoveSlip:
    """Take goods for the shop's own use or for tasting; recalled, held and past goods are refused."""
    assert cause in USE_CAUSES, cause
    check_portions(portions, source)
    papers = papers_for([one.lot.product for one in portions], today())
    for one in portions:
        trouble = papers.trouble(one.lot.product, one.lot)
        if isinstance(trouble, _UNFIT):
            raise trouble
    set_up_locations(by=by)
    return take_out(
        SlipKind.OWN_USE, portions, source=source, target=USED, cause=cause, reason=need_words(reason), by=by
    )  # fmt: skip
