"""Handing the drawer over: the leaving person counts blind, the next one takes the count as float and signs for it."""

from core.database import db
from core.errors import RuleBroken
from core.i18n import N_
from core.money import Money
from core.staff import Role, Staff
from pos.cash.hand_over_table import HandOver, hand_over_from
from pos.register_retirement import need_in_service
from pos.shifts.shift import count_shift, start_shift
from pos.shifts.shift_count import NOT_COUNTED, Counts
from pos.shifts.shift_table import Shift, need_open

__all__ = ["HandOver", "hand_over", "hand_over_from"]


class HandedToOneself(RuleBroken):
    """Two people sign a hand-over."""

    message = N_("%(name)s cannot take the drawer over from themselves. Let the next person sign, or close the shift.")


class CannotSell(RuleBroken):
    """An auditor answers for no drawer."""

    message = N_("%(name)s does not sell and takes no drawer over. Choose somebody else.")


def hand_over(
    shift: Shift, *, counted: Money, by: Staff, to: Staff, counts: Counts = NOT_COUNTED, recounted: Money | None = None
) -> HandOver:
    """Close a shift by its blind count and open the next one at the same register for whoever takes over.

    The day goes on: it is not closed in between. `recounted` is what the next person found, where they counted again;
    their float is that sum, and what it differs by is the hand-over's own difference, nobody else's.
    """
    need_open(shift)
    if to.id == by.id:
        raise HandedToOneself(name=to.name)
    if to.role is Role.AUDITOR:
        raise CannotSell(name=to.name)
    need_in_service(shift.register)
    closing = count_shift(shift, counted=counted, counts=counts, by=by)
    found = start_shift(shift.register, float_=counted if recounted is None else recounted, by=to, handed=closing)
    handed = HandOver(shift_number=found.number, from_number=shift.number, handed=counted, record_seq=found.record_seq)
    db.session.add(handed)
    db.session.flush()
    return handed
